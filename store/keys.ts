/** The keys that access tokens are signed with: one after the other, shared by all processes. */
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from "jose";
import type { Cipher } from "./cipher.ts";
import type { Db } from "./database.ts";

const hourMs = 3_600_000;
const signsForMs = 30 * 24 * hourMs;
/** The longest that an access token may live, and two days on top. */
const verifiesForMs = hourMs + 2 * 24 * hourMs;

const alg = "EdDSA";

interface SigningKey {
  readonly kid: string;
  readonly alg: "EdDSA";
  readonly privateKey: CryptoKey;
}

export interface SigningKeys {
  /** What to sign with: the newest key, made when there is none or it is 30 days old. */
  current(): Promise<SigningKey>;
  /**
   * The public part of every key that a token which may still be good was signed with; access
   * tokens live one hour at most. The same object as long as the keys are the same.
   */
  jwks(): Promise<{ keys: JWK[] }>;
  /** Makes a new key now, for when the current one may be known to somebody. */
  rotate(): Promise<void>;
}

/** What an instance remembers, so that keys are not opened and imported for each token. */
interface Remembered {
  signing: SigningKey | null;
  published: { keys: JWK[] };
}

export function createSigningKeys(db: Db, now: () => Date, cipher: Cipher): SigningKeys {
  const remembered: Remembered = { signing: null, published: { keys: [] } };
  return {
    current: async () => {
      const row = await currentRow(db, now().getTime(), cipher);
      if (remembered.signing?.kid !== row.kid) {
        const jwk = JSON.parse(cipher.open(`signing key:${row.kid}`, row.private_jwk)) as JWK;
        const privateKey = (await importJWK(jwk, alg)) as CryptoKey;
        remembered.signing = { kid: row.kid, alg, privateKey };
      }
      return remembered.signing;
    },
    jwks: async () => {
      const keys = await publicKeys(db, now().getTime());
      const kids = (of: JWK[]) => of.map((key) => key.kid).join(" ");
      if (kids(keys) !== kids(remembered.published.keys)) remembered.published = { keys };
      return remembered.published;
    },
    rotate: async () => {
      const newest = await newestRow(db);
      await insertGeneration(db, now().getTime(), cipher, (newest?.generation ?? 0) + 1);
    },
  };
}

function newestRow(db: Db) {
  return db
    .selectFrom("signing_keys")
    .selectAll()
    .orderBy("generation", "desc")
    .limit(1)
    .executeTakeFirst();
}

async function currentRow(db: Db, at: number, cipher: Cipher) {
  const newest = await newestRow(db);
  if (newest && at < newest.created_at + signsForMs) return newest;
  await insertGeneration(db, at, cipher, (newest?.generation ?? 0) + 1);
  const made = await newestRow(db);
  if (!made) throw new Error("No signing key although one was just made.");
  return made;
}

/** Of several processes that make the same generation at once, one wins and all use its key. */
async function insertGeneration(db: Db, at: number, cipher: Cipher, generation: number) {
  const pair = await generateKeyPair(alg, { extractable: true });
  const publicJwk = await exportJWK(pair.publicKey);
  const kid = await calculateJwkThumbprint(publicJwk);
  const privateJwk = JSON.stringify(await exportJWK(pair.privateKey));
  await db
    .insertInto("signing_keys")
    .values({
      generation,
      kid,
      public_jwk: JSON.stringify({ ...publicJwk, kid, alg, use: "sig" }),
      private_jwk: cipher.seal(`signing key:${kid}`, privateJwk),
      created_at: at,
    })
    .onConflict((conflict) => conflict.column("generation").doNothing())
    .execute();
}

/** A key signs until its successor is there, so it verifies until long after that. */
async function publicKeys(db: Db, at: number): Promise<JWK[]> {
  const rows = await db
    .selectFrom("signing_keys")
    .select(["public_jwk", "created_at"])
    .orderBy("generation", "desc")
    .execute();
  return rows
    .filter((_, index) => at < (rows[index - 1]?.created_at ?? Infinity) + verifiesForMs)
    .map((row) => JSON.parse(row.public_jwk) as JWK);
}

/** Deletes the keys that nothing is verified with any more. */
export async function purgeSigningKeys(db: Db, at: number): Promise<void> {
  const successor = await db
    .selectFrom("signing_keys")
    .select((select) => select.fn.max("generation").as("generation"))
    .where("created_at", "<=", at - verifiesForMs)
    .executeTakeFirst();
  if (!successor?.generation) return;
  await db.deleteFrom("signing_keys").where("generation", "<", successor.generation).execute();
}

/** The store's secret: known to be the right one, and replaced without anybody noticing. */
import { createCipher, hashingKeyOf, SealError, type Cipher } from "./cipher.ts";
import type { Db } from "./database.ts";
import { StoreUnfit } from "./failure.ts";

/** What they are sealed in. */
export const check = "secret check";
export const hashing = "hashing key";

/**
 * The cipher of this store. A text sealed with the secret is kept, so that a wrong one is found out
 * now and not mid-way. So is the key of fingerprints: those of before a new secret stay good, else a
 * change that was submitted just before could be submitted a second time.
 */
export async function openCipher(
  db: Db,
  secret: Uint8Array,
  former: readonly Uint8Array[],
): Promise<Cipher> {
  const cipher = createCipher(secret, former);
  const mine = cipher.seal(check, check);
  await db
    .insertInto("secret_check")
    .values({ id: 1, sealed: mine, hashing_key: null })
    .onConflict((conflict) => conflict.column("id").doNothing())
    .execute();
  const { sealed } = await keptIn(db);
  assertSecret(cipher, sealed);
  const key = cipher.seal(hashing, hashingKeyOf(sealed, [secret, ...former]));
  await db
    .updateTable("secret_check")
    .set({ hashing_key: key })
    .where("hashing_key", "is", null)
    .execute();
  const kept = await keptIn(db);
  const hashingKey = cipher.open(hashing, kept.hashing_key ?? key);
  const values = { sealed: mine, hashing_key: cipher.seal(hashing, hashingKey) };
  await db.updateTable("secret_check").set(values).where("id", "=", 1).execute();
  return createCipher(secret, former, hashingKey);
}

/** Throws where the store whose kept text `sealed` is was made with none of the cipher's secrets. */
export function assertSecret(cipher: Cipher, sealed: string): void {
  try {
    cipher.open(check, sealed);
  } catch (cause) {
    if (!(cause instanceof SealError)) throw cause;
    throw new StoreUnfit("The store was made with another secret than the one given.", { cause });
  }
}

const keptIn = (db: Db) =>
  db.selectFrom("secret_check").select(["sealed", "hashing_key"]).executeTakeFirstOrThrow();

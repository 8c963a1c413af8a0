import { randomToken, sha256, type Cipher } from "./cipher.ts";
import { inTransaction, type Db } from "./database.ts";

export type LinkPurpose =
  | "REGISTRATION"
  | "FIRST_CONNECTION"
  | "FIRST_PASSWORD"
  | "PASSWORD"
  | "EMAIL"
  | "SOCIAL_TRIP"
  | "SOCIAL_HAND_OVER"
  | "DATA_EXPORT";

interface NewLink {
  readonly purpose: LinkPurpose;
  /** What older links it replaces: an e-mail (the caller brings it to one spelling), a person's key or an account's id. */
  readonly subject: string;
  /** Kept sealed, as JSON. */
  readonly payload: unknown;
  readonly expiresAt: Date;
}

/**
 * UNKNOWN: never given by this landlord for this purpose, or purged. USED: it has done its work.
 * EXPIRED: its time is over, or a newer link replaced it.
 */
export type LinkOutcome =
  | { readonly outcome: "OK"; readonly payload: unknown }
  | { readonly outcome: "UNKNOWN" | "USED" | "EXPIRED" };

export interface Links {
  /** Gives the token: 256 random bits as base64url. Older links of purpose and subject are void. */
  create(landlord: string, link: NewLink): Promise<string>;
  /** Of parallel uses exactly one gets OK. Rolled back together with the caller's transaction. */
  use(landlord: string, purpose: LinkPurpose, token: string): Promise<LinkOutcome>;
  /** What `use` would answer. */
  peek(landlord: string, purpose: LinkPurpose, token: string): Promise<LinkOutcome>;
  /** The payload of the link that may still be used, or null: for sending it again. */
  newest(landlord: string, purpose: LinkPurpose, subject: string): Promise<unknown>;
}

export function createLinks(db: Db, now: () => Date, cipher: Cipher): Links {
  return {
    create: (landlord, link) =>
      inTransaction(db, (trx) => create(trx, now().getTime(), cipher, landlord, link)),
    use: (landlord, purpose, token) =>
      inTransaction(db, async (trx) => {
        const at = now().getTime();
        const found = await look(trx, at, cipher, landlord, purpose, token);
        if (found.outcome !== "OK" || (await spend(trx, at, landlord, token))) return found;
        // Somebody was faster between our look and our update.
        return look(trx, at, cipher, landlord, purpose, token);
      }),
    peek: (landlord, purpose, token) => look(db, now().getTime(), cipher, landlord, purpose, token),
    newest: (landlord, purpose, subject) =>
      newest(db, now().getTime(), cipher, landlord, purpose, subject),
  };
}

export const sealContext = (landlord: string, purpose: LinkPurpose) =>
  `link:${landlord}:${purpose}`;

/**
 * The unique `live` mark makes the second of two parallel calls wait for the first and insert
 * nothing; it then voids what the first one made, and tries again.
 */
async function create(
  trx: Db,
  at: number,
  cipher: Cipher,
  landlord: string,
  link: NewLink,
): Promise<string> {
  const { purpose } = link;
  const subject = cipher.fingerprint("link subject", link.subject);
  const token = randomToken();
  const row = {
    token_hash: sha256(token),
    landlord,
    purpose,
    subject,
    payload: cipher.seal(sealContext(landlord, purpose), JSON.stringify(link.payload ?? null)),
    created_at: at,
    expires_at: link.expiresAt.getTime(),
    used_at: null,
    live: 1,
  };
  for (let attempt = 0; attempt < 20; attempt++) {
    await voidOlder(trx, at, row);
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto("links")
      .values(row)
      .onConflict((conflict) =>
        conflict.columns(["landlord", "purpose", "subject", "live"]).doNothing(),
      )
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows === 1n) return token;
  }
  throw new Error("Too many links for one subject are being made at once.");
}

async function voidOlder(
  trx: Db,
  at: number,
  of: { landlord: string; purpose: string; subject: string },
): Promise<void> {
  await trx
    .updateTable("links")
    .set({ live: null, payload: null, expires_at: at })
    .where("landlord", "=", of.landlord)
    .where("purpose", "=", of.purpose)
    .where("subject", "=", of.subject)
    .where("live", "=", 1)
    .execute();
}

async function look(
  db: Db,
  at: number,
  cipher: Cipher,
  landlord: string,
  purpose: LinkPurpose,
  token: string,
): Promise<LinkOutcome> {
  const row = await db
    .selectFrom("links")
    .select(["payload", "expires_at", "used_at"])
    .where("token_hash", "=", sha256(token))
    .where("landlord", "=", landlord)
    .where("purpose", "=", purpose)
    .executeTakeFirst();
  if (!row) return { outcome: "UNKNOWN" };
  if (row.used_at !== null) return { outcome: "USED" };
  if (row.expires_at <= at || row.payload === null) return { outcome: "EXPIRED" };
  return { outcome: "OK", payload: unseal(cipher, landlord, purpose, row.payload) };
}

function unseal(cipher: Cipher, landlord: string, purpose: LinkPurpose, sealed: string): unknown {
  return JSON.parse(cipher.open(sealContext(landlord, purpose), sealed));
}

async function spend(trx: Db, at: number, landlord: string, token: string): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable("links")
    .set({ used_at: at, live: null, payload: null })
    .where("token_hash", "=", sha256(token))
    .where("landlord", "=", landlord)
    .where("live", "=", 1)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

async function newest(
  db: Db,
  at: number,
  cipher: Cipher,
  landlord: string,
  purpose: LinkPurpose,
  subject: string,
): Promise<unknown> {
  const row = await db
    .selectFrom("links")
    .select("payload")
    .where("landlord", "=", landlord)
    .where("purpose", "=", purpose)
    .where("subject", "=", cipher.fingerprint("link subject", subject))
    .where("live", "=", 1)
    .where("expires_at", ">", at)
    .executeTakeFirst();
  return row?.payload ? unseal(cipher, landlord, purpose, row.payload) : null;
}

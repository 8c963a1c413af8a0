/** What was on its way to an account by mail. */
import { openedIfAny, type Cipher } from "./cipher.ts";
import type { Db } from "./database.ts";
import { sealContext, type LinkPurpose } from "./links.ts";

interface Whose {
  readonly landlord: string;
  readonly accountId: string;
  readonly email: string;
  readonly personKeys: readonly string[];
}

const keyOf = (email: string) => email.trim().normalize("NFC").toLowerCase();

/** Links of the account, its persons and its addresses, whatever became of them, and mails not sent. */
export async function eraseMessages(trx: Db, cipher: Cipher, whose: Whose): Promise<void> {
  const links = await openLinks(trx, cipher, whose.landlord);
  const [own, others] = [true, false].map((mine) =>
    links.filter(({ payload }) => isOf(payload, whose) === mine),
  ) as [OpenLink[], OpenLink[]];
  const addresses = new Set([keyOf(whose.email), ...own.flatMap(addressesIn)]);
  // Anybody may name somebody else's address as their next one: it is not theirs for that.
  const foreign = [
    ...others.flatMap(addressesIn),
    ...(await othersAddresses(trx, whose, addresses)),
  ];
  for (const address of foreign) if (address !== keyOf(whose.email)) addresses.delete(address);
  const hashes = own.map(({ hash }) => hash);
  await eraseLinks(trx, cipher, whose, addresses, hashes);
  await eraseMails(trx, cipher, whose.landlord, addresses);
}

interface OpenLink {
  readonly hash: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

async function openLinks(trx: Db, cipher: Cipher, landlord: string): Promise<OpenLink[]> {
  const rows = await trx
    .selectFrom("links")
    .select(["token_hash", "purpose", "payload"])
    .where("landlord", "=", landlord)
    .where("payload", "is not", null)
    .execute();
  return rows.flatMap(({ token_hash, purpose, payload }) => {
    const opened = openedIfAny(cipher, sealContext(landlord, purpose as LinkPurpose), payload!);
    if (opened === null) return [];
    return { hash: token_hash, payload: Object(JSON.parse(opened)) as OpenLink["payload"] };
  });
}

const addressesIn = ({ payload }: OpenLink): string[] =>
  [payload["email"], payload["newEmail"]].flatMap((address) =>
    typeof address === "string" ? keyOf(address) : [],
  );

async function othersAddresses(
  trx: Db,
  { landlord, accountId }: Whose,
  addresses: ReadonlySet<string>,
): Promise<string[]> {
  const rows = await trx
    .selectFrom("accounts")
    .select("email_key")
    .where("landlord", "=", landlord)
    .where("id", "!=", accountId)
    .where("email_key", "in", [...addresses])
    .execute();
  return rows.map((row) => row.email_key);
}

/** As the makers of links name whom they are for. */
function isOf(payload: OpenLink["payload"], { accountId, email, personKeys }: Whose): boolean {
  const { accountId: account, email: address, personKey, personKeys: persons } = payload;
  return (
    account === accountId ||
    (typeof address === "string" && keyOf(address) === keyOf(email)) ||
    [personKey, ...(Array.isArray(persons) ? persons : [])].some(
      (key) => typeof key === "string" && personKeys.includes(key),
    )
  );
}

async function eraseLinks(
  trx: Db,
  cipher: Cipher,
  { landlord, accountId, personKeys }: Whose,
  addresses: ReadonlySet<string>,
  hashes: readonly string[],
): Promise<void> {
  const subjects = [accountId, ...personKeys, ...addresses].map((subject) =>
    cipher.fingerprint("link subject", subject),
  );
  await trx
    .deleteFrom("links")
    .where("landlord", "=", landlord)
    .where((where) =>
      where.or([
        where("subject", "in", subjects),
        ...(hashes.length > 0 ? [where("token_hash", "in", hashes)] : []),
      ]),
    )
    .execute();
}

async function eraseMails(
  trx: Db,
  cipher: Cipher,
  landlord: string,
  addresses: ReadonlySet<string>,
): Promise<void> {
  const rows = await trx
    .selectFrom("mails")
    .select(["id", "content"])
    .where("landlord", "=", landlord)
    .where("content", "is not", null)
    .execute();
  for (const { id, content } of rows) {
    const opened = openedIfAny(cipher, `mail:${id}`, content!);
    if (opened === null) continue;
    const { to } = JSON.parse(opened) as { to: string };
    if (addresses.has(keyOf(to))) await trx.deleteFrom("mails").where("id", "=", id).execute();
  }
}

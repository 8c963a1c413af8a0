import { z } from "zod";
import type { Store } from "../../../store/store.ts";

/** What waits behind the links of a first connection: there is no account before. */
export const PendingConnection = z.strictObject({
  email: z.string(),
  personKey: z.string(),
  identifier: z.string(),
  /** Null when another password must be chosen first. */
  passwordHash: z.string().nullable(),
  language: z.enum(["fr", "en"]),
});
export type PendingConnection = z.infer<typeof PendingConnection>;

/** Opens the account, for its e-mail and its identifier; false when the person or the address has one meanwhile. */
export async function openAccount(
  store: Store,
  landlord: string,
  { email, personKey, identifier, language }: PendingConnection,
  passwordHash: string,
): Promise<boolean> {
  const account = { landlord, email, passwordHash, language };
  const created = await store.accounts.create(account, [personKey], []);
  if (created.outcome !== "OK") return false;
  await store.identifiers.set(landlord, created.account.id, identifier);
  return true;
}

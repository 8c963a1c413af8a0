import type { Logger } from "pino";
import type { Store } from "../store/store.ts";
import type { Landlord } from "../subgraphs/kernel/landlord.ts";
import { nobodysHash } from "../subgraphs/kernel/password-hash.ts";

/**
 * Gives each of the landlord's people an account without a password: they set one by "mot de passe
 * oublié". Whoever left the file is signed out.
 */
export async function appointStaff(
  store: Store,
  { id, staff }: Landlord,
  log: Logger,
): Promise<void> {
  const emails = staff.map(({ email }) => email);
  const { refused } = await store.staff.appoint(id, emails, nobodysHash);
  if (refused.length === 0) return;
  const places = refused.map((email) => emails.indexOf(email));
  log.error({ landlord: id, places }, "an address of staff is a tenant's: it was left as it is");
}

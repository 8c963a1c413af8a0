import type { KeptChange } from "../../store/change-row.ts";
import type { Store } from "../../store/store.ts";
import { followApplied } from "./change-applied.ts";
import { changeRejected } from "./change-mails.ts";
import type { Landlord } from "./landlord.ts";
import { post } from "./post.ts";

interface Ended {
  /** As it stands at its end. */
  readonly change: KeptChange;
  /** What the ERP was to get, as JSON. */
  readonly payload: string;
  readonly at: Date;
}

/**
 * What goes with the end of a change, in the transaction in which it ends, whoever ended it: a mail
 * to whoever asked where it was refused, what is to be followed where it was applied, and the files
 * let go of. How many files there were.
 */
export async function endChange(store: Store, landlord: Landlord, ended: Ended): Promise<number> {
  const { change } = ended;
  if (change.status === "APPLIED") await followApplied(store, landlord, ended);
  if (change.status === "REJECTED") await tellRejected(store, landlord, change);
  return store.uploads.release(landlord.id, change.id);
}

async function tellRejected(
  store: Store,
  landlord: Landlord,
  { accountId, kind, reason }: KeptChange,
): Promise<void> {
  const account = await store.accounts.byId(landlord.id, accountId);
  if (!account) return;
  const body = changeRejected(landlord, account.language, { kind, reason: reason ?? "OTHER" });
  await post(store, landlord, account.email, body);
}

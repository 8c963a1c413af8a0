/** Whom one of the landlord's people means, and why they do what they do. */
import type { Account } from "../../store/accounts.ts";
import type { RequestContext } from "../kernel/context.ts";
import type { fieldMessages } from "../kernel/change-faults.ts";
import { textFaults } from "../kernel/text-input.ts";
import type { Fault } from "../kernel/user-errors.ts";
import { readReceipt } from "./changes.ts";

const reasonLength = { least: 10, most: 500 };
const reasonLabel = { fr: "Motif", en: "Reason" };

type ReasonFault = Fault<keyof typeof fieldMessages | "TOO_SHORT">;

export function reasonFaults(reason: string): ReasonFault[] {
  const { least, most } = reasonLength;
  const field = ["reason"];
  const faults = textFaults(reason, field, reasonLabel, most);
  if (faults.length > 0 || reason.trim().length >= least) return faults;
  return [{ code: "TOO_SHORT", field, values: { label: reasonLabel, count: least } }];
}

interface Named {
  /** Or the identifier that the landlord gave them. */
  readonly email: string | null;
  readonly receipt: string | null;
}

/** Of this landlord's only. */
export async function accountMeant(
  { store, landlord: { id } }: RequestContext,
  { email, receipt }: Named,
): Promise<Account | null> {
  if (email !== null) {
    const byEmail = await store.accounts.byEmail(id, email);
    if (byEmail) return byEmail;
    const accountId = await store.identifiers.accountOf(id, email.trim());
    return accountId === null ? null : store.accounts.byId(id, accountId);
  }
  const read = receipt === null ? null : readReceipt(receipt);
  const found = read === null ? null : await store.changes.ofAnybody(id, read);
  return found && store.accounts.byId(id, found.change.accountId);
}

import { eraseAndTell, showErased, type AccountErased } from "../../kernel/account-erasure.ts";
import type { RequestContext, Viewer } from "../../kernel/context.ts";
import { currentPasswordCodes, withCurrentPassword } from "../../kernel/current-password.ts";
import { emailKey } from "../email.ts";
import type { Fault } from "../messages.ts";

export const eraseCodes = [
  ...currentPasswordCodes,
  "EMAIL_CONFIRMATION_DIFFERS",
  "STAFF_ACCOUNT",
] as const;

/**
 * Erases the viewer's account at once: the password and the address are asked for again, so that
 * neither a screen left open nor a stray click is enough.
 */
export async function eraseAccount(
  context: RequestContext,
  viewer: Viewer,
  { currentPassword, email }: { readonly currentPassword: string; readonly email: string },
): Promise<AccountErased | { readonly faults: readonly Fault<(typeof eraseCodes)[number]>[] }> {
  const { landlord, store } = context;
  const checked = await withCurrentPassword(context, viewer, currentPassword);
  if ("fault" in checked) return { faults: [checked.fault] };
  if (await store.staff.includes(landlord.id, viewer.accountId)) {
    return { faults: [{ code: "STAFF_ACCOUNT", field: [] }] };
  }
  const { account } = checked;
  if (emailKey(email) !== emailKey(account.email)) {
    return { faults: [{ code: "EMAIL_CONFIRMATION_DIFFERS", field: ["email"] }] };
  }
  const outcome = await store.transaction((bound) => eraseAndTell(bound, landlord, account));
  // Null: somebody was faster, in another tab. It is erased all the same.
  return showErased(context.language, outcome);
}

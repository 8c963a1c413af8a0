import type { RequestContext } from "../../kernel/context.ts";
import { linkFault } from "../account-link.ts";
import type { Fault } from "../messages.ts";
import { newPasswordFaults } from "../new-password.ts";
import { hashPassword } from "../../kernel/password-hash.ts";
import { passwordCodes } from "../password.ts";
import { confirmCodes } from "./confirm.ts";
import { openAccount, PendingConnection } from "./pending.ts";

export const chooseCodes = [...confirmCodes, ...passwordCodes] as const;
export type FirstPasswordChosen =
  | { readonly email: string }
  | { readonly faults: readonly Fault<(typeof chooseCodes)[number]>[] };

/**
 * Opens the account with the password that its owner chose in place of the provisional one. A
 * password that is not acceptable leaves the token as it was.
 */
export async function chooseFirstPassword(
  { landlord, store }: Pick<RequestContext, "landlord" | "store">,
  { token, newPassword }: { readonly token: string; readonly newPassword: string },
): Promise<FirstPasswordChosen> {
  const seen = await store.links.peek(landlord.id, "FIRST_PASSWORD", token);
  if (seen.outcome !== "OK") return { faults: [linkFault(seen.outcome)] };
  const pending = PendingConnection.parse(seen.payload);
  const owner = { email: pending.email, reference: pending.identifier };
  const faults = newPasswordFaults({ landlord }, owner, newPassword);
  if (faults.length > 0) return { faults };
  const passwordHash = await hashPassword(newPassword);
  return store.transaction<FirstPasswordChosen>(async (bound) => {
    const link = await bound.links.use(landlord.id, "FIRST_PASSWORD", token);
    if (link.outcome !== "OK") return { faults: [linkFault(link.outcome)] };
    const opened = await openAccount(bound, landlord.id, pending, passwordHash);
    if (opened) return { email: pending.email };
    return { faults: [{ code: "ALREADY_REGISTERED", field: ["token"] }] };
  });
}

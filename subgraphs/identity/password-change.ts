import type { RequestContext, Viewer } from "../kernel/context.ts";
import { currentPasswordCodes, withCurrentPassword } from "../kernel/current-password.ts";
import type { Fault } from "./messages.ts";
import { newPasswordFaults, replacePassword } from "./new-password.ts";
import { hashPassword, passwordFits } from "../kernel/password-hash.ts";
import { passwordCodes } from "./password.ts";

type Needs = Pick<RequestContext, "landlord" | "store" | "now">;

export const changePasswordCodes = [
  ...currentPasswordCodes,
  ...passwordCodes,
  "PASSWORD_UNCHANGED",
] as const;
export type PasswordChanged = {
  readonly faults: readonly Fault<(typeof changePasswordCodes)[number]>[];
};

/** Sets the viewer's password, and ends all the account's sessions but the viewer's. */
export async function changePassword(
  context: Needs,
  viewer: Viewer,
  {
    currentPassword,
    newPassword,
  }: { readonly currentPassword: string; readonly newPassword: string },
): Promise<PasswordChanged> {
  const checked = await withCurrentPassword(context, viewer, currentPassword);
  if ("fault" in checked) return { faults: [checked.fault] };
  const { account } = checked;
  const faults = newPasswordFaults(context, account, newPassword);
  if (faults.length > 0) return { faults };
  if (await passwordFits(newPassword, account.passwordHash)) {
    return { faults: [{ code: "PASSWORD_UNCHANGED", field: ["newPassword"] }] };
  }
  const passwordHash = await hashPassword(newPassword);
  return context.store.transaction<PasswordChanged>(async (bound) => {
    const current = await bound.accounts.byId(context.landlord.id, account.id);
    if (current?.passwordHash !== account.passwordHash) {
      return { faults: [{ code: "CURRENT_PASSWORD_WRONG", field: ["currentPassword"] }] };
    }
    await replacePassword(context, bound, current, passwordHash, viewer.sessionId);
    return { faults: [] };
  });
}

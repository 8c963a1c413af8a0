import type { Account } from "../../store/accounts.ts";
import type { RequestContext, Viewer } from "./context.ts";
import { deniedUntil, forget, tooMany } from "./limits.ts";
import { passwordFits } from "./password-hash.ts";
import type { Fault, Messages } from "./user-errors.ts";

export const currentPasswordMessages = {
  CURRENT_PASSWORD_WRONG: {
    fr: "Le mot de passe actuel n'est pas le bon.",
    en: "The current password is not right.",
  },
  TOO_MANY_ATTEMPTS: {
    fr: "Trop d'essais. Réessayez dans {minutes} min{otherwise}.",
    en: "Too many attempts. Try again in {minutes} min{otherwise}.",
  },
} as const satisfies Messages;

export const currentPasswordCodes = ["CURRENT_PASSWORD_WRONG", "TOO_MANY_ATTEMPTS"] as const;
type CurrentPasswordFault = Fault<(typeof currentPasswordCodes)[number]>;

/**
 * The viewer's account, after the current password was given: it is asked for again so that a
 * screen left open is not enough.
 */
export async function withCurrentPassword(
  context: Pick<RequestContext, "landlord" | "store" | "now">,
  { accountId }: Pick<Viewer, "accountId">,
  currentPassword: string,
): Promise<{ account: Account } | { fault: CurrentPasswordFault }> {
  const { landlord, store } = context;
  const until = await deniedUntil(context, [["passwordCheck", accountId]]);
  if (until) return { fault: tooMany(context, until) };
  const account = await store.accounts.byId(landlord.id, accountId);
  if (!account || !(await passwordFits(currentPassword, account.passwordHash))) {
    return { fault: { code: "CURRENT_PASSWORD_WRONG", field: ["currentPassword"] } };
  }
  await forget(context, [["passwordCheck", accountId]]);
  return { account };
}

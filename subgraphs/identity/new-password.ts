import type { Account } from "../../store/accounts.ts";
import type { Store } from "../../store/store.ts";
import type { RequestContext } from "../kernel/context.ts";
import { asFault } from "./form.ts";
import * as mails from "./mails.ts";
import { passwordFaults, passwordPolicy, type PasswordOwner } from "./password.ts";
import { post } from "../kernel/post.ts";

type Needs = Pick<RequestContext, "landlord" | "now">;

/** What a new password lacks, as told in the field `newPassword`. */
export function newPasswordFaults(
  { landlord }: Pick<Needs, "landlord">,
  { email, reference }: PasswordOwner,
  newPassword: string,
) {
  const policy = passwordPolicy(landlord.password);
  const found = passwordFaults(newPassword, policy, { email, reference });
  return found.map((each) => asFault(each, "newPassword"));
}

/** The new password, the end of all sessions but one, and the mail that says so. */
export async function replacePassword(
  { landlord, now }: Needs,
  store: Store,
  account: Account,
  passwordHash: string,
  exceptSessionId?: string,
): Promise<void> {
  await store.accounts.setPassword(landlord.id, account.id, passwordHash);
  await store.sessions.endAll(landlord.id, account.id, exceptSessionId);
  const { language, email } = account;
  const at = new Intl.DateTimeFormat(language === "fr" ? "fr-FR" : "en-GB", {
    dateStyle: "long",
    timeStyle: "short",
    timeZone: landlord.timeZone,
  }).format(now());
  await post(store, landlord, email, mails.passwordChanged(landlord, language, { at }));
}

import type { Account } from "../../store/accounts.ts";
import type { RequestContext, Viewer } from "../kernel/context.ts";
import {
  accountBehind,
  accountLinkHours,
  createAccountLink,
  linkCodes,
  linkFault,
} from "./account-link.ts";
import { emailKey, readEmail } from "./email.ts";
import { deniedUntil, tooMany } from "../kernel/limits.ts";
import { linkAddress } from "./links.ts";
import * as mails from "./mails.ts";
import type { Fault } from "./messages.ts";
import { currentPasswordCodes, withCurrentPassword } from "../kernel/current-password.ts";
import { post } from "../kernel/post.ts";

type Needs = Pick<RequestContext, "landlord" | "store" | "now" | "publicUrl">;

export const changeEmailCodes = [
  ...currentPasswordCodes,
  "EMAIL_INVALID",
  "EMAIL_UNCHANGED",
] as const;
export type EmailChangeAsked =
  | { readonly sentTo: string; readonly expiresAt: Date }
  | { readonly faults: readonly Fault<(typeof changeEmailCodes)[number]>[] };

/**
 * Asks for another sign-in address: a link goes to the new one, a notice to the one that stays
 * until the link is followed. A new address that has an account gets another mail, and the viewer
 * the same answer.
 */
export async function changeEmail(
  context: Needs,
  viewer: Viewer,
  typed: { readonly newEmail: string; readonly currentPassword: string },
): Promise<EmailChangeAsked> {
  const newEmail = readEmail(typed.newEmail);
  if (!newEmail) return { faults: [{ code: "EMAIL_INVALID", field: ["newEmail"] }] };
  if (emailKey(newEmail) === emailKey(viewer.email)) {
    return { faults: [{ code: "EMAIL_UNCHANGED", field: ["newEmail"] }] };
  }
  const checked = await withCurrentPassword(context, viewer, typed.currentPassword);
  if ("fault" in checked) return { faults: [checked.fault] };
  const until = await deniedUntil(context, [["mailToAddress", "email", viewer.accountId]]);
  if (until) return { faults: [tooMany(context, until)] };
  return sendEmailChange(context, checked.account, newEmail);
}

async function sendEmailChange(
  context: Needs,
  account: Account,
  newEmail: string,
): Promise<EmailChangeAsked> {
  const { landlord, store, now } = context;
  const { language } = account;
  const hours = accountLinkHours.EMAIL;
  await store.transaction(async (bound) => {
    // Made in either case: it voids earlier ones, and takes as long.
    const token = await createAccountLink(context, bound, "EMAIL", account, newEmail);
    const link = linkAddress(context, "email", token);
    const taken = await bound.accounts.byEmail(landlord.id, newEmail);
    const toNew = taken
      ? mails.emailInUse(landlord, taken.language, {})
      : mails.confirmEmailChange(landlord, language, { link, hours });
    await post(bound, landlord, newEmail, toNew);
    const notice = mails.emailChangeAsked(landlord, language, { newEmail });
    await post(bound, landlord, account.email, notice);
  });
  return { sentTo: newEmail, expiresAt: new Date(now().getTime() + hours * 3_600_000) };
}

export const confirmEmailCodes = [...linkCodes, "EMAIL_TAKEN"] as const;
export type EmailChanged =
  | { readonly email: string }
  | { readonly faults: readonly Fault<(typeof confirmEmailCodes)[number]>[] };

/** Uses the link and changes the address, both or neither. Sessions go on. */
export async function confirmEmailChange(
  { landlord, store }: Pick<RequestContext, "landlord" | "store">,
  { token }: { readonly token: string },
): Promise<EmailChanged> {
  return store.transaction<EmailChanged>(async (bound) => {
    const link = await bound.links.use(landlord.id, "EMAIL", token);
    const opened = await accountBehind(landlord.id, bound, link);
    if ("fault" in opened) return { faults: [opened.fault] };
    const { account, newEmail } = opened;
    if (newEmail === undefined) return { faults: [linkFault("UNKNOWN")] };
    const outcome = await bound.accounts.setEmail(landlord.id, account.id, newEmail);
    if (outcome === "OK") return { email: newEmail };
    return { faults: [{ code: "EMAIL_TAKEN", field: ["token"] }] };
  });
}

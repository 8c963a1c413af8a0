import type { RequestContext } from "../kernel/context.ts";
import { accountBehind, accountLinkHours, createAccountLink, linkCodes } from "./account-link.ts";
import type { Asked } from "./confirmation.ts";
import { emailKey, readEmail } from "./email.ts";
import { evenly } from "./even.ts";
import { deniedUntil, forget, tooMany } from "./limits.ts";
import { linkAddress } from "./links.ts";
import * as mails from "./mails.ts";
import type { Fault } from "./messages.ts";
import { newPasswordFaults, replacePassword } from "./new-password.ts";
import { hashPassword, passwordCodes } from "./password.ts";
import { post } from "./post.ts";
import { signInTries } from "./sign-in.ts";

type Needs = Pick<RequestContext, "landlord" | "store" | "now" | "publicUrl" | "clientAddress">;

/** Mails a link to whoever has an account with this address. The answer does not tell. */
export async function requestPasswordReset(
  context: Needs,
  { email: typed }: { readonly email: string },
): Promise<Asked> {
  const email = readEmail(typed);
  if (!email) return { faults: [{ code: "EMAIL_INVALID", field: ["email"] }] };
  const until = await deniedUntil(context, [["mailByAddress", context.clientAddress]]);
  if (until) return { faults: [tooMany(context, until)] };
  await evenly(async () => {
    if (await deniedUntil(context, [["mailToAddress", "password", emailKey(email)]])) return;
    await sendReset(context, email);
  });
  return { faults: [] };
}

async function sendReset(context: Needs, email: string): Promise<void> {
  const { landlord, store } = context;
  await store.transaction(async (bound) => {
    const account = await bound.accounts.byEmail(landlord.id, email);
    if (!account) return;
    const token = await createAccountLink(context, bound, "PASSWORD", account);
    const link = linkAddress(context, "reset", token);
    const body = mails.passwordReset(landlord, account.language, {
      link,
      hours: accountLinkHours.PASSWORD,
    });
    await post(bound, landlord, account.email, body);
  });
}

export const resetCodes = [...linkCodes, ...passwordCodes] as const;
export type Reset = { readonly faults: readonly Fault<(typeof resetCodes)[number]>[] };

/**
 * Sets the password of the account behind a reset link, and ends all its sessions. A password that
 * is not acceptable leaves the link as it was.
 */
export async function resetPassword(
  context: Needs,
  { token, newPassword }: { readonly token: string; readonly newPassword: string },
): Promise<Reset> {
  const { landlord, store } = context;
  const seen = await store.links.peek(landlord.id, "PASSWORD", token);
  const before = await accountBehind(landlord.id, store, seen);
  if ("fault" in before) return { faults: [before.fault] };
  const faults = newPasswordFaults(context, before.account, newPassword);
  if (faults.length > 0) return { faults };
  const passwordHash = await hashPassword(newPassword);
  const done = await store.transaction<Reset>(async (bound) => {
    const link = await bound.links.use(landlord.id, "PASSWORD", token);
    const opened = await accountBehind(landlord.id, bound, link);
    if ("fault" in opened) return { faults: [opened.fault] };
    await replacePassword(context, bound, opened.account, passwordHash);
    return { faults: [] };
  });
  if (done.faults.length === 0) {
    await forget(context, signInTries(before.account.email, context.clientAddress));
  }
  return done;
}

import type { GraphQLError } from "graphql";
import { persons } from "../../adapters/ports/identity.ts";
import type { Account } from "../../store/accounts.ts";
import type { RequestContext } from "../kernel/context.ts";
import { load } from "../kernel/loaders.ts";
import { accountBehind, accountLinkHours, createAccountLink, linkCodes } from "./account-link.ts";
import type { Asked } from "./confirmation.ts";
import { emailKey, readEmail } from "./email.ts";
import { evenly } from "./even.ts";
import { deniedUntil, forget, tooMany } from "../kernel/limits.ts";
import { linkAddress } from "./links.ts";
import * as mails from "./mails.ts";
import type { Fault } from "./messages.ts";
import { accountNamed, typedIdentifier } from "./named.ts";
import { newPasswordFaults, replacePassword } from "./new-password.ts";
import { hashPassword } from "../kernel/password-hash.ts";
import { passwordCodes } from "./password.ts";
import { post } from "../kernel/post.ts";
import { signInTries } from "./sign-in.ts";

type Needs = Pick<RequestContext, "landlord" | "store" | "now" | "publicUrl" | "clientAddress">;

/**
 * Mails a link to whoever has an account with this address. The answer does not tell. Throws a
 * GraphQLError when the ERP must be asked for the address on file, and cannot.
 */
export async function requestPasswordReset(
  context: RequestContext,
  { email: typed }: { readonly email: string },
): Promise<Asked> {
  const name = typedIdentifier(context, typed) ?? readEmail(typed);
  if (!name) return { faults: [{ code: "EMAIL_INVALID", field: ["email"] }] };
  const until = await deniedUntil(context, [["mailByAddress", context.clientAddress]]);
  if (until) return { faults: [tooMany(context, until)] };
  await evenly(async () => {
    if (await deniedUntil(context, [["mailToAddress", "password", emailKey(name)]])) return;
    await sendReset(context, name);
  });
  return { faults: [] };
}

async function sendReset(context: RequestContext, name: string): Promise<void> {
  const { landlord, store } = context;
  const known = await accountNamed(context, name);
  const to = await resetAddress(context, known);
  await store.transaction(async (bound) => {
    const account = known && (await bound.accounts.hold(landlord.id, known.id));
    if (!account || to === null) return;
    const token = await createAccountLink(context, bound, "PASSWORD", account);
    const link = linkAddress(context, "reset", token);
    const body = mails.passwordReset(landlord, account.language, {
      link,
      hours: accountLinkHours.PASSWORD,
    });
    await post(bound, landlord, to, body);
  });
}

/**
 * The account's own address; where people come in by a first connection, the one that the landlord
 * has on file, but for the landlord's own people. Null when there is none.
 */
async function resetAddress(
  context: RequestContext,
  account: Account | null,
): Promise<string | null> {
  const { landlord, store } = context;
  if (!landlord.registration.firstConnection) return account && account.email;
  if (!account) return askForNobody(context);
  if (await store.staff.includes(landlord.id, account.id)) {
    await askForNobody(context);
    return account.email;
  }
  const keys = await store.accounts.persons(landlord.id, account.id);
  const people = await Promise.all(keys.map((key) => load(context, persons, "byKeys", key)));
  return people.map((person) => person?.email).find((email) => email != null) ?? null;
}

/**
 * Where there is no account, the ERP is asked for a person that it does not have: so that both
 * answers take as long, and both fail while the ERP does. What it thinks of the key is no matter.
 */
async function askForNobody(context: RequestContext): Promise<null> {
  try {
    await load(context, persons, "byKeys", "nobody");
  } catch (error) {
    if ((error as GraphQLError).extensions["retryable"]) throw error;
  }
  return null;
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

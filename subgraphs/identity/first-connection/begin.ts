import { credentials, type CredentialHolder } from "../../../adapters/ports/identity.ts";
import type { Store } from "../../../store/store.ts";
import type { RequestContext } from "../../kernel/context.ts";
import { fail } from "../../kernel/errors.ts";
import { load } from "../../kernel/loaders.ts";
import { confirmationEnd } from "../confirmation.ts";
import { emailKey, readEmail } from "../email.ts";
import { deniedUntil, forget, tooMany, type Try } from "../../kernel/limits.ts";
import { linkAddress } from "../links.ts";
import type { Fault } from "../messages.ts";
import { hashPassword } from "../../kernel/password-hash.ts";
import { passwordFaults, passwordPolicy } from "../password.ts";
import { post } from "../../kernel/post.ts";
import { readIdentifier } from "../reference.ts";
import { tellOfAccount } from "../registration.ts";
import * as mails from "./mails.ts";
import type { PendingConnection } from "./pending.ts";

export const beginCodes = [
  "IDENTIFIER_INVALID",
  "EMAIL_INVALID",
  "IDENTIFIER_OR_PASSWORD_WRONG",
  "EMAIL_NOT_ON_FILE",
  "ALREADY_REGISTERED",
  "TOO_MANY_ATTEMPTS",
] as const;
type BeginFault = Fault<(typeof beginCodes)[number]>;

export type Begun =
  | { readonly sentTo: string; readonly expiresAt: Date }
  | { readonly faults: readonly BeginFault[] };

/** What was typed at the first connection. */
export interface TypedConnection {
  /** As the landlord printed it. */
  readonly identifier: string;
  /** The provisional one of six digits, or that of the landlord's former portal. */
  readonly password: string;
  /** The address to sign in with from now on. */
  readonly email: string;
}

/**
 * Takes a first connection: the landlord's system checks identifier and password, then a link goes
 * to the address that was given. An address that has an account gets the same answer, and another
 * mail. Throws a GraphQLError when the ERP cannot be asked, and NOT_SUPPORTED where people register.
 */
export async function beginFirstConnection(
  context: RequestContext,
  typed: TypedConnection,
): Promise<Begun> {
  const { firstConnection } = context.landlord.registration;
  if (!firstConnection) throw fail(context, "NOT_SUPPORTED");
  const identifier = readIdentifier(typed.identifier, firstConnection.identifier);
  const email = readEmail(typed.email);
  if (identifier === null || email === null) {
    return {
      faults: [
        ...(identifier === null ? [fault("IDENTIFIER_INVALID", "identifier")] : []),
        ...(email === null ? [fault("EMAIL_INVALID", "email")] : []),
      ],
    };
  }
  const connection = { identifier, password: typed.password, email };
  const checked = await holderOf(context, connection);
  if ("fault" in checked) return { faults: [checked.fault] };
  return askForConfirmation(context, connection, checked.holder);
}

const fault = (code: BeginFault["code"], name: string): BeginFault => ({ code, field: [name] });

/** No landlord issues longer ones. */
const longestPassword = 200;

async function holderOf(
  context: RequestContext,
  { identifier, password }: TypedConnection,
): Promise<{ holder: CredentialHolder & { email: string } } | { fault: BeginFault }> {
  const { landlord, store, clientAddress } = context;
  const tries: Try[] = [
    ["firstConnectionFromAddress", identifier, clientAddress],
    ["firstConnectionOfIdentifier", identifier],
  ];
  const all: Try[] = [
    ["firstConnectionByAddress", clientAddress],
    ...tries,
    ["firstConnectionAtLandlord"],
  ];
  const until = await deniedUntil(context, all);
  if (until) return { fault: tooMany(context, until) };
  const holder =
    password.length > longestPassword
      ? null
      : await load(context, credentials, "check", { identifier, password });
  if (!holder) return { fault: fault("IDENTIFIER_OR_PASSWORD_WRONG", "password") };
  await forget(context, tries);
  // Mail goes to it: what is no one address is none.
  const email = holder.email && readEmail(holder.email);
  if (!email) return { fault: fault("EMAIL_NOT_ON_FILE", "identifier") };
  const known = await store.accounts.byPerson(landlord.id, holder.personKey);
  if (known) return { fault: fault("ALREADY_REGISTERED", "identifier") };
  return { holder: { ...holder, email } };
}

async function askForConfirmation(
  context: RequestContext,
  connection: TypedConnection,
  holder: CredentialHolder & { email: string },
): Promise<Begun> {
  const { landlord, store } = context;
  const { email } = connection;
  const mine: Try = ["mailToAddress", "first-connection", emailKey(email)];
  const until = await deniedUntil(context, [mine]);
  if (until) return { faults: [tooMany(context, until)] };
  const pending = await pendingOf(context, connection, holder);
  const expiresAt = confirmationEnd(context);
  await store.transaction(async (bound) => {
    const account = await bound.accounts.byEmail(landlord.id, email);
    await (account
      ? tellOfAccount(context, bound, account)
      : sendLink(context, bound, pending, expiresAt));
    if (emailKey(holder.email) === emailKey(email)) return;
    const notice = mails.firstConnectionElsewhere(landlord, context.language, { email });
    await post(bound, landlord, holder.email, notice);
  });
  return { sentTo: email, expiresAt };
}

async function pendingOf(
  { landlord, language }: RequestContext,
  { identifier, password, email }: TypedConnection,
  { personKey, provisional }: CredentialHolder,
): Promise<PendingConnection> {
  const policy = passwordPolicy(landlord.password);
  const owner = { email, reference: identifier };
  const stays = !provisional && passwordFaults(password, policy, owner).length === 0;
  const passwordHash = stays ? await hashPassword(password) : null;
  return { email, personKey, identifier, passwordHash, language };
}

async function sendLink(
  context: RequestContext,
  store: Store,
  pending: PendingConnection,
  expiresAt: Date,
): Promise<void> {
  const { landlord } = context;
  const { email, personKey, language } = pending;
  const token = await store.links.create(landlord.id, {
    purpose: "FIRST_CONNECTION",
    subject: personKey,
    payload: pending,
    expiresAt,
  });
  const link = linkAddress(context, "first-connection", token);
  const { confirmationHours: hours } = landlord.registration;
  await post(
    store,
    landlord,
    email,
    mails.confirmFirstConnection(landlord, language, { link, hours }),
  );
}

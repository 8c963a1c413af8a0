import { registrations } from "../../adapters/ports/identity.ts";
import type { Account } from "../../store/accounts.ts";
import type { Store } from "../../store/store.ts";
import type { RequestContext } from "../kernel/context.ts";
import { fail } from "../kernel/errors.ts";
import { load } from "../kernel/loaders.ts";
import { confirmationEnd, sendConfirmation, type PendingAccount } from "./confirmation.ts";
import { emailKey } from "./email.ts";
import { checkForm, formCodes, type Application, type TypedForm } from "./form.ts";
import { deniedUntil, proofTries, tooMany } from "../kernel/limits.ts";
import * as mails from "./mails.ts";
import type { Fault } from "./messages.ts";
import { hashPassword } from "../kernel/password-hash.ts";
import { passwordCodes } from "./password.ts";
import { post } from "../kernel/post.ts";
import { proofCodes, prove } from "./proof.ts";

export const registerCodes = [
  ...formCodes,
  ...passwordCodes,
  ...proofCodes,
  "ALREADY_REGISTERED",
  "TOO_MANY_ATTEMPTS",
] as const;
type RegisterFault = Fault<(typeof registerCodes)[number]>;

export type Registered =
  | { readonly sentTo: string; readonly expiresAt: Date }
  | { readonly faults: readonly RegisterFault[] };

/**
 * Takes a registration: the form, then the proof against the ERP, then a mail with a link. An
 * address that has an account gets the same answer, and another mail. Throws a GraphQLError when
 * the ERP cannot be asked, and NOT_SUPPORTED where people come in by a first connection.
 */
export async function register(context: RequestContext, form: TypedForm): Promise<Registered> {
  if (context.landlord.registration.firstConnection) throw fail(context, "NOT_SUPPORTED");
  const checked = checkForm(form, context.landlord);
  if ("faults" in checked) return checked;
  const { application } = checked;
  const tries = proofTries(application.reference.reference, context.clientAddress);
  const until = await deniedUntil(context, tries);
  if (until) return { faults: [tooMany(context, until)] };
  const proof = await proofOf(context, application);
  if ("fault" in proof) return { faults: [proof.fault] };
  return askForConfirmation(context, application, proof.personKey);
}

async function proofOf(
  context: RequestContext,
  { reference, identity }: Application,
): Promise<{ personKey: string } | { fault: RegisterFault }> {
  const { landlord, store } = context;
  const registrants = await load(context, registrations, "byReferences", reference);
  const asked = landlord.registration.fields.map(({ name }) => name);
  const proof = prove(identity, registrants, asked);
  if ("fault" in proof) return proof;
  const { personKey } = proof.registrant;
  const known = await store.accounts.byPerson(landlord.id, personKey);
  return known ? { fault: { code: "ALREADY_REGISTERED", field: ["reference"] } } : { personKey };
}

async function askForConfirmation(
  context: RequestContext,
  { email, password, consents }: Application,
  personKey: string,
): Promise<Registered> {
  const { landlord, store, language } = context;
  const until = await deniedUntil(context, [["mailToAddress", "registration", emailKey(email)]]);
  if (until) return { faults: [tooMany(context, until)] };
  // Before the account is looked for, so that both answers take as long.
  const passwordHash = await hashPassword(password);
  const asked = landlord.registration.consents.map(({ id, version }) => ({
    id,
    version,
    given: consents.some((consent) => consent.id === id),
    givenAt: context.now().toISOString(),
  }));
  const pending: PendingAccount = { email, passwordHash, personKey, consents: asked, language };
  const expiresAt = confirmationEnd(context);
  await store.transaction(async (bound) => {
    const account = await bound.accounts.byEmail(landlord.id, email);
    await (account
      ? tellOfAccount(context, bound, account)
      : sendConfirmation(context, bound, pending, expiresAt));
  });
  return { sentTo: email, expiresAt };
}

/** To an address that has an account already: it is told so, and whoever typed it is not. */
export async function tellOfAccount(
  { landlord }: Pick<RequestContext, "landlord">,
  store: Store,
  account: Account,
): Promise<void> {
  const body = mails.alreadyRegistered(landlord, account.language, {
    link: landlord.portalUrl ?? null,
  });
  await post(store, landlord, account.email, body);
}

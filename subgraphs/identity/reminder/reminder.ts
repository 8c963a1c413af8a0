import { registrations } from "../../../adapters/ports/identity.ts";
import type { RequestContext } from "../../kernel/context.ts";
import { fail } from "../../kernel/errors.ts";
import type { Landlord } from "../../kernel/landlord.ts";
import { load } from "../../kernel/loaders.ts";
import { evenly } from "../even.ts";
import { checkIdentity, identityCodes, type TypedProof } from "../form.ts";
import { deniedUntil, proofTries, tooMany } from "../../kernel/limits.ts";
import * as mails from "../mails.ts";
import type { Fault } from "../messages.ts";
import { post } from "../../kernel/post.ts";
import { proofCodes, prove } from "../proof.ts";

export const reminderCodes = [...identityCodes, ...proofCodes, "TOO_MANY_ATTEMPTS"] as const;
export type ReminderAsked = { readonly faults: readonly Fault<(typeof reminderCodes)[number]>[] };

/** Whether the landlord's form asks for more than anybody can read on an envelope. */
function canProve({ registration }: Landlord): boolean {
  return registration.fields.some(({ name }) => name === "surname" || name === "birthDate");
}

/**
 * Mails to the account of whoever proves, as when registering, who they are, which address it is
 * signed in to with. The mail goes to that address, and the answer does not tell whether there is
 * an account. Throws a GraphQLError when the ERP cannot be asked, and NOT_SUPPORTED where the
 * registration form proves by the e-mail, which is what was forgotten.
 */
export async function requestIdentifierReminder(
  context: RequestContext,
  typed: TypedProof,
): Promise<ReminderAsked> {
  const { landlord, clientAddress } = context;
  if (landlord.registration.firstConnection || !canProve(landlord))
    throw fail(context, "NOT_SUPPORTED");
  const checked = checkIdentity(typed, landlord);
  if ("faults" in checked) return checked;
  const { reference, identity } = checked;
  const until = await deniedUntil(context, proofTries(reference.reference, clientAddress));
  if (until) return { faults: [tooMany(context, until)] };
  const registrants = await load(context, registrations, "byReferences", reference);
  const asked = landlord.registration.fields.map(({ name }) => name);
  const proof = prove(identity, registrants, asked);
  if ("fault" in proof) return { faults: [proof.fault] };
  await evenly(() => remind(context, proof.registrant.personKey));
  return { faults: [] };
}

async function remind(context: RequestContext, personKey: string): Promise<void> {
  const { landlord, store } = context;
  if (await deniedUntil(context, [["mailToAddress", "identifier", personKey]])) return;
  await store.transaction(async (bound) => {
    const account = await bound.accounts.byPerson(landlord.id, personKey);
    if (!account) return;
    const { email, language } = account;
    await post(bound, landlord, email, mails.identifierReminder(landlord, language, { email }));
  });
}

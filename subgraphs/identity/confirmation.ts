import { z } from "zod";
import type { Store } from "../../store/store.ts";
import type { RequestContext } from "../kernel/context.ts";
import { linkCodes, linkFault } from "./account-link.ts";
import { emailKey, readEmail } from "./email.ts";
import { evenly } from "./even.ts";
import { deniedUntil, tooMany } from "../kernel/limits.ts";
import { linkAddress } from "./links.ts";
import * as mails from "./mails.ts";
import type { Fault } from "./messages.ts";
import { post } from "../kernel/post.ts";

/** What waits behind a confirmation link until it is followed: there is no account before. */
const PendingAccount = z.strictObject({
  email: z.string(),
  passwordHash: z.string(),
  personKey: z.string(),
  consents: z.array(
    z.strictObject({
      id: z.string(),
      version: z.string(),
      given: z.boolean(),
      givenAt: z.iso.datetime(),
    }),
  ),
  language: z.enum(["fr", "en"]),
});
export type PendingAccount = z.infer<typeof PendingAccount>;

type Needs = Pick<RequestContext, "landlord" | "store" | "now" | "publicUrl">;

/** When a link that is made now ends. */
export function confirmationEnd({ landlord, now }: Needs): Date {
  return new Date(now().getTime() + landlord.registration.confirmationHours * 3_600_000);
}

/** Makes the link and queues its mail, in the transaction of `store`. */
export async function sendConfirmation(
  context: Needs,
  store: Store,
  pending: PendingAccount,
  expiresAt: Date,
): Promise<void> {
  const { landlord } = context;
  const token = await store.links.create(landlord.id, {
    purpose: "REGISTRATION",
    subject: emailKey(pending.email),
    payload: pending,
    expiresAt,
  });
  const link = linkAddress(context, "confirm", token);
  const hours = landlord.registration.confirmationHours;
  const body = mails.confirmRegistration(landlord, pending.language, { link, hours });
  await post(store, landlord, pending.email, body);
}

export const confirmCodes = [...linkCodes, "ALREADY_REGISTERED"] as const;

export type Confirmed =
  | { readonly email: string }
  | { readonly faults: readonly Fault<(typeof confirmCodes)[number]>[] };

/** Uses the link and makes the account, both or neither. */
export async function confirmRegistration(
  { landlord, store }: Pick<RequestContext, "landlord" | "store">,
  { token }: { readonly token: string },
): Promise<Confirmed> {
  return store.transaction<Confirmed>(async (bound) => {
    const link = await bound.links.use(landlord.id, "REGISTRATION", token);
    if (link.outcome !== "OK") return { faults: [linkFault(link.outcome)] };
    const { email, passwordHash, personKey, consents, language } = PendingAccount.parse(
      link.payload,
    );
    const account = { landlord: landlord.id, email, passwordHash, language };
    const dated = consents.map((each) => ({ ...each, givenAt: new Date(each.givenAt) }));
    const { outcome } = await bound.accounts.create(account, [personKey], dated);
    // Meanwhile the person registered with another address, or the address was taken.
    if (outcome !== "OK") return { faults: [{ code: "ALREADY_REGISTERED", field: ["token"] }] };
    return { email };
  });
}

export const askCodes = ["EMAIL_INVALID", "TOO_MANY_ATTEMPTS"] as const;
export type Asked = { readonly faults: readonly Fault<(typeof askCodes)[number]>[] };

/**
 * Sends the confirmation of a registration again, with a new link. The answer does not tell
 * whether one was waiting.
 */
export async function resendConfirmation(
  context: Needs & Pick<RequestContext, "clientAddress">,
  { email: typed }: { readonly email: string },
): Promise<Asked> {
  const { landlord, store, clientAddress } = context;
  const email = readEmail(typed);
  if (!email) return { faults: [{ code: "EMAIL_INVALID", field: ["email"] }] };
  const until = await deniedUntil(context, [["mailByAddress", clientAddress]]);
  if (until) return { faults: [tooMany(context, until)] };
  await evenly(async () => {
    if (await deniedUntil(context, [["mailToAddress", "again", emailKey(email)]])) return;
    await store.transaction(async (bound) => {
      const waiting = await bound.links.newest(landlord.id, "REGISTRATION", emailKey(email));
      if (waiting === null) return;
      await sendConfirmation(
        context,
        bound,
        PendingAccount.parse(waiting),
        confirmationEnd(context),
      );
    });
  });
  return { faults: [] };
}

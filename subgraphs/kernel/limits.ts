import type { RequestContext } from "./context.ts";
import type { Texts } from "./landlord.ts";
import type { Fault } from "./user-errors.ts";

const minute = 60_000;
const hour = 60 * minute;

/**
 * How often what may be tried. Nothing is ever locked: a window ends by itself, and denied tries do
 * not prolong it. By address the limits leave room for the people behind one router.
 */
const limits = {
  /** Guesses of one account's password from one place. */
  signInFromAddress: { points: 10, windowMs: 15 * minute },
  /** Guesses of one account's password from everywhere. */
  signInToAccount: { points: 50, windowMs: hour },
  /** One password tried on many accounts. */
  signInByAddress: { points: 300, windowMs: 15 * minute },
  /** The current password, asked for again by whoever is signed in. */
  passwordCheck: { points: 10, windowMs: 15 * minute },
  /** Guesses of the name or birth date that belong to one reference. */
  registerReference: { points: 10, windowMs: hour },
  registerByAddress: { points: 100, windowMs: hour },
  /** Guesses spread over many references and addresses. */
  registerAtLandlord: { points: 2000, windowMs: hour },
  /** Guesses of a password that the landlord issued: six digits are 20 bits. From one place. */
  firstConnectionFromAddress: { points: 5, windowMs: hour },
  /** From everywhere. */
  firstConnectionOfIdentifier: { points: 20, windowMs: 24 * hour },
  /** One password tried on many identifiers. */
  firstConnectionByAddress: { points: 60, windowMs: hour },
  firstConnectionAtLandlord: { points: 500, windowMs: hour },
  /** Mails of one kind to one address, which anybody can ask for. */
  mailToAddress: { points: 5, windowMs: hour },
  mailByAddress: { points: 300, windowMs: hour },
  /** Copies of one account's data, each of which asks the landlord's system for everything. */
  dataExport: { points: 5, windowMs: hour },
  /** Spaces that one of the landlord's people looks at. */
  supportView: { points: 30, windowMs: hour },
  /** Copies that one of the landlord's people sends to persons. */
  supportExport: { points: 30, windowMs: hour },
  /** Payments that one account begins, each of which the provider prepares a page for. */
  paymentStart: { points: 60, windowMs: hour },
} as const;

type Limit = keyof typeof limits;

/** One thing that counts: which limit, and of whom; nothing for the landlord as a whole. */
export type Try = readonly [limit: Limit, ...whose: string[]];

type Needs = Pick<RequestContext, "landlord" | "store" | "now">;

/** What counts as a guess of who is behind a reference, wherever it is asked. */
export function proofTries(reference: string, clientAddress: string): Try[] {
  return [
    ["registerByAddress", clientAddress],
    ["registerReference", reference],
    ["registerAtLandlord"],
  ];
}

const keyOf = ({ landlord }: Needs, tries: Try) => [landlord.id, ...tries].join("\n");

/**
 * Counts each try, in order, until one is beyond its limit. Null when all are within, else when
 * the person may try again. Call it before the work that it protects, outside of transactions.
 */
export async function deniedUntil(context: Needs, tries: readonly Try[]): Promise<Date | null> {
  for (const each of tries) {
    const answer = await context.store.throttle.hit(keyOf(context, each), limits[each[0]]);
    if (!answer.allowed) return answer.retryAt;
  }
  return null;
}

/** Starts counting anew, after the person has shown who they are. */
export async function forget(context: Needs, tries: readonly Try[]): Promise<void> {
  for (const each of tries) await context.store.throttle.clear(keyOf(context, each));
}

/** What the person is told of it. `otherwise`: another way out, appended to the sentence. */
export function tooMany(
  context: Needs,
  until: Date,
  otherwise?: Texts,
): Fault<"TOO_MANY_ATTEMPTS"> {
  const minutes = Math.max(1, Math.ceil((until.getTime() - context.now().getTime()) / minute));
  const values = { minutes, ...(otherwise && { otherwise }) };
  return { code: "TOO_MANY_ATTEMPTS", field: [], values };
}

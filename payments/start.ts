/** Begins a payment: once for a key, whatever happens on the way to the provider. */
import { PortError } from "../adapters/ports/errors.ts";
import { Redirect, type Begun } from "../adapters/ports/payment-provider.ts";
import type { Held, Payment } from "../store/payment-row.ts";
import { centsOf, larger, smaller } from "./amount.ts";
import type { PaymentDesk } from "./desk.ts";
import { referenceOf } from "./reference.ts";

export interface StartPayment {
  readonly accountId: string;
  /** By the ERP's keys; that they belong together, and to the account, has been checked. */
  readonly personKey: string;
  readonly contractKey: string;
  /** What is paid, as the person knows it: the contract's number. Goes to the provider. */
  readonly label: string;
  /** The account's. Goes to the provider. */
  readonly email: string;
  readonly language: "fr" | "en";
  /** As the person wrote it, `12.50`. */
  readonly amount: string;
  /** What is owed on the contract; null where it is not known. Needed where only the whole is taken. */
  readonly due: string | null;
  /** Whether the ERP or the landlord forbids to pay for this contract online. */
  readonly blocked: boolean;
  readonly idempotencyKey: string;
  readonly requestId: string;
}

/** Why nothing was begun, for the person to mend. */
export type StartProblem =
  | "AMOUNT_INVALID"
  | "AMOUNT_TOO_SMALL"
  | "AMOUNT_TOO_LARGE"
  /** The landlord takes the whole of what is owed, and that is another amount, nothing or not known. */
  | "NOT_THE_WHOLE"
  | "CONTRACT_BLOCKED"
  /** The provider takes no payment from this address. */
  | "EMAIL_REFUSED"
  /** The key has been used for another request. */
  | "KEY_USED";

/**
 * - `REDIRECT`: the browser is to go there. The same again for the same key, until `expiresAt`.
 * - `IN_PROGRESS`: another request with this key is asking the provider right now.
 * - `ENDED`: what this key began is over, or not known: `payment.state` says. A new key begins anew.
 * - `REFUSED`: nothing was begun.
 */
export type Started =
  | { readonly outcome: "REDIRECT"; readonly payment: Payment; readonly redirect: Redirect }
  | { readonly outcome: "IN_PROGRESS" | "ENDED"; readonly payment: Payment }
  | { readonly outcome: "REFUSED"; readonly problem: StartProblem };

/** How long the provider may take. */
const beginMs = 15_000;
const minuteMs = 60_000;

/**
 * Throws PortError: with `notApplied` the same key may be tried again; OUTCOME_UNKNOWN when the
 * provider may have prepared a page. Nobody is ever sent to that one, so that a new key is safe.
 */
export async function startPayment(desk: PaymentDesk, request: StartPayment): Promise<Started> {
  const problem = problemOf(desk, request);
  if (problem) return { outcome: "REFUSED", problem };
  const { accountId, personKey, contractKey, label, amount, idempotencyKey } = request;
  const { landlord, store, rules } = desk;
  const { provider } = rules;
  const asked = { landlord, accountId, personKey, contractKey, label, amount, provider };
  const made = await store.payments.create({ ...asked, idempotencyKey });
  if (made.outcome === "NEW") return begin(desk, request, made);
  if (made.outcome === "OTHER") return { outcome: "REFUSED", problem: "KEY_USED" };
  return again(desk, request, made.payment);
}

/** The least and the most that may be paid at this landlord. */
export function amountLimits({ rules, provider }: PaymentDesk): {
  minimum: string;
  maximum: string;
} {
  return {
    minimum: larger(rules.minimum, provider.limits.minimum),
    maximum: smaller(rules.maximum, provider.limits.maximum),
  };
}

function problemOf(desk: PaymentDesk, { amount, due, blocked }: StartPayment): StartProblem | null {
  if (blocked) return "CONTRACT_BLOCKED";
  const cents = centsOf(amount);
  if (cents === null || cents <= 0n) return "AMOUNT_INVALID";
  const { minimum, maximum } = amountLimits(desk);
  if (cents < centsOf(minimum)!) return "AMOUNT_TOO_SMALL";
  if (cents > centsOf(maximum)!) return "AMOUNT_TOO_LARGE";
  if (!desk.rules.partial && (due === null || centsOf(due) !== cents)) return "NOT_THE_WHOLE";
  return null;
}

async function again(desk: PaymentDesk, request: StartPayment, payment: Payment): Promise<Started> {
  if (payment.state === "CREATED") {
    const held = await desk.store.payments.holdAgain(payment.id);
    return held ? begin(desk, request, held) : { outcome: "IN_PROGRESS", payment };
  }
  const open =
    payment.state === "REDIRECTED" && payment.expiresAt && payment.expiresAt > desk.now();
  if (!open || !payment.redirect) return { outcome: "ENDED", payment };
  return { outcome: "REDIRECT", payment, redirect: Redirect.parse(JSON.parse(payment.redirect)) };
}

async function begin(desk: PaymentDesk, request: StartPayment, held: Held): Promise<Started> {
  const begun = await askForPage(desk, request, held);
  if (begun === "EMAIL_REFUSED") return { outcome: "REFUSED", problem: begun };
  const { store, provider, now } = desk;
  const { providerReference, redirect, expiresAt } = begun;
  const page = {
    providerReference,
    redirect: JSON.stringify(redirect),
    expiresAt: new Date(expiresAt),
  };
  const nextAskAt = new Date(now().getTime() + provider.limits.askMinutes * minuteMs);
  const payment = await store.payments.redirected(held, page, nextAskAt);
  if (!payment) throw new PortError("OUTCOME_UNKNOWN", "a payment was begun too slowly");
  return { outcome: "REDIRECT", payment, redirect };
}

async function askForPage(
  desk: PaymentDesk,
  { label, email, language, requestId }: StartPayment,
  held: Held,
): Promise<Begun | "EMAIL_REFUSED"> {
  const { payment } = held;
  try {
    return await desk.provider.begin(
      {
        reference: referenceOf(payment.id),
        dayNumber: payment.dayNumber,
        createdAt: payment.createdAt.toISOString(),
        amount: payment.amount,
        label,
        email,
        language,
        notifyUrl: desk.notifyUrl,
        returnUrl: desk.returnUrl(payment.id),
      },
      { signal: AbortSignal.timeout(beginMs), requestId },
    );
  } catch (error) {
    return failed(desk, held, error);
  }
}

async function failed(desk: PaymentDesk, held: Held, error: unknown): Promise<"EMAIL_REFUSED"> {
  const { payments } = desk.store;
  const { id } = held.payment;
  const known = error instanceof PortError ? error : null;
  const details = { landlord: desk.landlord, payment: id, code: known?.code ?? "INTERNAL" };
  if (known?.notApplied) {
    await payments.letGo(held);
    if (known.code === "INVALID_INPUT") return "EMAIL_REFUSED";
    desk.log("warn", "a payment could not be begun", { ...details, reason: known.message });
    throw known;
  }
  const closesAt = desk.now().getTime() + desk.provider.limits.openMinutes * minuteMs;
  await payments.move(id, "CREATED", {
    to: "UNKNOWN",
    problem: "BEGIN_UNKNOWN",
    nextAskAt: new Date(closesAt),
  });
  desk.log("error", "nobody knows whether a payment was begun", details);
  throw new PortError("OUTCOME_UNKNOWN", "nobody knows whether a payment was begun", {
    cause: error,
  });
}

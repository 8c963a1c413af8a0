/** What a provider's news makes of a payment. Decides only; see `applyNews`. */
import type { PaymentNews } from "../adapters/ports/payment-provider.ts";
import type { Payment } from "../store/payment-row.ts";
import type { Move } from "../store/payments.ts";
import { mayFollow } from "../store/payment-states.ts";

/** `problem`: what a person has to look at, beside or instead of the move. */
export interface Verdict {
  readonly move: Move | null;
  readonly problem: Problem | null;
}

export type Problem =
  | "AMOUNT_DIFFERS"
  | "REFERENCE_DIFFERS"
  | "SHOP_DIFFERS"
  | "PAID_TWICE"
  | "PAID_UNBEGUN"
  | "REFUSED_AFTER_PAID"
  | "REVERSED"
  | "TRANSACTION_REUSED"
  | "NEVER_TOLD";

const nothing: Verdict = { move: null, problem: null };
const alarm = (problem: Problem): Verdict => ({ move: null, problem });

/** Long enough after the page closed for a last try on it to be known. */
const afterwardsMs = 5 * 60_000;

export function judge(payment: Payment, news: PaymentNews, now: Date): Verdict {
  switch (news.state) {
    case "WAITING":
      return nothing;
    case "DIFFERS":
      return toUnknown(payment, `${news.what}_DIFFERS`);
    case "PAID":
      return judgePaid(payment, news);
    case "REVERSED":
      return payment.state === "PAID" ? alarm("REVERSED") : ended(payment, "REFUSED", now);
    case "REFUSED":
      // An earlier try that was refused does not contradict a later one that was paid.
      return payment.state === "PAID" && news.transaction === payment.receipt?.transaction
        ? alarm("REFUSED_AFTER_PAID")
        : ended(payment, "REFUSED", now);
    case "ABANDONED":
    case "EXPIRED":
      return ended(payment, news.state, now);
  }
}

function judgePaid(payment: Payment, news: Extract<PaymentNews, { state: "PAID" }>): Verdict {
  const { amount, paidAt, transaction, means, authorisation } = news;
  if (payment.state === "PAID") {
    return payment.receipt?.transaction === transaction ? nothing : alarm("PAID_TWICE");
  }
  if (amount !== payment.amount) return toUnknown(payment, "AMOUNT_DIFFERS");
  if (!mayFollow(payment.state, "PAID")) return alarm("PAID_UNBEGUN");
  const receipt = { paidAt, transaction, means, authorisation };
  return { move: { to: "PAID", receipt, problem: null, nextAskAt: null }, problem: null };
}

/** Never PAID, and not asked about again: a person looks. */
function toUnknown({ state }: Payment, problem: Problem): Verdict {
  const move: Move = { to: "UNKNOWN", problem, nextAskAt: null };
  return { move: mayFollow(state, "UNKNOWN") ? move : null, problem };
}

/** The person may still try again while the page is open: it is asked about once more afterwards. */
function ended(
  { state, expiresAt }: Payment,
  to: "REFUSED" | "ABANDONED" | "EXPIRED",
  now: Date,
): Verdict {
  if (!mayFollow(state, to)) return nothing;
  const last = expiresAt && new Date(expiresAt.getTime() + afterwardsMs);
  const nextAskAt = to !== "EXPIRED" && last && last > now ? last : null;
  return { move: { to, problem: null, nextAskAt }, problem: null };
}

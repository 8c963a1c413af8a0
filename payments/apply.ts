/** Brings a provider's news into the store: once, whole, and whoever else may be at it. */
import type { PaymentNews } from "../adapters/ports/payment-provider.ts";
import type { Payment } from "../store/payment-row.ts";
import type { Store } from "../store/store.ts";
import { isUniqueViolation } from "../store/unique-violation.ts";
import type { PaymentDesk } from "./desk.ts";
import { judge, type Problem } from "./judge.ts";

interface Applied {
  /** Whether the payment's state changed. */
  readonly moved: boolean;
  readonly payment: Payment;
}

/** Somebody else changed the payment between our look and our word. */
class Raced extends Error {}

const tries = 10;

/** `event` names signed news, which count once. The payment must be there. */
export async function applyNews(
  desk: PaymentDesk,
  id: string,
  news: PaymentNews,
  event: string | null,
): Promise<Applied> {
  for (let left = tries; ; left -= 1) {
    try {
      return await applyOnce(desk, id, news, event);
    } catch (error) {
      if (isUniqueViolation(error) && news.state === "PAID") return reused(desk, id, event);
      if (!(error instanceof Raced) || left === 0) throw error;
    }
  }
}

async function applyOnce(
  desk: PaymentDesk,
  id: string,
  news: PaymentNews,
  event: string | null,
): Promise<Applied> {
  const { store, landlord, now } = desk;
  const { problem, ...applied } = await store.transaction(async (within) => {
    const payment = (await within.payments.find(landlord, id))!;
    const asBefore = { moved: false, payment, problem: null };
    if (event !== null && !(await within.payments.keepEvent(payment, event, news.state))) {
      return asBefore;
    }
    const { move, problem } = judge(payment, news, now());
    if (!move) {
      if (problem) await within.payments.note(id, problem);
      return { ...asBefore, problem };
    }
    const moved = await within.payments.move(id, payment.state, move);
    if (!moved) throw new Raced();
    if (moved.state === "PAID") await handOver(desk, within, moved);
    return { moved: true, payment: moved, problem };
  });
  if (problem) sound(desk, id, problem);
  return applied;
}

async function handOver(desk: PaymentDesk, store: Store, payment: Payment): Promise<void> {
  const { paidAt, transaction } = payment.receipt!;
  await desk.onPaid(store, {
    payment,
    booking: {
      amount: { amount: payment.amount, currency: "EUR" },
      paidAt,
      provider: desk.providerName,
      providerReference: transaction,
    },
  });
}

/** The money has paid another payment already. */
async function reused(desk: PaymentDesk, id: string, event: string | null): Promise<Applied> {
  const problem: Problem = "TRANSACTION_REUSED";
  const payment = (await desk.store.payments.find(desk.landlord, id))!;
  await desk.store.transaction(async (within) => {
    if (event !== null) await within.payments.keepEvent(payment, event, "PAID");
    await within.payments.note(id, problem);
  });
  sound(desk, id, problem);
  return { moved: false, payment };
}

/** Only a person can tell what is right. */
export function sound({ log, landlord }: PaymentDesk, payment: string, problem: Problem): void {
  log("error", "a payment needs a person", { landlord, payment, problem });
}

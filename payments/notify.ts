/** The provider calls, or the browser comes back. */
import type { RawNotification } from "../adapters/ports/payment-provider.ts";
import type { Payment } from "../store/payment-row.ts";
import { applyNews } from "./apply.ts";
import type { PaymentDesk } from "./desk.ts";
import { idOfReference, isPaymentId } from "./reference.ts";

/**
 * - `KEPT`: what it says is in the store for good. Also for what was kept before.
 * - `NOT_FOUND`: about a payment that is none of this landlord's.
 * - `REJECTED`: not the provider's.
 */
export type Received = "KEPT" | "NOT_FOUND" | "REJECTED";

/** Throws when it could not be kept: the provider is to send it again. */
export async function onNotification(desk: PaymentDesk, raw: RawNotification): Promise<Received> {
  const { provider, store, landlord, rules, log } = desk;
  const read = provider.readNotification(raw);
  if (read.kind === "REJECTED") {
    log("warn", "a notification of a payment was rejected", { landlord, why: read.why });
    return "REJECTED";
  }
  if (read.kind === "HINT") {
    const found = await store.payments.findAt(landlord, rules.provider, read.providerReference);
    if (!found) return "NOT_FOUND";
    await askSoon(desk, found);
    return "KEPT";
  }
  const id = idOfReference(read.reference);
  const payment = id && (await store.payments.find(landlord, id));
  if (!payment || payment.provider !== rules.provider) {
    log("error", "the provider tells of a payment that is not ours", { landlord });
    return "NOT_FOUND";
  }
  await applyNews(desk, payment.id, read.news, read.event);
  return "KEPT";
}

/** The browser is back from the provider's page: a good moment to ask. Null for an unknown id. */
export async function onReturn(desk: PaymentDesk, id: string): Promise<Payment | null> {
  const payment = isPaymentId(id) ? await desk.store.payments.find(desk.landlord, id) : null;
  if (payment) await askSoon(desk, payment);
  return payment;
}

/** Anybody can send hints: after so many questions, it is asked at its usual pace only. */
const hastenedAsks = 12;

async function askSoon({ store, now }: PaymentDesk, payment: Payment): Promise<void> {
  if (payment.asks < hastenedAsks) await store.payments.hasten(payment.id, now());
}

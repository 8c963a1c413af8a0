/** What is known of an account's payments. */
import type { Payment } from "../store/payment-row.ts";
import type { PaymentDesk } from "./desk.ts";

/** Null for what is no payment of this account. */
export async function paymentOf(
  { store, landlord }: PaymentDesk,
  accountId: string,
  id: string,
): Promise<Payment | null> {
  const payment = await store.payments.find(landlord, id);
  return payment?.accountId === accountId ? payment : null;
}

/** Newest first; those before `before`, an id, where given. */
export function paymentsOf(
  { store, landlord }: PaymentDesk,
  accountId: string,
  page: { readonly limit: number; readonly before: string | null },
): Promise<Payment[]> {
  return store.payments.ofAccount(landlord, accountId, page);
}

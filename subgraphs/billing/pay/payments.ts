/** Payments on a provider's page, as their owner sees them. */
import { Redirect } from "../../../adapters/ports/payment-provider.ts";
import { bookingOf } from "../../../payments/booking.ts";
import { paymentOf, paymentsOf } from "../../../payments/read.ts";
import { isPaymentId, paymentIdKind } from "../../../payments/reference.ts";
import type { Payment } from "../../../store/payment-row.ts";
import { showChange, type Change } from "../../kernel/change-types.ts";
import type { RequestContext } from "../../kernel/context.ts";
import { fail } from "../../kernel/errors.ts";
import { fileLink, type FileLink } from "../../kernel/file-links.ts";
import { keptList } from "../../kernel/kept-list.ts";
import { ownContractByKey, signedIn } from "../../kernel/ownership.ts";
import type { Paging } from "../../kernel/pagination.ts";
import { paymentDesk } from "./desk.ts";
import type { CardPayment, PaymentRedirect } from "./types.ts";

export function showPayment(context: RequestContext, payment: Payment): CardPayment {
  const { id, state, amount, createdAt, expiresAt, receipt, label } = payment;
  return {
    id: context.ids.seal(paymentIdKind, id),
    status: state,
    amount: { amount, currency: "EUR" },
    contractNumber: label,
    redirect: redirectOf(context, payment),
    startedAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    paidAt: receipt?.paidAt ?? null,
    kept: payment,
  };
}

/** Only as long as the page can be opened. */
function redirectOf(context: RequestContext, payment: Payment): PaymentRedirect | null {
  const { state, redirect, expiresAt } = payment;
  const open = state === "REDIRECTED" && expiresAt !== null && context.now() < expiresAt;
  if (!open || redirect === null) return null;
  const { method, url, ...form } = Redirect.parse(JSON.parse(redirect));
  return { method, url, fields: "fields" in form ? form.fields : [] };
}

/** The payment behind an id; NOT_FOUND for what does not exist or is somebody else's. */
export async function ownPayment(context: RequestContext, id: string): Promise<Payment> {
  const { accountId } = signedIn(context);
  const [key] = context.ids.open(paymentIdKind, id) ?? [];
  const known = key !== undefined && isPaymentId(key);
  const payment = known ? await paymentOf(paymentDesk(context), accountId, key) : null;
  if (!payment) throw fail(context, "NOT_FOUND");
  return payment;
}

export function paymentsOfViewer(context: RequestContext, paging: Paging) {
  const { accountId } = signedIn(context);
  const desk = paymentDesk(context);
  return keptList(context, paging, {
    cursorKind: "CardPaymentCursor",
    list: (page) => paymentsOf(desk, accountId, page),
    show: (payment) => showPayment(context, payment),
  });
}

/** The booking in the landlord's system; null before the payment is PAID. */
export async function bookingChange(
  context: RequestContext,
  payment: Payment,
): Promise<Change | null> {
  const { landlord, accountId } = payment;
  const asked = { landlord, accountId, ...bookingOf(payment) };
  const found = await context.store.changes.repeated(asked);
  return found && showChange(context, found.change);
}

/** Null when the contract is the viewer's no longer. */
export async function contractOf(context: RequestContext, { contractKey }: Payment) {
  const contract = await ownContractByKey(context, contractKey);
  return contract && { id: context.ids.seal("Contract", contract.key), key: contract.key };
}

export function receiptLink(context: RequestContext, payment: Payment): FileLink | null {
  if (payment.state !== "PAID") return null;
  return fileLink(context, "receipts", payment.id);
}

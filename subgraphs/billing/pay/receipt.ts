/** The receipt of a payment (ticket de CB), to keep. */
import type { DocumentContent } from "../../../adapters/ports/documents.ts";
import { paymentOf } from "../../../payments/read.ts";
import { isPaymentId } from "../../../payments/reference.ts";
import type { RequestContext } from "../../kernel/context.ts";
import { fail } from "../../kernel/errors.ts";
import { signedIn } from "../../kernel/ownership.ts";
import { paymentDesk } from "./desk.ts";
import { drawTicket } from "./ticket.ts";

/** NOT_FOUND for what is not the viewer's, or not paid. */
export async function openReceipt(context: RequestContext, id: string): Promise<DocumentContent> {
  const { accountId } = signedIn(context);
  const desk = paymentDesk(context);
  const payment = isPaymentId(id) ? await paymentOf(desk, accountId, id) : null;
  if (payment?.state !== "PAID" || !payment.receipt) throw fail(context, "NOT_FOUND");
  const { landlord } = context;
  return {
    fileName: `ticket-de-paiement-${payment.receipt.paidAt.slice(0, 10)}.pdf`,
    mediaType: "application/pdf",
    sizeBytes: null,
    body: drawTicket({
      landlord,
      provider: desk.providerName,
      amount: payment.amount,
      contract: payment.label,
      receipt: payment.receipt,
    }),
  };
}

import { cardPayments } from "../../../adapters/ports/billing-changes.ts";
import type { PaymentDesk } from "../../../payments/desk.ts";
import type { RequestContext } from "../../kernel/context.ts";
import { fail } from "../../kernel/errors.ts";
import { usePort } from "../../kernel/use-port.ts";

/** Throws NOT_SUPPORTED where nobody can pay online, or the ERP could not book it. */
export function paymentDesk(context: RequestContext): PaymentDesk {
  usePort(context, cardPayments);
  if (!context.payments) throw fail(context, "NOT_SUPPORTED");
  return context.payments;
}

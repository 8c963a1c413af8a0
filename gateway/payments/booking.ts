/** A payment that was made is to be booked in the landlord's ERP, as any other change is. */
import type { Logger } from "pino";
import { cardPayments } from "../../adapters/ports/billing-changes.ts";
import { bookingOf } from "../../payments/booking.ts";
import type { OnPaid } from "../../payments/desk.ts";
import type { ChangeKind } from "../../subgraphs/kernel/change-kinds.ts";
import type { ServedLandlord } from "../../subgraphs/kernel/request.ts";

const kind: ChangeKind = "CARD_PAYMENT";

/**
 * Submits the change in the transaction in which the payment becomes PAID: once, or not at all. It
 * has the payment's own id: where a back-up brings the payment back, the ERP knows its booking by it.
 */
export function bookPaid(landlords: readonly ServedLandlord[], log: Logger): OnPaid {
  return async (store, { payment, booking }) => {
    const { id, landlord, accountId, personKey, contractKey } = payment;
    const served = landlords.find((one) => one.landlord.id === landlord);
    if (!served?.ports.served.includes(cardPayments.name)) {
      // The money is the landlord's all the same: somebody has to book it by hand.
      log.error({ landlord, payment: id }, "a payment was made that the ERP cannot book");
      return;
    }
    const { repeated } = await store.changes.submit({
      id,
      maybeSent: payment.restored,
      landlord,
      accountId,
      personKey,
      contractKey,
      lane: `contract:${contractKey}`,
      kind,
      ...bookingOf(payment),
      payload: JSON.stringify(booking),
      effectiveBy: null,
    });
    if (repeated && !repeated.sameRequest) {
      throw new Error("The booking of a payment has the key of something else.");
    }
  };
}

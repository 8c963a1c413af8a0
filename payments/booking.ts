/**
 * Under which key and request the booking of a payment is submitted as a change, so that whoever
 * shows the payment finds it again. A blank is in no key of a client: none can take this one first.
 */
export const bookingOf = ({ id }: { readonly id: string }) => ({
  idempotencyKey: `payment ${id}`,
  request: JSON.stringify({ payment: id }),
});

/**
 * Under which key and request the booking of a payment is submitted as a change, so that whoever
 * shows the payment finds it again.
 */
export const bookingOf = ({ id }: { readonly id: string }) => ({
  idempotencyKey: `payment:${id}`,
  request: JSON.stringify({ payment: id }),
});

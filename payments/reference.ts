/**
 * What the provider calls a payment: its UUID in 25 digits and capitals, since PayFiP takes no
 * hyphen and no more than 30 characters.
 */
const hexDigits = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function referenceOf(id: string): string {
  return BigInt(`0x${id.replaceAll("-", "")}`)
    .toString(36)
    .toUpperCase()
    .padStart(25, "0");
}

/** Null for what is no reference of ours. */
export function idOfReference(reference: string): string | null {
  if (!/^[0-9A-Z]{25}$/.test(reference)) return null;
  let value = 0n;
  for (const digit of reference) value = value * 36n + BigInt(parseInt(digit, 36));
  const hex = value.toString(16).padStart(32, "0");
  return hex.length === 32
    ? hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")
    : null;
}

export const isPaymentId = (text: string): boolean => hexDigits.test(text);

/** The GraphQL type under which the id of a payment is sealed for clients. */
export const paymentIdKind = "CardPayment";

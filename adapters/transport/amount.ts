import { PortError } from "../ports/errors.ts";

/**
 * Exact decimal text with two places from the digits that an ERP wrote: digits are moved, never
 * counted with. `fraction` may be empty, or longer than two where the rest is zeros. Zero has no
 * sign. Throws BAD_RESPONSE for parts that are no digits, for parts of a cent, and for more than
 * twelve digits before the point.
 */
export function exactAmount(negative: boolean, whole: string, fraction: string): string {
  const units = whole.replace(/^0+(?=\d)/, "");
  const cents = fraction.replace(/(?<=^\d\d)0+$/, "").padEnd(2, "0");
  if (!/^\d{1,12}$/.test(units) || !/^\d\d$/.test(cents)) {
    throw new PortError("BAD_RESPONSE", "an amount that cannot be");
  }
  const amount = `${units}.${cents}`;
  return negative && amount !== "0.00" ? `-${amount}` : amount;
}

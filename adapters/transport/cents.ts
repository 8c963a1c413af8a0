/** Whole cents as text, `1250`, as payment providers write amounts. */
import { PortError } from "../ports/errors.ts";
import type { Amount } from "../ports/values.ts";
import { exactAmount } from "./amount.ts";

/** `12.50` to `1250`: digits are moved, never counted with. */
export function toCents(amount: Amount): string {
  return amount.replace(".", "").replace(/^(-?)0+(?=\d)/, "$1");
}

/** `1250` to `12.50`. Throws BAD_RESPONSE for what is no whole number of cents, or a negative one. */
export function fromCents(cents: string): Amount {
  if (!/^\d{1,14}$/.test(cents)) throw new PortError("BAD_RESPONSE", "an amount that is no cents");
  const digits = cents.padStart(3, "0");
  return exactAmount(false, digits.slice(0, -2), digits.slice(-2));
}

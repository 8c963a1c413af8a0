/** What Habilog keeps of our operation ids. */
import { PortError } from "../../ports/errors.ts";

/** Of a demand: CHAR(36), room for the id as it is. */
export const demandReference = (operationId: string): string =>
  digitsOf(operationId) && operationId;

/**
 * Of a payment: CHAR(25). The 128 bits of the id in base 36, in capitals: exactly 25 places, none of
 * them lost, so that two ids never have the same; and the same to a column that ignores case.
 */
export const paymentReference = (operationId: string): string =>
  BigInt(`0x${digitsOf(operationId)}`)
    .toString(36)
    .toUpperCase()
    .padStart(25, "0");

function digitsOf(operationId: string): string {
  const digits = operationId.replaceAll("-", "");
  if (/^[0-9a-f]{32}$/i.test(digits) && operationId.length === 36) return digits;
  throw new PortError("INTERNAL", "an operation id that is no UUID", { notApplied: true });
}

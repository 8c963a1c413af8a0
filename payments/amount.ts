/** Amounts are decimal text; they are compared as whole cents. */
import { Amount } from "../adapters/ports/values.ts";

/** Null for what is no amount. */
export function centsOf(amount: string): bigint | null {
  return Amount.safeParse(amount).success ? BigInt(amount.replace(".", "")) : null;
}

/** Of two amounts. */
export const smaller = (a: string, b: string): string => (centsOf(a)! < centsOf(b)! ? a : b);
export const larger = (a: string, b: string): string => (centsOf(a)! > centsOf(b)! ? a : b);

/** Whole cents of an amount like `-12.50`, to add up exactly. */
export const centsOf = (amount: string): bigint => BigInt(amount.replace(".", ""));

export const sumOf = (amounts: readonly string[]): bigint =>
  amounts.reduce((sum, amount) => sum + centsOf(amount), 0n);

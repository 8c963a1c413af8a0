/** A contract's n-th entry (or notice, or request …): unique in the whole world within its kind. */
export const numberWithin = (contract: number, nth: number): number => contract * 1000 + nth;

/** The contract to which an entry, payment, notice, receipt, regularisation or request belongs. */
export const contractNumberOf = (number: number): number => Math.floor(number / 1000);

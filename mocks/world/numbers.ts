/** A contract's n-th entry (or notice, or request …): unique in the whole world within its kind. */
export const numberWithin = (contract: number, nth: number): number => contract * 1000 + nth;

/** The contract to which an entry, payment, notice, receipt, regularisation or request belongs. */
export const contractNumberOf = (number: number): number => Math.floor(number / 1000);

/** A building's n-th request: beyond all numbers of contracts' requests. */
export const numberInBuilding = (building: number, nth: number): number =>
  numberWithin(900_000 + building, nth);

/**
 * Values in `sqlfilters`. Dolibarr does not escape them, and neither can its callers: a quote ends
 * the value and what follows is part of the query. So only what cannot hurt is ever sent.
 */
export const filterable = /^[A-Z0-9](?:[A-Z0-9/.-]{0,38}[A-Z0-9])?$/;

const columns = {
  customerCode: "t.code_client",
  contractReference: "t.ref",
  contractCustomerReference: "t.ref_customer",
} as const;
export type Column = keyof typeof columns;

/** `(t.code_client:=:'LOC000123')`; null for a value that is not sent. */
export const equals = (column: Column, value: string): string | null =>
  filterable.test(value) ? `(${columns[column]}:=:'${value}')` : null;

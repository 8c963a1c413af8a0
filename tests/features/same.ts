import { isDeepStrictEqual } from "node:util";

/** Throws, naming the first place where what was answered is not what the ERP holds. */
export function same(what: string, answered: unknown, held: unknown): void {
  if (isDeepStrictEqual(answered, held)) return;
  throw new Error(`${what}: answered ${short(answered)}, the ERP holds ${short(held)}`);
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 400 ? `${text.slice(0, 400)}…` : text;
}

/** Both lists in one order, for what an ERP lists in an order of its own. */
export const sorted = (list: readonly unknown[]): string[] =>
  list.map((item) => JSON.stringify(item)).toSorted();

/** The landlord's rules do not have it. */
export class NotOffered extends Error {}

/** From our pages (`first`, `after`) to Pavois's (`SkipRecords`, `MaxRecords`, at most 50). */
import { PortError } from "../../ports/errors.ts";
import type { ContractPage } from "../../ports/billing.ts";
import type { Page } from "../../ports/values.ts";
import { isContract } from "./keys.ts";

const recordsPerCall = 50;

/** A part of one contract's list, as Pavois gave it. */
export interface Part<T> {
  /** NombreTotal: of the whole list. */
  total: number;
  records: T[];
}

/** Asks for the same part of each contract's list; a contract that is unknown is left out. */
export type AskParts<T> = (
  contracts: string[],
  skip: number,
  max: number,
) => Promise<Map<string, Part<T>>>;

interface Reading<T> {
  contract: string;
  first: number;
  skip: number;
  items: T[];
  total: number;
  /** Nothing comes after `items`. */
  exhausted: boolean;
  done: boolean;
}

/**
 * Reads one page for each key, each distinct one once. What stands at the same place of several
 * contracts' lists is asked for together. A contract that Pavois does not know has an empty page.
 */
export async function readPages<T>(
  keys: readonly ContractPage[],
  ask: AskParts<T>,
): Promise<Page<T>[]> {
  const readings = new Map<string, Reading<T>>();
  for (const key of keys) readings.set(nameOf(key), startOf(key));
  for (;;) {
    const open = [...readings.values()].filter((reading) => !reading.done);
    if (open.length === 0) break;
    await Promise.all([...samePlace(open).values()].map((group) => advance(group, ask)));
  }
  return keys.map((key) => pageOf(readings.get(nameOf(key))!));
}

const nameOf = ({ contractKey, first, after }: ContractPage) =>
  JSON.stringify([contractKey, first, after]);

function startOf<T>({ contractKey, first, after }: ContractPage): Reading<T> {
  return {
    contract: contractKey,
    first,
    skip: skipOf(after),
    items: [],
    total: 0,
    exhausted: true,
    done: !isContract(contractKey),
  };
}

/** A cursor is how many records lie before it. */
function skipOf(after: string | null): number {
  if (after === null) return 0;
  if (!/^\d{1,9}$/.test(after)) throw new PortError("INVALID_INPUT", "not a cursor of this list");
  return Number(after);
}

const nextOf = <T>({ first, skip, items }: Reading<T>) => ({
  skip: skip + items.length,
  max: Math.min(first - items.length, recordsPerCall),
});

function samePlace<T>(readings: Reading<T>[]): Map<string, Reading<T>[]> {
  return Map.groupBy(readings, (reading) => {
    const { skip, max } = nextOf(reading);
    return `${skip} ${max}`;
  });
}

async function advance<T>(group: Reading<T>[], ask: AskParts<T>): Promise<void> {
  const { skip, max } = nextOf(group[0]!);
  const contracts = [...new Set(group.map(({ contract }) => contract))];
  const parts = await ask(contracts, skip, max);
  for (const reading of group) {
    const { total, records } = parts.get(reading.contract) ?? { total: 0, records: [] };
    reading.items.push(...records.slice(0, max));
    reading.total = total;
    // A total that promises more than comes must not keep anybody asking.
    reading.exhausted = records.length === 0 || reading.skip + reading.items.length >= total;
    reading.done = reading.exhausted || reading.items.length >= reading.first;
  }
}

function pageOf<T>({ skip, items, total, exhausted }: Reading<T>): Page<T> {
  const endCursor = items.length > 0 ? String(skip + items.length) : null;
  return { items, endCursor, hasNextPage: !exhausted, total };
}

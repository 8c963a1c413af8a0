/** Pavois's ways of giving a list: in lots for several contracts, for one contract, for a person. */
import { z } from "zod";
import type { Call } from "../../ports/port.ts";
import { PortError } from "../../ports/errors.ts";
import { text } from "../../transport/fields.ts";
import { readRecord } from "../../transport/read-record.ts";
import { inChunks } from "./batch.ts";
import { recordsOf, type Pavois } from "./client.ts";
import type { AskParts, Part } from "./paging.ts";

const count = z
  .string()
  .regex(/^\s*\+?\d{1,9}\s*$/)
  .transform(Number);

interface Listing<T extends z.ZodType> {
  operation: string;
  element: string;
  shape: T;
  /** Arguments between the contract and the page. */
  more?: Record<string, unknown>;
}

type AskerOf<T extends z.ZodType> = AskParts<z.infer<T>>;

const pagination = (skip: number, max: number) => ({
  Pagination: { SkipRecords: skip, MaxRecords: max },
});

/** For operations that take up to twenty contracts and answer in lots. */
export function askLots<T extends z.ZodType>(
  pavois: Pavois,
  { operation, element, shape, more = {} }: Listing<T>,
  call: Call,
): AskerOf<T> {
  const lot = z.object({
    NumeroContrat: text,
    NombreTotal: count,
    [element]: z.array(shape).default([]),
  });
  return async (contracts, skip, max) => {
    const chunks = inChunks(contracts).map(async (chunk) => {
      const args = { NumeroContrat: chunk, ...more, ...pagination(skip, max) };
      return recordsOf(await pavois.ask(operation, args, call), "Lot", lot);
    });
    const lots = (await Promise.all(chunks)).flat();
    return new Map(
      lots.map((found) => [
        found.NumeroContrat as string,
        { total: found.NombreTotal as number, records: found[element] as z.infer<T>[] },
      ]),
    );
  };
}

/** For operations that take one contract, and call an unknown one an error. */
export function askEach<T extends z.ZodType>(
  pavois: Pavois,
  { operation, element, shape }: Listing<T>,
  call: Call,
): AskerOf<T> {
  const part = async (NumeroContrat: string, skip: number, max: number) => {
    const args = { NumeroContrat, ...pagination(skip, max) };
    const answer = await pavois.ask(operation, args, call);
    const total = readRecord(count, answer.NombreTotal, "NombreTotal");
    return { total, records: recordsOf(answer, element, shape) };
  };
  return async (contracts, skip, max) => {
    const parts = await Promise.all(contracts.map((contract) => orNull(part(contract, skip, max))));
    const known = new Map<string, Part<z.infer<T>>>();
    parts.forEach((found, i) => {
      if (found) known.set(contracts[i]!, found);
    });
    return known;
  };
}

interface PersonList<T extends z.ZodType> {
  operation: string;
  args: Record<string, unknown>;
  element: string;
  shape: T;
  keyOf(record: z.infer<T>): string;
}

/** Pavois gives no more in one call. */
const recordsPerCall = 50;

/** A list to its end, each record once; empty for a person whom Pavois does not know. */
export async function readList<T extends z.ZodType>(
  pavois: Pavois,
  { operation, args, element, shape, keyOf }: PersonList<T>,
  call: Call,
): Promise<z.infer<T>[]> {
  const found = new Map<string, z.infer<T>>();
  for (let skip = 0; ;) {
    const page = { ...args, ...pagination(skip, recordsPerCall) };
    const answer = await orNull(pavois.ask(operation, page, call));
    const records = answer ? recordsOf(answer, element, shape) : [];
    const known = found.size;
    for (const record of records) found.set(keyOf(record), record);
    skip += records.length;
    // Not by the total alone: it may promise more than ever comes.
    if (found.size === known || skip >= Number(answer?.NombreTotal)) return [...found.values()];
  }
}

/** Null for what Pavois does not know. */
export async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof PortError && error.code === "NOT_FOUND") return null;
    throw error;
  }
}

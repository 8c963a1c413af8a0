/** What beauceron keeps under our operation id, which it takes once and refuses ever after. */
import type { z } from "zod";
import { PortError } from "../../ports/errors.ts";
import type { Call } from "../../ports/port.ts";
import type { Client } from "./client.ts";
import { askedFor, wholeOf } from "./lists.ts";

/** The record under that reference; null when there is certainly none. */
export async function byReference<T extends { reference: string; contrat: string }>(
  client: Client,
  { path, shape }: { path: string; shape: z.ZodType<T> },
  { operationId, contractKey }: { operationId: string; contractKey: string },
  call: Call,
): Promise<T | null> {
  const list = { path, query: { reference: operationId }, shape };
  const found = await wholeOf((window) => client.slice(list, window, call), JSON.stringify);
  if (found === null) throw unclear("knows no such list");
  const [record, ...others] = askedFor(found, ({ reference }) => reference === operationId);
  if (!record) return null;
  if (others.length > 0 || record.contrat !== contractKey) throw unclear("has it elsewhere");
  return record;
}

/** It refused the reference as known, and then has nothing under it, or something else. */
export const unclear = (what: string): PortError =>
  new PortError("BAD_RESPONSE", `beauceron: asked for a reference, it ${what}`);

/** Reading what belongs to somebody. syndeo shows anything to any ticket: whose it is, is looked at. */
import type { z } from "zod";
import { PortError } from "../../ports/errors.ts";
import type { Call } from "../../ports/port.ts";
import type { Client, Published, Request } from "./client.ts";

/** The field of a record that names its owner, and who that must be. */
export interface Owner<F extends "CodePersonne" | "Contrat"> {
  readonly field: F;
  readonly key: string;
}

export const person = (key: string): Owner<"CodePersonne"> => ({ field: "CodePersonne", key });
export const contract = (key: string): Owner<"Contrat"> => ({ field: "Contrat", key });

export type Shape<R> = z.ZodType<R>;
type OwnedBy<F extends string> = { readonly [K in F]: string };

/** One thing of an owner, null when syndeo has none. BAD_RESPONSE when it is another's. */
export async function oneOf<F extends "CodePersonne" | "Contrat", R extends OwnedBy<F>>(
  client: Client,
  owner: Owner<F>,
  request: Request<R>,
  call: Call,
): Promise<Published<R> | null> {
  const found = await client.read<R>(request, call);
  if (found) check(owner, [found.data]);
  return found;
}

/** A list of an owner's things, empty when syndeo does not know the owner. Likewise. */
export async function listOf<F extends "CodePersonne" | "Contrat", R extends OwnedBy<F>>(
  client: Client,
  owner: Owner<F>,
  request: Omit<Request<unknown>, "shape"> & { readonly shape: z.ZodType<R> },
  call: Call,
): Promise<{ readonly data: readonly R[]; readonly publishedAt: string | null }> {
  const found = await client.read({ ...request, shape: request.shape.array() }, call);
  const { data, publishedAt } = found ?? { data: [], publishedAt: null };
  check(owner, data);
  return { data, publishedAt };
}

function check<F extends string>(
  { field, key }: { field: F; key: string },
  records: readonly OwnedBy<F>[],
): void {
  if (!records.every((record) => record[field] === key)) throw notAskedFor();
}

export const notAskedFor = () =>
  new PortError("BAD_RESPONSE", "syndeo: an answer holds what was not asked for");

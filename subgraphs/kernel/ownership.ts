/**
 * Who owns what. A person owns the contracts that the ERP lists for them, and whatever hangs on a
 * contract: its documents, its requests. Every way to a contract's data comes through here, in each
 * subgraph, whatever stood in front of it. "Not yours" and "does not exist" look the same.
 *
 * While the ERP cannot be asked, a query goes by the list that it gave to the same account within the
 * last day: it shows nothing that was not shown to them before. A mutation, a link and an upload
 * never do: they get the ERP's word of now, or an error.
 */
import { contracts, type Contract } from "../../adapters/ports/contract.ts";
import { carryMark } from "../../adapters/ports/freshness.ts";
import type { RequestContext, Viewer } from "./context.ts";
import { fail } from "./errors.ts";
import { load } from "./loaders.ts";

/** Throws FORBIDDEN when nobody is signed in. */
export function signedIn(context: RequestContext): Viewer {
  if (!context.viewer) throw fail(context, "FORBIDDEN");
  return context.viewer;
}

/** The contracts of all the persons that the viewer stands for, each once, in the ERP's order. */
export async function ownContracts(context: RequestContext): Promise<Contract[]> {
  const { personKeys } = signedIn(context);
  const lists = await Promise.all(
    personKeys.map((person) => load(context, contracts, "ofPersons", person)),
  );
  const own = new Map(lists.flat().map((contract) => [contract.key, contract]));
  return carryMark([...own.values()], lists);
}

/**
 * The contract behind an id, or null when the viewer has no such contract. Throws FORBIDDEN when
 * nobody is signed in, whatever the id: that it is a genuine one is nobody's business either.
 */
export async function ownContract(context: RequestContext, id: string): Promise<Contract | null> {
  signedIn(context);
  const [key] = context.ids.open("Contract", id) ?? [];
  return key === undefined ? null : ownContractByKey(context, key);
}

export async function ownContractByKey(
  context: RequestContext,
  key: string,
): Promise<Contract | null> {
  const own = await ownContracts(context);
  return own.find((contract) => contract.key === key) ?? null;
}

/**
 * The keys in an id of a thing that hangs on a contract (`kind`, sealed as contract key, key), or
 * null when it is no such id or the contract is not the viewer's.
 */
export async function ownThing(
  context: RequestContext,
  kind: string,
  id: string,
): Promise<{ contractKey: string; key: string } | null> {
  signedIn(context);
  const [contractKey, key] = context.ids.open(kind, id) ?? [];
  if (contractKey === undefined || key === undefined) return null;
  return (await ownContractByKey(context, contractKey)) ? { contractKey, key } : null;
}

import type { RequestContext } from "./context.ts";
import { ownContract } from "./ownership.ts";

/** The Contract entity in a subgraph that only adds to it: its id and the ERP's key, if it is the viewer's. */
export async function contractReference({ id }: { readonly id: string }, context: RequestContext) {
  const contract = await ownContract(context, id);
  return contract && { id, key: contract.key };
}

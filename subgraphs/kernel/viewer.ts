import type { RequestContext } from "./context.ts";

/** The id under which an account is known in the schema. */
export function viewerId(context: RequestContext, accountId: string): string {
  return context.ids.seal("Viewer", accountId);
}

/** The viewer entity, in any subgraph: only ever whoever is signed in. */
export function viewerReference({ id }: { readonly id: string }, context: RequestContext) {
  const own = context.viewer && viewerId(context, context.viewer.accountId);
  return own !== null && own === id ? { id } : null;
}

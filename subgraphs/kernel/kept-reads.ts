/** What a request shows that the landlord's system was not asked for just now. */
import type { ApolloServerPlugin } from "@apollo/server";
import { contracts } from "../../adapters/ports/contract.ts";
import type { Kept } from "../../adapters/ports/freshness.ts";
import type { Asked, Reader } from "../../adapters/ports/port.ts";
import { capabilityOf } from "./capability.ts";
import type { RequestContext } from "./context.ts";

/** Of one request. */
export interface KeptReads {
  /** Whether kept answers will do: only for a query. Whoever changes something gets the ERP's word. */
  willDo: boolean;
  /** The oldest kept answer of each port that the request shows something of. */
  readonly byPort: Map<string, Kept>;
}

export const noKeptReads = (): KeptReads => ({ willDo: false, byPort: new Map() });

/**
 * For whom a port is read; nobody without an account. `ofContract`: the contract was found to be theirs
 * before. Where the ERP told so earlier and cannot be asked now, it may be so no more: nothing is shown
 * of it that was not shown then.
 */
export function readerOf(
  { viewer, kept, asked }: RequestContext,
  ofContract: boolean,
): Reader | undefined {
  if (!viewer) return undefined;
  const wasTheirs = kept.byPort.get(contracts.name)?.freshness === "STALE";
  return {
    account: viewer.accountId,
    keptWillDo: kept.willDo,
    ...(ofContract && wasTheirs && { onlyKept: true }),
    ...(asked && { onAsked: (call: Asked) => void asked.push(call) }),
    onKept: (place, mark) => {
      const port = place.slice(0, place.indexOf("."));
      const known = kept.byPort.get(port);
      if (!known || mark.readAt < known.readAt) kept.byPort.set(port, mark);
    },
  };
}

/**
 * Allows kept answers for queries, and says in `extensions.freshness` of which of the landlord's data
 * they were, and when these were read: a list that is absent where all of it is of now.
 */
export const tellsFreshness: ApolloServerPlugin<RequestContext> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ operation, contextValue }) => {
      contextValue.kept.willDo = operation?.operation === "query";
    },
    willSendResponse: async ({ response: { body }, contextValue: { kept } }) => {
      if (body.kind !== "single" || kept.byPort.size === 0) return;
      const freshness = [...kept.byPort].map(([port, mark]) => ({
        data: capabilityOf(port),
        freshness: mark.freshness,
        readAt: mark.readAt.toISOString(),
      }));
      body.singleResult.extensions = { ...body.singleResult.extensions, freshness };
    },
  }),
};

import type { ApolloServerPlugin } from "@apollo/server";
import { capabilityOf } from "./capability.ts";
import type { RequestContext } from "./context.ts";

/**
 * In a support view, says in `extensions.erpCalls` which calls of the landlord's ERP the query made,
 * in the order in which they ended, how long each took and with which code it failed: nothing of what
 * was asked or answered. What was kept, or came by a call that somebody else had made, is not in it.
 */
export const tellsErpCalls: ApolloServerPlugin<RequestContext> = {
  requestDidStart: async () => ({
    willSendResponse: async ({ response: { body }, contextValue: { asked } }) => {
      if (body.kind !== "single" || !asked) return;
      const erpCalls = asked.map(({ place, keys, outcome, milliseconds }) => ({
        data: capabilityOf(place.slice(0, place.indexOf("."))),
        call: place,
        keys,
        outcome,
        milliseconds: Math.round(milliseconds),
      }));
      body.singleResult.extensions = { ...body.singleResult.extensions, erpCalls };
    },
  }),
};

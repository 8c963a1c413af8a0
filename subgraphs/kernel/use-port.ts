import type { Port } from "../../adapters/ports/port.ts";
import type { RequestContext } from "./context.ts";
import { asGraphQLError } from "./errors.ts";

/** The landlord's implementation of a port. Throws a GraphQLError NOT_SUPPORTED where there is none. */
export function usePort<I>(context: RequestContext, port: Port<I>): I {
  try {
    return context.ports.use(port);
  } catch (error) {
    throw asGraphQLError(context, error);
  }
}

import DataLoader from "dataloader";
import type { BatchRead, Port } from "../../adapters/ports/port.ts";
import type { RequestContext } from "./context.ts";
import { asGraphQLError } from "./errors.ts";
import { readerOf } from "./kept-reads.ts";

/** The names of the batch reads among a port's methods. */
type ReadNames<I> = {
  [M in keyof I]: I[M] extends BatchRead<infer _K, infer _A> ? M : never;
}[keyof I] &
  string;

type KeyOf<I, M extends keyof I> = I[M] extends BatchRead<infer K, infer _A> ? K : never;
type AnswerOf<I, M extends keyof I> = I[M] extends BatchRead<infer _K, infer A> ? A : never;

/** The loaders of one request: one for each port method, made when it is first asked. */
export type Loaders = Map<string, DataLoader<unknown, unknown, string>>;

/**
 * Reads one key through a port. Within a request equal keys are asked once, and keys that are asked
 * in the same turn go to the adapter in one batch. Throws a GraphQLError that may leave as it is.
 */
export function load<I, M extends ReadNames<I>>(
  context: RequestContext,
  port: Port<I>,
  method: M,
  key: KeyOf<I, M>,
): Promise<AnswerOf<I, M>> {
  const name = `${port.name}.${method}`;
  let loader = context.loaders.get(name);
  if (!loader) context.loaders.set(name, (loader = loaderOf(context, port, method)));
  return loader.load(key) as Promise<AnswerOf<I, M>>;
}

/** Keys of a method are all alike. */
const hasContract = (key: unknown) =>
  typeof key === "object" && key !== null && "contractKey" in key;

function loaderOf<I>(context: RequestContext, port: Port<I>, method: string) {
  return new DataLoader<unknown, unknown, string>(
    async (keys) => {
      try {
        const { budget: signal, requestId } = context;
        const implementation = context.ports.use(port) as Record<
          string,
          BatchRead<unknown, unknown>
        >;
        const reader = readerOf(context, method === "ofContracts" || hasContract(keys[0]));
        return await implementation[method]!(keys, {
          signal,
          requestId,
          ...(reader && { reader }),
        });
      } catch (error) {
        throw asGraphQLError(context, error);
      }
    },
    {
      cacheKeyFn: (key) => (typeof key === "string" ? key : JSON.stringify(key)),
      maxBatchSize: 100,
    },
  );
}

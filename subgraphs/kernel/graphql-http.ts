/** GraphQL over HTTP, the same for the gateway and for a subgraph that is served alone. */
import fastifyApollo from "@as-integrations/fastify";
import { ApolloServer, type ApolloServerOptions, type ApolloServerPlugin } from "@apollo/server";
import {
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { GraphQLError, type GraphQLSchema, type ValidationRule } from "graphql";
import type { RequestContext } from "./context.ts";
import { enter, type Asked, type Door } from "./door/door.ts";
import { createScales, type Verdict } from "./door/scales.ts";
import { leavingError, leavingTable, type LeavingCode } from "./errors.ts";
import { tellsErpCalls } from "./erp-calls.ts";
import { tellsFreshness } from "./kept-reads.ts";
import { whenOver } from "./http-guards.ts";
import { sendUnreadable } from "./http-refusals.ts";
import { networkOf } from "./network.ts";
import { guardsSupportViews, namesActor } from "./support-view.ts";
import { Refused, createContext, type House, type Incoming } from "./request.ts";

export interface GraphqlHttpOptions {
  readonly house: House;
  /** What Apollo Server executes: `{ gateway }` or `{ schema }`. */
  readonly source: Pick<ApolloServerOptions<RequestContext>, "gateway" | "schema">;
  readonly introspection: boolean;
  readonly path: string;
  /** What is asked before anything is executed; documents are measured in any case. */
  readonly door?: Door;
  /** Hears how each request was answered; the landlord is null where none was named. */
  onAnswer?: OnAnswer | undefined;
  /** Hears of errors that are defects of ours. */
  onDefect(error: unknown, requestId: string | null): void;
}

export type OnAnswer = (landlord: string | null, outcome: LeavingCode | "OK") => void;

/** Mounts the endpoint. The returned server also executes operations without HTTP. */
export async function mountGraphql(
  app: FastifyInstance,
  options: GraphqlHttpOptions,
): Promise<ApolloServer<RequestContext>> {
  const { source, introspection } = options;
  let scales: (text: string) => Verdict = () => ({ refused: null, cost: 0 });
  const server = new ApolloServer<RequestContext>({
    ...(source as { schema: never }),
    introspection,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: !introspection,
    // Here they are known to the operator's own front-ends by their ids: see `OperationList`.
    persistedQueries: false,
    validationRules: [knowsOperationType, leavesNamesToGraphql],
    stopOnTerminationSignals: false,
    formatError: (formatted, error) => format(formatted, error, options),
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      // Apollo would answer whoever asks with the timing of each resolver of a lone subgraph.
      ApolloServerPluginInlineTraceDisabled(),
      // Nor is anything reported to Apollo, whatever its variables in the environment say.
      ApolloServerPluginUsageReportingDisabled(),
      namesRequest,
      findsOperation,
      learnsSchema((schema) => {
        scales = createScales(schema);
      }),
      guardsSupportViews,
      tellsFreshness,
      tellsErpCalls,
      ...(options.onAnswer ? [tellsAnswers(options.onAnswer)] : []),
    ],
  });
  await server.start();
  // Apollo's integration makes an address of it, and would fail as if that were a defect of ours.
  app.addHook("onRequest", async (request, reply) => {
    const { protocol, hostname, routeOptions } = request;
    if (routeOptions.url !== options.path || URL.canParse(`${protocol}://${hostname}/`)) return;
    return sendUnreadable(request, reply, 400);
  });
  await app.register(fastifyApollo(server), {
    path: options.path,
    method: ["GET", "POST"],
    context: (request, reply) => contextOf(options, scales, request, reply),
  });
  return server;
}

/** What of a Fastify request matters to GraphQL, with a signal that fires when the client goes. */
export function incomingOf(request: FastifyRequest, reply: FastifyReply): Incoming {
  const gone = new AbortController();
  whenOver(reply, () => {
    if (!reply.raw.writableFinished) gone.abort();
  });
  return {
    host: request.headers.host,
    landlordHeader: single(request.headers["x-landlord"]),
    authorization: request.headers.authorization,
    acceptLanguage: request.headers["accept-language"],
    clientAddress: networkOf(request.ip),
    requestId: request.id,
    signal: gone.signal,
  };
}

const single = (header: string | string[] | undefined) =>
  Array.isArray(header) ? header.join() : header;

async function contextOf(
  { house, door = {} }: GraphqlHttpOptions,
  scales: (text: string) => Verdict,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<RequestContext> {
  void reply.header("cache-control", "no-store").header("x-request-id", request.id);
  try {
    const incoming = incomingOf(request, reply);
    const entry = enter(door, scales, house, incoming, askedOf(request), (leave) =>
      whenOver(reply, leave),
    );
    const context = await createContext(house, incoming);
    namesActor(request, context);
    await entry.check(context);
    return context;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (error.retryAfter) void reply.header("retry-after", error.retryAfter);
    const extensions = {
      code: error.code,
      retryable: leavingTable[error.code].retryable,
      landlord: null,
      requestId: request.id,
    };
    throw new GraphQLError(error.message, {
      extensions: { ...extensions, http: { status: error.status } },
    });
  }
}

/**
 * The body itself, so that the text of an operation that is only named may be put in. An address is
 * read just as Apollo Server reads it: what is looked at here must be what is executed.
 */
function askedOf({ method, body, url }: FastifyRequest): Asked {
  if (method !== "GET") return typeof body === "object" && body !== null ? body : {};
  const { searchParams } = new URL(url, "http://localhost/");
  const query = searchParams.get("query") ?? undefined;
  const [variables, extensions] = ["variables", "extensions"].map((name) =>
    parsed(searchParams.get(name)),
  );
  return { query, variables, extensions };
}

/** Apollo Server says what is wrong with what is no JSON. */
function parsed(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

const learnsSchema = (
  learn: (schema: GraphQLSchema) => void,
): ApolloServerPlugin<RequestContext> => ({
  serverWillStart: async () => ({ schemaDidLoadOrUpdate: ({ apiSchema }) => learn(apiSchema) }),
});

function format(
  formatted: { message: string; extensions?: Record<string, unknown> },
  error: unknown,
  { onDefect }: GraphqlHttpOptions,
) {
  const extensions = formatted.extensions ?? {};
  const requestId = typeof extensions["requestId"] === "string" ? extensions["requestId"] : null;
  const landlord = typeof extensions["landlord"] === "string" ? extensions["landlord"] : null;
  const leaving = leavingError(error, formatted, {
    language: "fr",
    landlord,
    requestId: requestId ?? "",
  });
  if (leaving.defect) onDefect(error, requestId);
  return leaving.error;
}

/** Of graphql's own rules none looks, and the query plan fails as if it were our defect. */
const knowsOperationType: ValidationRule = (context) => ({
  OperationDefinition(node) {
    if (context.getSchema().getRootType(node.operation)) return;
    const text = `The schema has no ${node.operation}.`;
    context.reportError(new GraphQLError(text, { nodes: node }));
  },
});

/** `__proto__` as the name of an answer is one that objects have a use of their own for. */
const leavesNamesToGraphql: ValidationRule = (context) => ({
  Field(node) {
    if (!node.alias?.value.startsWith("__")) return;
    const text = "An alias may not begin with two underscores: such names are GraphQL's own.";
    context.reportError(new GraphQLError(text, { nodes: node }));
  },
});

/** Whoever executes says it in an error of their own, which quotes the name that was sent. */
const findsOperation: ApolloServerPlugin<RequestContext> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ operation, request: { operationName } }) => {
      if (operation) return;
      const text = operationName
        ? "The document has no operation of the name that `operationName` says."
        : "The document has several operations: `operationName` must say which.";
      const extensions = { code: "OPERATION_RESOLUTION_FAILURE", http: { status: 400 } };
      throw new GraphQLError(text, { extensions });
    },
  }),
};

/** Errors that arose outside of resolvers learn here to which request of which landlord they belong. */
const namesRequest: ApolloServerPlugin<RequestContext> = {
  requestDidStart: async () => ({
    willSendResponse: async ({ response, contextValue }) => {
      if (response.body.kind !== "single") return;
      for (const { extensions } of response.body.singleResult.errors ?? []) {
        if (!extensions) continue;
        extensions["requestId"] ||= contextValue.requestId;
        extensions["landlord"] ??= contextValue.landlord.id;
      }
    },
  }),
};

/** Requests that cannot be read, or are of nobody's landlord, count as well. */
const tellsAnswers = (onAnswer: OnAnswer): ApolloServerPlugin<RequestContext> => ({
  invalidRequestWasReceived: async () => onAnswer(null, "INVALID_INPUT"),
  contextCreationDidFail: async ({ error }) => onAnswer(null, outcomeOf([error])),
  requestDidStart: async () => ({
    willSendResponse: async ({ response, contextValue }) => {
      const { body } = response;
      const errors = body.kind === "single" ? body.singleResult.errors : undefined;
      onAnswer(contextValue.landlord.id, outcomeOf(errors ?? []));
    },
  }),
});

/** What is not of the table is of the client's own document. */
function outcomeOf(errors: readonly unknown[]): LeavingCode | "OK" {
  if (errors.length === 0) return "OK";
  const code = (errors[0] as { extensions?: Record<string, unknown> }).extensions?.["code"];
  return typeof code === "string" && code in leavingTable ? (code as LeavingCode) : "INVALID_INPUT";
}

/**
 * Which foreign pages may read an answer: those of the landlord that the request is of, and no others.
 * Tokens travel in a header that no browser sends by itself, so credentials are never allowed.
 */
import cors from "@fastify/cors";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Landlord } from "../../subgraphs/kernel/landlord.ts";
import { hostOf } from "../../subgraphs/kernel/request.ts";

/** The pages of a landlord's portals: on its hosts, at its portal's address, and where its file says. */
export function originsOf({ hosts, portalUrl, origins }: Landlord): ReadonlySet<string> {
  return new Set([
    ...hosts.map((host) => `https://${host.toLowerCase()}`),
    ...(portalUrl === undefined ? [] : [new URL(portalUrl).origin]),
    ...origins,
  ]);
}

export async function mountOrigins(
  app: FastifyInstance,
  landlords: readonly Landlord[],
): Promise<void> {
  const known = landlords.map((landlord) => ({ landlord, origins: originsOf(landlord) }));
  const allowed = (request: FastifyRequest) => {
    const { origin } = request.headers;
    // A preflight names no landlord unless its host or path does: it may be of each.
    const named = namedBy(request, landlords);
    const asked = named === null ? known : known.filter(({ landlord }) => named(landlord));
    return origin !== undefined && asked.some(({ origins }) => origins.has(origin));
  };
  await app.register(cors, {
    delegator: (request, done) =>
      done(null, {
        origin: allowed(request),
        methods: ["GET", "POST", "PUT"],
        allowedHeaders: [
          "accept-language",
          "apollo-require-preflight",
          "authorization",
          "content-type",
          "x-landlord",
        ],
        exposedHeaders: ["content-disposition", "retry-after", "x-request-id"],
        maxAge: 600,
      }),
  });
}

function namedBy(
  request: FastifyRequest,
  landlords: readonly Landlord[],
): ((landlord: Landlord) => boolean) | null {
  const named = idIn(request);
  if (named !== undefined) return ({ id }) => id === named;
  const isHost = isHostOf(request);
  return request.method === "OPTIONS" && !landlords.some(isHost) ? null : isHost;
}

/** As whose a request comes, before anything of it is known to be true; empty where it names nobody. */
export function landlordNamer(landlords: readonly Landlord[]): (request: FastifyRequest) => string {
  return (request) => {
    const named = idIn(request);
    const isHost = isHostOf(request);
    const isIt = named === undefined ? isHost : ({ id }: Landlord) => id === named;
    return landlords.find(isIt)?.id ?? "";
  };
}

/** By the path, since a preflight has no route of its own, or by the header. */
const idIn = ({ url, headers }: FastifyRequest) =>
  /^\/(?:files|receipts|exports|uploads)\/([^/?]+)/.exec(url)?.[1] ?? headers["x-landlord"];

function isHostOf({ headers }: FastifyRequest): (landlord: Landlord) => boolean {
  const host = hostOf(headers.host);
  return ({ hosts }) => hosts.some((each) => each.toLowerCase() === host);
}

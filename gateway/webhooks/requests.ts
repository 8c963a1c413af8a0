/**
 * `POST /webhooks/<landlord>/requests`: a landlord's system says that a request has moved on:
 *
 *     x-trousseau-timestamp: 1795255200
 *     x-trousseau-signature: <hex of HMAC-SHA-256 over "<timestamp>." and the body>
 *
 *     { "request": "D00000042" }
 *
 * What has become of it is read from the system itself; this only makes it read now.
 */
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { Key } from "../../adapters/ports/values.ts";
import type { House } from "../../subgraphs/kernel/request.ts";
import { isSigned, signatureMs } from "./signature.ts";

/** The secrets, by the landlord's id. Never log it. */
export type WebhookSecrets = ReadonlyMap<string, string>;

interface WebhookRoute {
  Params: { landlord: string };
  Body: Buffer | undefined;
}

const bodyLimit = 16 * 1024;

const Told = z.strictObject({ request: Key });

export async function mountRequestWebhooks(
  app: FastifyInstance,
  house: House,
  secrets: WebhookSecrets,
): Promise<void> {
  await app.register(async (scope) => {
    // A signature is over the bytes that came: nothing here makes sense of them first.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer", bodyLimit }, (_request, body, done) =>
      done(null, body),
    );
    scope.post<WebhookRoute>("/webhooks/:landlord/requests", async (request, reply) => {
      const secret = secrets.get(request.params.landlord);
      if (secret === undefined) return reply.callNotFound();
      const status = await receive(house, secret, request);
      return reply.status(status).header("cache-control", "no-store").send();
    });
  });
}

/**
 * 202 once it is in the store for good. 401: not theirs, or of another time. 400: not readable. 409:
 * received before. 404: nobody follows such a request.
 */
async function receive(
  { store, now }: House,
  secret: string,
  { params: { landlord }, headers, body = Buffer.alloc(0) }: FastifyRequest<WebhookRoute>,
): Promise<number> {
  const timestamp = String(headers["x-trousseau-timestamp"] ?? "");
  const signature = String(headers["x-trousseau-signature"] ?? "");
  if (!isSigned(secret, { timestamp, signature, body }, now())) return 401;
  const told = read(body);
  if (!told) return 400;
  // Together: what was not kept may be sent again as it is.
  return store.transaction(async (bound) => {
    const once = { points: 1, windowMs: signatureMs };
    const { allowed } = await bound.throttle.hit(`webhook:${landlord}:${signature}`, once);
    if (!allowed) return 409;
    return (await bound.requestWatches.hasten(landlord, told.request)) > 0 ? 202 : 404;
  });
}

function read(body: Buffer): z.infer<typeof Told> | null {
  try {
    return Told.safeParse(JSON.parse(body.toString())).data ?? null;
  } catch {
    return null;
  }
}

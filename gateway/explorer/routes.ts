import { createReadStream } from "node:fs";
import { join } from "node:path";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { buildExplorer, type ExplorerBuild } from "./build.ts";
import type { ExplorerConfig } from "./config.ts";
import { contentSecurityPolicy, renderPage } from "./page.ts";

export interface ExplorerOptions extends Pick<ExplorerConfig, "endpoint" | "landlords"> {
  /** Where the page is, no slash at the end: `/explorer`. */
  readonly path: string;
  /** Asked for at each load of the page. */
  readonly operations: () => ExplorerConfig["operations"];
  /** Whose passwords anybody may know. Nobody unless given; asked for at each load of the page. */
  readonly accounts?: (() => ExplorerConfig["accounts"]) | undefined;
  /** Gives the static files; by default they are built into the cache when first asked for. */
  readonly build?: () => Promise<ExplorerBuild>;
}

/**
 * A Fastify plugin that serves the Explorer: a page at `path`, its files under `path/assets/`.
 * Where its packages are not installed, the page answers 503 and says so.
 */
export async function explorer(app: FastifyInstance, options: ExplorerOptions): Promise<void> {
  const build = once(options.build ?? (() => buildExplorer()));
  app.get(options.path, async (request, reply) => {
    const built = await build().catch((error: unknown) => {
      request.log.error({ error }, "the Explorer could not be built");
      return undefined;
    });
    if (!built) return reply.code(503).type("text/plain").send("The Explorer is not installed.\n");
    return sendPage(reply, options, built);
  });
  app.get<{ Params: { name: string } }>(`${options.path}/assets/:name`, async (request, reply) =>
    sendAsset(request, reply, await build()),
  );
}

/** Runs `job` when first called; a failure is tried again by the next call. */
function once<T>(job: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined;
  return () => {
    running ??= job().catch((error: unknown) => {
      running = undefined;
      throw error;
    });
    return running;
  };
}

function sendPage(reply: FastifyReply, options: ExplorerOptions, built: ExplorerBuild) {
  const { path, endpoint, landlords } = options;
  const address = (name: string) => `${path}/assets/${name}`;
  const { editor, json, graphql } = built.workers;
  const workers = { editor: address(editor), json: address(json), graphql: address(graphql) };
  const accounts = options.accounts?.() ?? [];
  const config = { endpoint, landlords, accounts, operations: options.operations(), workers };
  return reply
    .type("text/html; charset=utf-8")
    .headers({
      "cache-control": "no-store",
      "content-security-policy": contentSecurityPolicy,
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
    })
    .send(renderPage(config, address(built.script), address(built.style)));
}

function sendAsset(
  request: FastifyRequest<{ Params: { name: string } }>,
  reply: FastifyReply,
  { folder, script, style, workers }: ExplorerBuild,
) {
  const { name } = request.params;
  if (![script, style, ...Object.values(workers)].includes(name)) return reply.callNotFound();
  const zipped = /\bgzip\b/.test(String(request.headers["accept-encoding"]));
  return reply
    .type(name.endsWith(".css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8")
    .headers({
      // The name changes with the content.
      "cache-control": "public, max-age=31536000, immutable",
      vary: "accept-encoding",
      "x-content-type-options": "nosniff",
      ...(zipped && { "content-encoding": "gzip" }),
    })
    .send(createReadStream(join(folder, zipped ? `${name}.gz` : name)));
}

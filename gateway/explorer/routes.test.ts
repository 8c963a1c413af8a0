import fastify, { type FastifyInstance } from "fastify";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { configElementId, type ExplorerConfig } from "./config.ts";
import { explorer, type ExplorerOptions } from "./routes.ts";

let folder: string;
let app: FastifyInstance;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "explorer-"));
  app = fastify();
});
afterEach(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

const files = {
  script: "explorer-1.js",
  style: "explorer-2.css",
  workers: {
    editor: "worker-editor-3.js",
    json: "worker-json-4.js",
    graphql: "worker-graphql-5.js",
  },
};

async function serve(changes: Partial<ExplorerOptions> = {}) {
  for (const name of [files.script, files.style, ...Object.values(files.workers)]) {
    writeFileSync(join(folder, name), `/* ${name} */`);
    writeFileSync(join(folder, `${name}.gz`), gzipSync(`/* ${name} */`));
  }
  await app.register(explorer, {
    path: "/explorer",
    endpoint: "/graphql",
    landlords: [{ id: "brie", name: "Habitat de Brie" }],
    operations: () => [{ name: "Home", text: "query Home { viewer { id } }" }],
    build: async () => ({ ...files, folder }),
    ...changes,
  });
}

const get = (url: string, headers: Record<string, string> = {}) =>
  app.inject({ method: "GET", url, headers });

function configOf(page: string): ExplorerConfig {
  const json = new RegExp(`id="${configElementId}">(.*?)</script>`, "s").exec(page)?.[1];
  return JSON.parse(json ?? "null") as ExplorerConfig;
}

test("the page names its files, its landlords and the saved operations", async () => {
  await serve();
  const { statusCode, body } = await get("/explorer");
  expect(statusCode).toBe(200);
  expect(body).toContain('src="/explorer/assets/explorer-1.js"');
  expect(body).toContain('href="/explorer/assets/explorer-2.css"');
  expect(configOf(body)).toEqual({
    endpoint: "/graphql",
    landlords: [{ id: "brie", name: "Habitat de Brie" }],
    accounts: [],
    operations: [{ name: "Home", text: "query Home { viewer { id } }" }],
    workers: {
      editor: "/explorer/assets/worker-editor-3.js",
      json: "/explorer/assets/worker-json-4.js",
      graphql: "/explorer/assets/worker-graphql-5.js",
    },
  });
});

test("the page may run scripts of this host only, and none inline", async () => {
  await serve();
  const { headers, body } = await get("/explorer");
  const policy = String(headers["content-security-policy"]).split("; ");
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).toContain("connect-src 'self'");
  expect(body).not.toMatch(/<script(?! type="application\/json"| src=)/);
  expect(body).not.toMatch(/https?:\/\//);
});

test("nobody's password stands in the page, but for those of a demo", async () => {
  const account = {
    landlord: "brie",
    email: "a@brie.example",
    password: "known",
    about: "a tenant",
  };
  await serve({ accounts: () => [account] });
  expect(configOf((await get("/explorer")).body).accounts).toEqual([account]);
});

test("no text can break out of the page's data", async () => {
  const text = '</script><script>alert(1)</script><!-- "quoted" & more';
  await serve({ operations: () => [{ name: "Evil", text }] });
  const { body } = await get("/explorer");
  expect(body).not.toContain("alert(1)</script>");
  expect(configOf(body).operations[0]?.text).toBe(text);
});

test("operations are read anew for each page", async () => {
  let loads = 0;
  await serve({ operations: () => [{ name: `load ${++loads}`, text: "{ a }" }] });
  await get("/explorer");
  expect(configOf((await get("/explorer")).body).operations[0]?.name).toBe("load 2");
});

test("files are kept for ever by browsers, zipped where they can be", async () => {
  await serve();
  const plain = await get("/explorer/assets/explorer-1.js");
  expect(plain.body).toBe("/* explorer-1.js */");
  expect(plain.headers["cache-control"]).toContain("immutable");
  expect(plain.headers["content-type"]).toContain("text/javascript");
  const zipped = await get("/explorer/assets/explorer-2.css", { "accept-encoding": "br, gzip" });
  expect(zipped.headers["content-encoding"]).toBe("gzip");
  expect(zipped.headers["content-type"]).toContain("text/css");
  expect(gunzipSync(zipped.rawPayload).toString()).toBe("/* explorer-2.css */");
});

test.each(["manifest.json", "..%2F..%2Fpackage.json", "explorer-1.js.gz", "explorer-9.js"])(
  "nothing else of the disk is served: %s",
  async (name) => {
    await serve();
    writeFileSync(join(folder, "manifest.json"), "{}");
    expect((await get(`/explorer/assets/${name}`)).statusCode).toBe(404);
  },
);

test("without its packages the page says so, and is asked for again next time", async () => {
  let tries = 0;
  const build = async () => {
    if (++tries === 1) throw new Error("Cannot find module 'graphiql'");
    return { ...files, folder };
  };
  await serve({ build });
  const first = await get("/explorer");
  expect(first.statusCode).toBe(503);
  expect(first.body).not.toContain("graphiql");
  expect((await get("/explorer")).statusCode).toBe(200);
});

test("the bundle is built once for many requests", async () => {
  let builds = 0;
  const build = async () => {
    builds++;
    return { ...files, folder };
  };
  await serve({ build });
  await Promise.all([get("/explorer"), get("/explorer"), get("/explorer/assets/explorer-1.js")]);
  expect(builds).toBe(1);
});

import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run, type Running } from "./run.ts";

let folder: string;
let gateway: Running;
const environment = (more: Record<string, string> = {}) => ({
  TROUSSEAU_PORT: "0",
  TROUSSEAU_PUBLIC_URL: "https://api.example.org",
  TROUSSEAU_STORE: `sqlite:${join(folder, `${randomBytes(4).toString("hex")}.sqlite`)}`,
  TROUSSEAU_SMTP: "smtp://127.0.0.1:9",
  TROUSSEAU_SECRET: randomBytes(32).toString("base64"),
  TROUSSEAU_ID_SECRET: randomBytes(32).toString("base64"),
  TROUSSEAU_LOG_LEVEL: "silent",
  TROUSSEAU_OPERATIONS: "open",
  LA_ROCHELLE_ERP_PASSWORD: "secret",
  LA_ROCHELLE_WEBHOOK_SECRET: "x".repeat(32),
  CHARTRES_ERP_SECRET: "secret",
  IVRY_PAYMENT_KEY: "a-secret",
  IVRY_PAYMENT_API_PASSWORD: "a-secret",
  CHARTRES_PAYMENT_KEY: "a-secret",
  CHARTRES_PAYMENT_API_PASSWORD: "a-secret",
  IMMO_PARIS_PAYMENT_KEY: "a-secret",
  IMMO_PARIS_PAYMENT_API_PASSWORD: "a-secret",
  IVRY_ERP_PASSWORD: "secret",
  AUBERVILLIERS_ERP_PASSWORD: "secret",
  IMMO_PARIS_ERP_PASSWORD: "secret",
  IMMO_PARIS_GOOGLE_SECRET: "secret",
  IMMO_PARIS_FACEBOOK_SECRET: "secret",
  IMMO_PARIS_LINKEDIN_SECRET: "secret",
  IMMO_PARIS_X_SECRET: "secret",
  CHARTRES_GOOGLE_SECRET: "secret",
  CHARTRES_X_SECRET: "secret",
  ...more,
});
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "trousseau-http-"));
  gateway = await run(environment());
});
afterAll(async () => {
  await gateway?.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Asked {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: string;
}

interface Answered {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- whatever JSON came
  json: any;
}

/** By node:http, since fetch lets nobody choose the host header. */
function ask({ method = "POST", path = "/graphql", headers = {}, body }: Asked): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const asked = request(`${gateway.url}${path}`, { method, headers }, (answer) => {
      answer.toArray().then((chunks) => {
        const text = Buffer.concat(chunks as Buffer[]).toString();
        const isJson = answer.headers["content-type"]?.includes("json") ?? false;
        const json = isJson ? JSON.parse(text) : undefined;
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text, json });
      }, reject);
    });
    asked.on("error", reject);
    asked.end(body);
  });
}

const landlord = { "x-landlord": "chartres" };
const json = { "content-type": "application/json", ...landlord };
const graphql = (query: string, headers: Record<string, string> = json, variables = {}) =>
  ask({ headers, body: JSON.stringify({ query, variables }) });

const hello = "{ landlord { id } }";

/** Refused as JSON in our form, with nothing of what is inside. */
function expectRefusal(answer: Answered, status: number, code = "INVALID_INPUT"): void {
  expect(answer.status).toBe(status);
  expect(answer.headers["content-type"]).toMatch(/^application\/(graphql-response\+)?json/);
  expect(answer.json.data ?? null).toBeNull();
  expect(answer.json.errors).toHaveLength(1);
  expect(answer.json.errors[0]).toMatchObject({
    message: expect.stringMatching(/\S/),
    extensions: { code, retryable: false },
  });
  expect(Object.keys(answer.json.errors[0].extensions).toSorted()).toEqual(
    ["code", "landlord", "requestId", "retryable"].toSorted(),
  );
  expect(answer.text).not.toMatch(/stack|\.ts\b|\.js\b|node_modules|\n\s+at /);
}

describe("GraphQL over HTTP", () => {
  test("answers a query by POST, and by GET where no form could have sent it", async () => {
    const posted = await graphql(hello);
    expect(posted).toMatchObject({ status: 200, json: { data: { landlord: { id: "chartres" } } } });
    const path = `/graphql?query=${encodeURIComponent(hello)}`;
    const headers = { ...landlord, "apollo-require-preflight": "1" };
    const got = await ask({ method: "GET", path, headers });
    expect(got).toMatchObject({ status: 200, json: { data: { landlord: { id: "chartres" } } } });
    expectRefusal(await ask({ method: "GET", path, headers: landlord }), 400);
  });

  test("refuses a mutation by GET", async () => {
    const query = 'mutation { resendConfirmation(input: { email: "a@example.org" }) { accepted } }';
    const path = `/graphql?query=${encodeURIComponent(query)}`;
    const headers = { ...landlord, "apollo-require-preflight": "1" };
    expectRefusal(await ask({ method: "GET", path, headers }), 405);
  });

  test.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])(
    "refuses a POST of %s, which a foreign page could send without asking",
    async (type) => {
      const body = JSON.stringify({ query: hello });
      const answer = await ask({ headers: { ...landlord, "content-type": type }, body });
      expect([400, 415]).toContain(answer.status);
      expectRefusal(answer, answer.status);
    },
  );

  test.each([
    ["broken JSON", '{"query": "{ landlord'],
    ["no JSON at all", "query"],
    ["an empty body", ""],
    ["an object without a query", "{}"],
    ["a query that is no text", '{"query": 1}'],
    ["a query that cannot be parsed", '{"query": "{ landlord { id }"}'],
    ["a batch", JSON.stringify([{ query: hello }, { query: hello }])],
  ])("refuses %s", async (_what, body) => {
    expectRefusal(await ask({ headers: json, body }), 400);
  });

  test("refuses a body that is too large", async () => {
    const body = JSON.stringify({ query: hello, extensions: "a".repeat(300_000) });
    expectRefusal(await ask({ headers: json, body }), 413, "TOO_LARGE");
  });

  test.each([
    ["a name that no operation has", { query: `query A ${hello}`, operationName: "Canari" }],
    ["no name where there are two", { query: `query A ${hello} query B ${hello}` }],
    ["a name of 200 KB", { query: hello, operationName: "cannot represent ".repeat(12_000) }],
  ])("refuses %s, and quotes nothing of it", async (_what, asked) => {
    const answer = await ask({ headers: json, body: JSON.stringify(asked) });
    expectRefusal(answer, 400);
    expect(answer.text).toContain("operationName");
    expect(answer.text).not.toMatch(/Canari|represent/);
  });

  test("C-05 refuses an alias that objects have a use of their own for", async () => {
    expectRefusal(await graphql("{ __proto__: landlord { id } }"), 400);
    expectRefusal(await graphql("{ landlord { __proto__: id } }"), 400);
    expect((await graphql("{ landlord { constructor: id } }")).json.data.landlord).toEqual({
      constructor: "chartres",
    });
  });

  test("keeps the schema to itself when introspection is off", async () => {
    for (const query of ["{ __schema { types { name } } }", '{ __type(name: "Query") { name } }']) {
      expectRefusal(await graphql(query), 400);
    }
    for (const query of [
      "{ landlrd { id } }",
      "{ landlord { idd } }",
      "{ landlord(x: 1) { id } }",
    ]) {
      const answer = await graphql(query);
      expectRefusal(answer, 400);
      expect(answer.text).not.toMatch(/did you mean/i);
    }
    const typo = await graphql(
      "mutation($input: SignInInput!) { signIn(input: $input) { session { accessToken } } }",
      json,
      { input: { emial: "a@example.org", password: "b" } },
    );
    expect(typo.status).toBe(400);
    expect(typo.text).not.toMatch(/did you mean|a@example/i);
  });

  test("names each request, in a header and in its errors, and lets nobody keep the answer", async () => {
    const answer = await graphql("{ viewer { email } }");
    const id = answer.headers["x-request-id"];
    expect(id).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    for (const { extensions } of answer.json.errors ?? []) expect(extensions.requestId).toBe(id);
    expect(answer.headers["cache-control"]).toBe("no-store");
    expect((await graphql(hello)).headers["x-request-id"]).not.toBe(id);
  });

  test("gives no foreign page leave to read, and does not say what it is made of", async () => {
    const answer = await graphql(hello, { ...json, origin: "https://elsewhere.example" });
    for (const name of ["access-control-allow-origin", "x-powered-by", "server", "set-cookie"]) {
      expect(answer.headers).not.toHaveProperty(name);
    }
  });
});

describe("the landlord of a request", () => {
  const { "x-landlord": _, ...bare } = json;

  test("B-05 is named by the host alone, or by header and host alike", async () => {
    const host = "chartres.localhost:4000";
    const byHost = await graphql(hello, { ...bare, host });
    const byBoth = await graphql(hello, { ...json, host: host.toUpperCase() });
    for (const { json } of [byHost, byBoth]) expect(json.data.landlord.id).toBe("chartres");
  });

  test.each([
    ["is missing", {}, "Send the header x-landlord, or ask a landlord's own host."],
    ["is unknown", { "x-landlord": "paris" }, "names no landlord that is served here"],
    ["is written twice", { "x-landlord": "chartres, la-rochelle" }, "names no landlord"],
    [
      "contradicts the host",
      { "x-landlord": "la-rochelle", host: "chartres.localhost" },
      "name different landlords",
    ],
  ])("B-05 that %s is refused, with what to do", async (_what, headers, text) => {
    const answer = await graphql(hello, { ...bare, ...(headers as Record<string, string>) });
    expectRefusal(answer, 400);
    expect(answer.json.errors[0].message).toContain(text);
  });
});

describe("beside GraphQL", () => {
  test.each([
    ["GET", "/nothing"],
    ["GET", "/"],
    ["POST", "/health/live"],
    ["GET", "/files/chartres/made-up"],
    ["GET", "/links/confirm"],
    ["GET", "/links/other?landlord=chartres&token=a"],
    ["GET", "/links/__proto__?landlord=chartres&token=a"],
    ["GET", "/../package.json"],
  ])("%s %s is 404 in JSON", async (method, path) => {
    expectRefusal(await ask({ method, path }), 404, "NOT_FOUND");
  });

  test("an address that cannot be decoded is refused in JSON", async () => {
    const answer = await ask({ method: "GET", path: "/files/chartres/%E0%A4%A" });
    expectRefusal(answer, 400);
  });

  test("a page behind a link runs no script and sends its address nowhere", async () => {
    const path = "/links/confirm?landlord=chartres&token=%22%3E%3Cscript%3Ealert(1)%3C/script%3E";
    const { status, text, headers } = await ask({ method: "GET", path });
    expect(status).toBe(200);
    expect(text).not.toContain("<script");
    expect(headers["content-security-policy"]).toContain("default-src 'none'");
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(headers["referrer-policy"]).toBe("no-referrer");
    expect(headers["cache-control"]).toBe("no-store");
  });

  test("the public keys may be kept for minutes, and hold nothing private", async () => {
    const { status, headers, json } = await ask({ method: "GET", path: "/.well-known/jwks.json" });
    expect(status).toBe(200);
    expect(headers["cache-control"]).toBe("public, max-age=300");
    expect(json.keys.length).toBeGreaterThan(0);
    for (const key of json.keys) expect(key).not.toHaveProperty("d");
  });

  test("it is live, and ready as long as its store answers", async () => {
    const live = () => ask({ method: "GET", path: "/health/live" });
    const ready = () => ask({ method: "GET", path: "/health/ready" });
    expect(await live()).toMatchObject({ status: 200, json: { status: "live" } });
    expect(await ready()).toMatchObject({ status: 200, json: { status: "ready" } });
    const shared = gateway;
    gateway = await run(environment());
    try {
      await gateway.house.store.close();
      expect(await ready()).toMatchObject({ status: 503, json: { status: "store unreachable" } });
      expect((await live()).status).toBe(200);
    } finally {
      await gateway.stop();
      gateway = shared;
    }
  });
});

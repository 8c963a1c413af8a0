import { randomBytes } from "node:crypto";
import { request } from "node:http";
import { connect } from "node:net";
import fastify from "fastify";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createHttpApp } from "../../subgraphs/kernel/http-app.ts";
import type { Landlord } from "../../subgraphs/kernel/landlord.ts";
import { ConfigurationError } from "../configuration-error.ts";
import { readConfig } from "../config.ts";
import type { Running } from "../run.ts";
import { mountLimits } from "./limits.ts";
import { createJudge } from "./shed.ts";
import { environmentIn, startGateway, stopGateway } from "./testing/gateway.ts";

let gateway: Running;
beforeAll(async () => {
  gateway = await startGateway({
    TROUSSEAU_TRUST_PROXY: "1",
    TROUSSEAU_REQUESTS_PER_MINUTE: "1000",
  });
});
afterAll(() => stopGateway(gateway));

interface Asked {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  at?: string;
}

interface Answered {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

function ask({ method = "POST", path = "/graphql", headers = {}, body, at }: Asked) {
  return new Promise<Answered>((resolve, reject) => {
    const url = `${at ?? gateway.url}${path}`;
    const asked = request(url, { method, headers, agent: false }, (answer) => {
      answer.toArray().then((chunks) => {
        const text = Buffer.concat(chunks as Buffer[]).toString();
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text });
      }, reject);
    });
    asked.on("error", reject);
    asked.end(body);
  });
}

const json = { "content-type": "application/json", "x-landlord": "chartres" };
const hello = JSON.stringify({ query: "{ landlord { id } }" });
const codeOf = ({ text }: Answered) =>
  (JSON.parse(text) as { errors?: { extensions: { code: string } }[] }).errors?.[0]?.extensions
    .code;

describe("what is told to whoever asks wrongly", () => {
  test.each<[string, Asked, number[]]>([
    ["malformed JSON", { headers: json, body: '{"query' }, [400]],
    ["a host that is none", { headers: { ...json, host: "a b" }, body: hello }, [400]],
    ["a host that has no end", { headers: { ...json, host: "[::1" }, body: hello }, [400]],
    [
      "a protocol that is none, as a proxy says",
      { headers: { ...json, "x-forwarded-proto": "a b" }, body: hello },
      [400],
    ],
    [
      "another charset",
      { headers: { ...json, "content-type": "application/json; charset=utf-16" }, body: hello },
      [415],
    ],
    ["a compressed body", { headers: { ...json, "content-encoding": "gzip" }, body: hello }, [415]],
    [
      "a wish for HTML",
      { headers: { ...json, accept: "text/html" }, body: '{"query":"{"}' },
      [400, 406],
    ],
    ["a wrong method", { method: "DELETE", headers: { "x-landlord": "chartres" } }, [404, 405]],
    ["no route", { method: "GET", path: "/wp-login.php" }, [404]],
    ["a header that is too large", { headers: { ...json, "x-long": "a".repeat(20_000) } }, [431]],
  ])("D-01 %s: JSON, no stack, no path, no maker", async (_what, asked, statuses) => {
    const answer = await ask(asked);
    expect(statuses).toContain(answer.status);
    expect(String(answer.headers["content-type"])).toMatch(/json/);
    expect(codeOf(answer)).toMatch(/^[A-Z_]+$/);
    expect(answer.text).not.toMatch(/stack|node_modules|\.ts\b|\.js\b|fastify|apollo/i);
    expect(answer.headers).not.toHaveProperty("x-powered-by");
    expect(answer.headers).not.toHaveProperty("server");
  });

  test("D-01 OPTIONS of no page: JSON, and not who made it", async () => {
    const answer = await ask({ method: "OPTIONS", headers: { "x-landlord": "chartres" } });
    expect(answer.status).toBe(404);
    expect(codeOf(answer)).toBe("NOT_FOUND");
  });

  test.each([
    ["two hosts", "POST /graphql", "host: chartres.localhost\r\nhost: la-rochelle.localhost"],
    [
      "an address of another host",
      "POST http://chartres.localhost/graphql",
      "host: la-rochelle.localhost",
    ],
    [
      "a body that is packed on its way",
      "POST /graphql",
      "host: chartres.localhost\r\ntransfer-encoding: gzip, chunked",
    ],
  ])("B-05 %s are refused: two readers could take it differently", async (_what, line, headers) => {
    const body = headers.includes("transfer")
      ? `${hello.length.toString(16)}\r\n${hello}\r\n0\r\n\r\n`
      : hello;
    const length = headers.includes("transfer") ? "" : `content-length: ${hello.length}\r\n`;
    const { port, hostname } = new URL(gateway.url);
    const socket = connect(Number(port), hostname);
    socket.write(
      `${line} HTTP/1.1\r\n${headers}\r\ncontent-type: application/json\r\n${length}connection: close\r\n\r\n${body}`,
    );
    const text = Buffer.concat((await socket.toArray()) as Buffer[]).toString();
    expect(text).toMatch(/^HTTP\/1\.1 4(00|15) /);
    expect(text).toContain("INVALID_INPUT");
  });

  test("D-01 what is no HTTP at all ends in an answer all the same", async () => {
    const { port, hostname } = new URL(gateway.url);
    const socket = connect(Number(port), hostname);
    socket.write("nonsense\r\n\r\n");
    const text = Buffer.concat((await socket.toArray()) as Buffer[]).toString();
    expect(text).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(JSON.parse(text.split("\r\n\r\n")[1]!)).toMatchObject({
      errors: [{ extensions: { code: "INVALID_INPUT" } }],
    });
  });

  test("D-03 a GET with a body's type that any page may send is refused", async () => {
    const path = `/graphql?query=${encodeURIComponent("{ landlord { id } }")}`;
    const headers = { "x-landlord": "chartres", "content-type": "text/plain" };
    const bare = await ask({ method: "GET", path, headers });
    expect([400, 415]).toContain(bare.status);
    const preflighted = { ...headers, "apollo-require-preflight": "1" };
    expect((await ask({ method: "GET", path, headers: preflighted })).status).toBe(415);
  });

  test("C-06 200 typos bring no suggestion, and introspection brings nothing", async () => {
    const typos = Array.from({ length: 50 }, (_, i) => [
      { query: `{ landlor${i % 10} { id } }` },
      { query: `{ landlord { nam${i % 10} } }` },
      { query: "{ landlord { id } } fragment A on Landlor { id }" },
      {
        query: "mutation($input: SignInInput!) { signIn(input: $input) { userErrors { code } } }",
        variables: { input: { emai: `${i}`, password: "x" } },
      },
    ]).flat();
    expect(typos).toHaveLength(200);
    for (const body of typos) {
      const answer = await ask({ headers: json, body: JSON.stringify(body) });
      expect(answer.status).toBe(400);
      expect(answer.text).not.toMatch(/did you mean/i);
    }
    const query = "{ __schema { types { name } } }";
    expect((await ask({ headers: json, body: JSON.stringify({ query }) })).status).toBe(400);
    const page = await ask({ method: "GET", headers: { accept: "text/html" } });
    expect(page.text).not.toMatch(/<html/i);
  });
});

describe("D-06 a foreign page", () => {
  const from = (origin: string, headers: Record<string, string> = json) =>
    ask({ headers: { ...headers, origin }, body: hello });
  const preflight = (origin: string, path = "/graphql", headers = {}) =>
    ask({
      method: "OPTIONS",
      path,
      headers: { origin, "access-control-request-method": "POST", ...headers },
    });
  const own = "https://espace-locataire.chartres-habitat.example";

  test("of the landlord's own portal may read, and never with credentials", async () => {
    for (const answer of [
      await from(own),
      await preflight(own),
      await preflight(own, "/uploads/chartres/x"),
    ]) {
      expect(answer.headers["access-control-allow-origin"]).toBe(own);
      expect(answer.headers).not.toHaveProperty("access-control-allow-credentials");
      expect(String(answer.headers["vary"])).toMatch(/origin/i);
    }
    expect((await preflight(own)).status).toBe(204);
    expect((await preflight(own)).headers["access-control-allow-headers"]).toContain("x-landlord");
  });

  test.each([
    "https://elsewhere.example",
    "null",
    `${own}.elsewhere.example`,
    "https://x.espace-locataire.chartres-habitat.example",
    "https://espace-locataire-chartres-habitat.example",
    "http://espace-locataire.chartres-habitat.example",
    `${own}:8443`,
    "*",
  ])("of %s may not", async (origin) => {
    const answers = [
      await from(origin),
      await preflight(origin),
      await preflight(origin, "/uploads/chartres/x"),
    ];
    for (const { headers } of answers)
      expect(headers).not.toHaveProperty("access-control-allow-origin");
  });

  test("of one landlord reads nothing of another", async () => {
    const answers = [
      await from(own, { ...json, "x-landlord": "la-rochelle" }),
      await preflight(own, "/uploads/la-rochelle/x"),
      await preflight(own, "/graphql", { host: "la-rochelle.localhost" }),
    ];
    for (const { headers } of answers)
      expect(headers).not.toHaveProperty("access-control-allow-origin");
  });
});

test("D-07 every answer says that it is no page, that nobody keeps it, and that https is the way", async () => {
  const answers = [
    await ask({ headers: json, body: hello }),
    await ask({ method: "GET", path: "/nothing" }),
    await ask({ method: "GET", path: "/health/live" }),
    await ask({ method: "GET", path: "/files/chartres/made-up" }),
  ];
  for (const { headers } of answers) {
    expect(headers).toMatchObject({
      "cache-control": "no-store",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "strict-transport-security": expect.stringMatching(/^max-age=\d{8}/),
    });
    expect(headers).not.toHaveProperty("set-cookie");
  }
});

describe("D-08 an address that a client makes up", () => {
  test("before the one that our proxy adds counts for nothing", async () => {
    const small = await startGateway({
      TROUSSEAU_TRUST_PROXY: "1",
      TROUSSEAU_REQUESTS_PER_MINUTE: "5",
    });
    try {
      const answers: Answered[] = [];
      for (let i = 0; i < 8; i += 1) {
        const headers = { ...json, "x-forwarded-for": `198.51.100.${i}, 203.0.113.7` };
        answers.push(await ask({ at: small.url, headers, body: hello }));
      }
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429, 429, 429]);
      expect(codeOf(answers[7]!)).toBe("RATE_LIMITED");
      expect(Number(answers[7]!.headers["retry-after"])).toBeGreaterThan(0);
      const other = { ...json, "x-forwarded-for": "203.0.113.8" };
      expect((await ask({ at: small.url, headers: other, body: hello })).status).toBe(200);
      expect((await ask({ at: small.url, method: "GET", path: "/health/live" })).status).toBe(200);
    } finally {
      await stopGateway(small);
    }
  });

  test.each([
    ["false", false],
    ["2", 2],
    ["10.0.0.0/8, fd00::/8", ["10.0.0.0/8", "fd00::/8"]],
  ])("TROUSSEAU_TRUST_PROXY=%s is understood", (text, trustProxy) => {
    const environment = { ...environmentIn("/tmp"), TROUSSEAU_TRUST_PROXY: text };
    expect(readConfig(environment).trustProxy).toEqual(trustProxy);
  });

  test.each(["true", "0", "10.0.0.0/33", "proxy.example.org", ""])(
    "TROUSSEAU_TRUST_PROXY=%s is refused, as it would believe anybody or nobody can tell",
    (text) => {
      const environment = { ...environmentIn("/tmp"), TROUSSEAU_TRUST_PROXY: text };
      expect(() => readConfig(environment)).toThrow(ConfigurationError);
    },
  );
});

describe("too much at once", () => {
  const landlords = [
    { landlord: { id: "a", hosts: ["a.example"], origins: [] } as unknown as Landlord },
  ];
  const late = { eventLoopDelay: 5_000, heapUsed: 1 };

  test("C-11 is refused with when to come back, and health is still told", async () => {
    const app = fastify();
    await mountLimits(app, { landlords } as never, { loadOf: () => late });
    app.get("/health/live", async () => ({ status: "live" }));
    app.get("/work", async () => ({ done: true }));
    try {
      await expect
        .poll(async () => (await app.inject("/work")).statusCode, { timeout: 8_000, interval: 200 })
        .toBe(503);
      const answer = await app.inject("/work");
      expect(answer.headers["retry-after"]).toBe("2");
      expect(answer.json()).toMatchObject({
        errors: [{ extensions: { code: "BUSY", retryable: true } }],
      });
      expect((await app.inject("/health/live")).statusCode).toBe(200);
    } finally {
      await app.close();
    }
  });

  test("C-11 is two late seconds in a row or a full heap, not one long breath", () => {
    const judge = createJudge(1_000);
    const fine = { eventLoopDelay: 5, heapUsed: 1 };
    const unknown = { eventLoopDelay: Infinity, heapUsed: 1 };
    const verdicts = [fine, late, fine, late, unknown, late, late, fine].map(judge);
    expect(verdicts).toEqual([false, false, false, false, false, false, true, false]);
    expect(judge({ eventLoopDelay: 5, heapUsed: 950 })).toBe(true);
  });
});

describe("D-04 a client that holds a connection", () => {
  const start = async () => {
    const house = { landlords: [], publicUrl: "http://127.0.0.1" };
    const log = pino({ level: "silent" });
    const app = createHttpApp({ house, log, trustProxy: false, bodyMs: 200 });
    const large = randomBytes(16 * 1024 * 1024);
    app.get("/large", async () => large);
    app.get("/fine", async () => ({ fine: true }));
    const url = await app.listen({ host: "127.0.0.1", port: 0 });
    return { app, url, port: Number(new URL(url).port) };
  };

  test.each([
    ["says nothing", ""],
    ["sends half of its headers", "GET /fine HTTP/1.1\r\nhost: a\r\nx-slow: "],
    ["sends half of its body", "POST /fine HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\n{"],
    ["takes nothing of its answer", "GET /large HTTP/1.1\r\nhost: a\r\n\r\n"],
    ["takes nothing, but goes on sending", "GET /large HTTP/1.1\r\nhost: a\r\n\r\n\r\n"],
  ])("and %s is cut, while others are served", async (_what, sent) => {
    const { app, url, port } = await start();
    try {
      const sockets = Array.from({ length: 20 }, () => connect(port, "127.0.0.1"));
      const cut = sockets.map(
        (socket) =>
          new Promise<void>((resolve) => {
            socket.on("error", () => {}).pause();
            socket.write(sent);
            if (sent.endsWith("\r\n\r\n\r\n")) {
              const drops = setInterval(() => socket.write("\r\n"), 50);
              socket.once("close", () => clearInterval(drops));
            }
            // One that takes nothing would not see the end either: the server is asked below.
            socket.once("close", () => resolve());
            if (!sent.includes("/large")) socket.resume();
          }),
      );
      expect((await fetch(`${url}/fine`, { headers: { connection: "close" } })).status).toBe(200);
      if (!sent.includes("/large")) await Promise.all(cut);
      await expect.poll(() => connectionsOf(app.server), { timeout: 10_000, interval: 50 }).toBe(0);
      for (const socket of sockets) socket.destroy();
    } finally {
      await app.close();
    }
  });

  test.each([
    ["nothing was asked", ""],
    ["half of a request came", "GET /fine HTTP/1.1\r\nhost: a\r\nx-slow: "],
    ["one answer was given", "GET /fine HTTP/1.1\r\nhost: a\r\n\r\n"],
  ])("D-09 does not keep the server from closing where %s", async (_what, sent) => {
    const { app, port } = await start();
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => {}).resume();
    await new Promise((resolve) => socket.once("connect", resolve));
    socket.write(sent);
    await expect.poll(() => connectionsOf(app.server)).toBe(1);
    const closed = app.close();
    await expect(Promise.race([closed, later(8_000)])).resolves.toBe(undefined);
    await expect.poll(() => socket.destroyed).toBe(true);
  });

  const later = (ms: number) =>
    new Promise<string>((resolve) => setTimeout(() => resolve("still open"), ms).unref());

  const connectionsOf = (server: import("node:http").Server) =>
    new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count)));
});

test("C-11 whoever asks often without waiting, and leaves, leaves no place taken", async () => {
  const { port, hostname } = new URL(gateway.url);
  const one = `GET /graphql?query=%7Blandlord%7Bid%7D%7D HTTP/1.1\r\nhost: a\r\nx-landlord: ivry\r\napollo-require-preflight: 1\r\n\r\n`;
  const gone = Array.from({ length: 8 }, () => {
    const socket = connect(Number(port), hostname).on("error", () => {});
    socket.write(one.repeat(50), () => socket.resetAndDestroy());
    return new Promise((resolve) => socket.once("close", resolve));
  });
  await Promise.all(gone);
  const headers = { ...json, "x-landlord": "ivry", "x-forwarded-for": "203.0.113.9" };
  const status = async () => (await ask({ headers, body: hello })).status;
  await expect.poll(status, { timeout: 8_000, interval: 200 }).toBe(200);
});

test("A-07 guesses from addresses of one network of IPv6 count as one address's", async () => {
  // Longer than any password: it is not even compared.
  const query = `mutation { signIn(input: { email: "nobody@example.org", password: "${"x".repeat(900)}" }) { userErrors { code } } }`;
  const codes: string[] = [];
  for (let i = 1; i <= 11; i += 1) {
    const headers = { ...json, "x-forwarded-for": `2001:db8:0:7::${i}` };
    codes.push((await ask({ headers, body: JSON.stringify({ query }) })).text);
  }
  expect(codes[9]).toContain("EMAIL_OR_PASSWORD_WRONG");
  expect(codes[10]).toContain("TOO_MANY_ATTEMPTS");
});

test("D-12 metrics are not served where clients come, and health says one word", async () => {
  expect((await ask({ method: "GET", path: "/metrics" })).status).toBe(404);
  for (const path of ["/health/live", "/health/ready"]) {
    const { text } = await ask({ method: "GET", path });
    expect(Object.keys(JSON.parse(text) as object)).toEqual(["status"]);
  }
});

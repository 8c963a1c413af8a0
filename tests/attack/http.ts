/** Requests that are no honest HTTP: bodies, headers, methods, addresses, pages of others. */
import { brotliCompressSync, constants, gzipSync, zstdCompressSync } from "node:zlib";
import {
  asking,
  everyWay,
  orCut,
  refusals,
  refused,
  served,
  told,
  type Attack,
  type Target,
} from "./attack.ts";
import { closed, open, send, sendBytes, type Answer, type Sent } from "./send.ts";

const hello = JSON.stringify({ query: "{ landlord { id } }" });
const changed = (
  target: Target,
  headers: Record<string, string>,
  body: string | Buffer = hello,
) => {
  const sent = asking(target, body);
  return { ...sent, headers: { ...sent.headers, ...headers } };
};

/** 50 MB of spaces around a question, in a few kilobytes. */
function packed(): [name: string, body: Buffer][] {
  const bomb = Buffer.concat([Buffer.alloc(50_000_000, " "), Buffer.from(hello)]);
  const quickly = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
  return [
    ["gzip", gzipSync(bomb, { level: 1 })],
    ["br", brotliCompressSync(bomb, quickly)],
    ["zstd", zstdCompressSync(bomb)],
  ];
}

const badUtf8 = Buffer.from([...Buffer.from('{"query":"{ a }'), 0xff, 0xfe, ...Buffer.from('"}')]);

export const httpAttacks: readonly Attack[] = [
  refusals("compressed bodies", (target) =>
    packed().map(([name, body]) => changed(target, { "content-encoding": name }, body)),
  ),
  refusals("other types of bodies", (target) =>
    [
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
      "application/xml",
      "application/json; charset=utf-16",
      "application/graphql",
      "",
    ].map((type) => changed(target, { "content-type": type })),
  ),
  refusals("malformed JSON", (target) =>
    [
      '{"query',
      "",
      "{}}",
      '{"query":"\u0000"}',
      '{"__proto__":{"a":1},"query":"{a}"}',
      badUtf8,
    ].map((body) => changed(target, {}, body)),
  ),
  refusals(
    "a body of 20 MB, and the promise of one",
    (target) => [
      changed(target, {}, Buffer.alloc(20_000_000, " ")),
      changed(target, { "content-length": "999999999999" }, ""),
    ],
    orCut,
  ),
  refusals("headers of 20 KB", (target) => [
    changed(target, { "x-long": "a".repeat(20_000) }),
    changed(target, { authorization: `Bearer ${"a".repeat(20_000)}` }),
    { method: "GET", path: `/graphql?query=${"a".repeat(20_000)}` },
  ]),
  smuggling(),
  pipelines(),
  refusals("methods", () => [
    ...["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"].map((method) => ({
      method,
      path: "/graphql",
    })),
    {
      method: "GET",
      path: `/graphql?query=${encodeURIComponent("mutation { signOut { userErrors { code } } }")}`,
    },
    {
      method: "GET",
      path: "/graphql?query=%7Blandlord%7Bid%7D%7D",
      headers: { "content-type": "text/plain" },
    },
  ]),
  refusals("addresses", ({ landlord }) =>
    [
      "/../../etc/passwd",
      "/%2e%2e/%2e%2e/etc/passwd",
      `/files/${landlord}/..%2f..%2fetc%2fpasswd`,
      `/files/${landlord}/%00`,
      `/files/${landlord}/${"a".repeat(5_000)}`,
      "/files/%ff/%ff",
      "//elsewhere.example/graphql",
      "/graphql/../metrics",
      "/metrics",
      "/.env",
      "/.git/config",
      "/demo/accounts",
      "/explorer",
      "/%",
    ].map((path) => ({ method: "GET", path })),
  ),
  refusals("landlords and tokens that are none", (target) => [
    changed(target, { "x-landlord": "nobody" }),
    changed(target, { "x-landlord": "__proto__" }),
    changed(target, { "x-landlord": "../chartres" }),
    changed(target, { authorization: "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0." }),
    changed(target, { authorization: `Bearer ${"a.".repeat(3_000)}` }),
  ]),
  foreignPages(),
  forgedNews(),
  refusals(
    "files for links that are none",
    ({ landlord }) => [
      { method: "PUT", path: `/uploads/${landlord}/made-up`, body: Buffer.alloc(5_000_000) },
      {
        method: "PUT",
        path: `/uploads/${landlord}/made-up`,
        headers: { "content-length": "9999999999999" },
      },
      { method: "PUT", path: "/uploads/nobody/made-up", body: "x" },
      { method: "POST", path: `/uploads/${landlord}/${"a".repeat(900)}`, body: "x" },
    ],
    orCut,
  ),
  forgedAddresses(),
];

/** Two readers could take these for different requests: refused, and the connection ends. */
function smuggling(): Attack {
  const head =
    "POST /graphql HTTP/1.1\r\nhost: a\r\nx-landlord: chartres\r\ncontent-type: application/json\r\n";
  const last = `connection: close\r\ncontent-length: ${hello.length}\r\n\r\n${hello}`;
  const requests = [
    `${head}host: b\r\n${last}`,
    `${head.replace("/graphql", "http://b/graphql")}${last}`,
    `${head}connection: close\r\ntransfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
    `${head}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /metrics HTTP/1.1\r\n\r\n`,
    `${head}content-length: 5\r\ncontent-length: 50\r\n\r\nhello`,
    `${head}content-length: -5\r\n\r\nhello`,
    `${head}transfer-encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n`,
    `${head}x-split: a\nb\r\ncontent-length: 0\r\n\r\n`,
    "GET /graphql HTTP/9.9\r\n\r\n",
    `GET /graphql HTTP/1.1\r\nhost: a\r\n${"a: b\r\n".repeat(10_000)}\r\n`,
    `${"\u0000".repeat(1_000)}\r\n\r\n`,
    "\u0016\u0003\u0001\u0002\u0000\u0001\u0000",
  ];
  const run = async ({ url }: Target) => {
    const answers: Answer[] = [];
    for (const bytes of requests) answers.push(await sendBytes(url, bytes));
    return refused(answers);
  };
  return { name: "what is no HTTP, or two requests in one", ways: everyWay, soon: true, run };
}

/** Is answered, but no page of somebody else may read it. */
function foreignPages(): Attack {
  const origins = [
    "https://elsewhere.example",
    "null",
    "*",
    "http://127.0.0.1",
    "https://chartres.localhost.elsewhere.example",
  ];
  const run = async (target: Target) => {
    const answers: Answer[] = [];
    for (const origin of origins) {
      answers.push(await send(target.url, changed(target, { origin })));
      const preflight = { origin, "access-control-request-method": "POST" };
      answers.push(
        await send(target.url, { method: "OPTIONS", path: "/graphql", headers: preflight }),
      );
    }
    const names = ["access-control-allow-origin", "access-control-allow-credentials"];
    const found = answers.flatMap(({ headers }) => names.filter((name) => name in headers));
    const faults = [...new Set(found)].map((name) => `a foreign page is answered ${name}`);
    return { answers, faults: [...faults, ...answers.flatMap(told)] };
  };
  return { name: "pages of others", ways: everyWay, soon: true, run };
}

/** Asked without waiting, on connections that end before anything is answered: nothing stays taken. */
function pipelines(): Attack {
  const patienceMs = 10_000;
  const run = async (target: Target) => {
    const { path, headers } = asking(target, "");
    const lines = Object.entries({ ...headers, host: "a", "apollo-require-preflight": "1" });
    const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
    const one = `GET ${path}?query=%7Blandlord%7Bid%7D%7D HTTP/1.1\r\n${head}\r\n`;
    const leave = async () => {
      const socket = await open(target.url);
      socket.write(one.repeat(50), () => socket.resetAndDestroy());
      await closed(socket, patienceMs);
    };
    await Promise.all(Array.from({ length: 12 }, leave));
    const answers: Answer[] = [];
    const until = performance.now() + patienceMs;
    do answers.push(await send(target.url, changed(target, {})));
    while (answers.at(-1)!.status === 503 && performance.now() < until);
    const { status } = answers.at(-1)!;
    // A gateway that runs listed operations only refuses it; it has a place for it all the same.
    const faults = [200, 400, 429].includes(status) ? [] : [`then nobody was served: ${status}`];
    return { ...served(answers.slice(-1)), faults };
  };
  return { name: "600 requests without waiting for answers", ways: everyWay, soon: true, run };
}

/** News of payments and requests that nobody signed. */
function forgedNews(): Attack {
  const json = { "content-type": "application/json" };
  const signed = (timestamp: number, signature: string): Sent => ({
    path: "/webhooks/la-rochelle/requests",
    headers: {
      ...json,
      "x-trousseau-timestamp": String(timestamp),
      "x-trousseau-signature": signature,
    },
    body: '{"request":"D1"}',
  });
  const form = { "content-type": "application/x-www-form-urlencoded" };
  const run = async ({ url }: Target) => {
    const now = Math.floor(Date.now() / 1_000);
    const requests: Sent[] = [
      { path: "/webhooks/la-rochelle/requests", headers: json, body: '{"request":"D1"}' },
      ...["", "a", "0".repeat(64), "é", "0".repeat(10_000)].map((each) =>
        signed(now, encodeURIComponent(each)),
      ),
      signed(now + 1e9, "0".repeat(64)),
      { ...signed(now, "0".repeat(64)), body: Buffer.alloc(1_000_000) },
      { path: "/webhooks/nobody/requests", headers: json, body: "{}" },
      { path: "/notifications/lyra/chartres", headers: form, body: "kr-answer=%7B%7D&kr-hash=0" },
      { path: "/notifications/lyra/chartres", headers: form, body: "kr-hash=0&".repeat(5_000) },
      { path: "/notifications/lyra/nobody", headers: form, body: "a=b" },
      { path: "/notifications/elsewhere/chartres", headers: form, body: "a=b" },
      { method: "GET", path: "/payments/return/chartres/made-up" },
    ];
    const answers: Answer[] = [];
    for (const sent of requests) answers.push(await send(url, sent));
    return refused(answers, [...orCut, 400, 401, 404]);
  };
  return { name: "forged news of payments and requests", ways: everyWay, soon: true, run };
}

/** Whoever says to come from everywhere is counted all the same. */
function forgedAddresses(): Attack {
  const most = 3_000;
  const run = async (target: Target) => {
    const answers: Answer[] = [];
    for (let i = 0; i < most && answers.at(-1)?.status !== 429; i += 1) {
      const address = `198.51.${i >> 8}.${i % 256}`;
      const headers = {
        "x-forwarded-for": address,
        "x-real-ip": address,
        "x-client-ip": address,
        forwarded: `for=${address}`,
      };
      answers.push(await send(target.url, changed(target, headers)));
    }
    const last = answers.at(-1)!;
    const faults = [
      ...(last.status === 429 ? [] : [`${most} requests were not too many`]),
      ...(last.status === 429 && !last.headers["retry-after"] ? ["429 without Retry-After"] : []),
    ];
    return { ...served(answers), faults: [...faults, ...answers.flatMap(told)] };
  };
  return { name: "made-up addresses", ways: ["usual", "given"], soon: false, run };
}

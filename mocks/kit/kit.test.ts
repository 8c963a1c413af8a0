import { Agent, request } from "node:http";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createWorld } from "../world/world.ts";
import type { FaultKind } from "./faults.ts";
import type { MockErp, MockProduct } from "./product.ts";
import { startMockErp } from "./server.ts";

interface Tiny {
  product: MockProduct;
  applied: string[];
  happened: string[];
}

/** An ERP whose only operation answers JSON and remembers that it was applied. */
function tinyProduct(): Tiny {
  const applied: string[] = [];
  const happened: string[] = [];
  const json = { "content-type": "application/json" };
  const product: MockProduct = {
    product: "tiny",
    landlord: "la-rochelle",
    world: createWorld({
      landlord: "la-rochelle",
      seed: 1,
      today: "2026-11-20",
      people: 30,
      contracts: 30,
    }),
    operationOf: ({ path }) => path.slice(1),
    answer: async ({ path, body }) => {
      applied.push(path.slice(1));
      if (path === "/broken") throw new Error("no such thing");
      return { status: 200, headers: json, body: JSON.stringify({ sent: body.toString() }) };
    },
    fault: () => ({ status: 500, headers: json, body: '{"fault":true}' }),
    closed: () => ({ status: 503, headers: { "content-type": "text/html" }, body: "fermé" }),
    keyOfPerson: ({ number }) => `P${number}`,
    keyOfContract: ({ number }) => `L/${number}`,
    referencesOf: ({ number }) => ({ reference: String(1000 + number) }),
    loseSessions: () => void happened.push("sessions lost"),
    restart: () => void happened.push("restarted"),
  };
  return { product, applied, happened };
}

let tiny: Tiny;
let erp: MockErp;
beforeEach(async () => {
  tiny = tinyProduct();
  erp = await startMockErp(tiny.product);
});
afterEach(() => erp.close());

const call = (operation: string, init: RequestInit = {}) =>
  fetch(`${erp.url}/${operation}`, { method: "POST", body: "é", ...init });
const door = async (method: string, path: string, body?: unknown) => {
  const answer = await fetch(erp.doorUrl + path, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: await answer.json() };
};
const wrong = (kind: FaultKind, more: object = {}) => door("PUT", "/faults", { kind, ...more });

it("answers as the product does when nothing is wrong", async () => {
  const answer = await call("read");
  expect(answer.headers.get("content-length")).toBe("13");
  expect(await answer.json()).toEqual({ sent: "é" });
});

it("says that a product that throws is a defect of the mock", async () => {
  const answer = await call("broken");
  expect(answer.status).toBe(500);
  expect(await answer.text()).toContain("defect of the mock");
});

it("slow: applies at once and answers later", async () => {
  await wrong("slow", { ms: 300 });
  const coming = call("write");
  await expect.poll(() => tiny.applied).toEqual(["write"]);
  expect((await door("GET", "/calls")).body.atOnce).toBe(1);
  expect(await (await coming).json()).toEqual({ sent: "é" });
});

it("hang: neither applies nor answers, and the call counts as aborted by the client", async () => {
  await wrong("hang");
  await expect(call("write", { signal: AbortSignal.timeout(100) })).rejects.toThrow("timeout");
  expect(tiny.applied).toEqual([]);
  await expect
    .poll(async () => (await door("GET", "/calls")).body.calls)
    .toMatchObject([{ operation: "write", status: null, ended: "aborted by client" }]);
});

it("drip: sends the headers at once, then the right body byte by byte", async () => {
  await wrong("drip", { ms: 1 });
  const answer = await call("read");
  const sizes: number[] = [];
  for await (const chunk of answer.body!) sizes.push(chunk.length);
  expect(sizes.length).toBeGreaterThan(3);
  expect(sizes.reduce((a, b) => a + b)).toBe(13);
});

it("cut-before: cuts without applying", async () => {
  await wrong("cut-before");
  await expect(call("write")).rejects.toThrow("fetch failed");
  expect(tiny.applied).toEqual([]);
  const { calls } = (await door("GET", "/calls")).body;
  expect(calls).toMatchObject([{ operation: "write", ended: "cut", status: null }]);
});

it("cut-after: applies, then cuts without an answer", async () => {
  await wrong("cut-after");
  await expect(call("write")).rejects.toThrow("fetch failed");
  expect(tiny.applied).toEqual(["write"]);
});

it("cut-middle: sends half of the body, then cuts", async () => {
  await wrong("cut-middle");
  const answer = await call("read");
  expect(answer.status).toBe(200);
  const got: Buffer[] = [];
  const reading = (async () => {
    for await (const chunk of answer.body!) got.push(Buffer.from(chunk));
  })();
  await expect(reading).rejects.toThrow("terminated");
  expect(Buffer.concat(got).length).toBe(7);
});

it("garbage: sends bytes that are no JSON as JSON", async () => {
  await wrong("garbage");
  const answer = await call("read");
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/json"]);
  await expect(answer.json()).rejects.toThrow(SyntaxError);
});

it.each([
  ["html", 200],
  ["html-202", 202],
] as const)("%s: sends an HTML page with %i", async (kind, status) => {
  await wrong(kind);
  const answer = await call("read");
  expect(answer.status).toBe(status);
  expect(answer.headers.get("content-type")).toContain("text/html");
  expect(await answer.text()).toContain("<html");
});

it("empty: sends a 200 without a body under the right content type", async () => {
  await wrong("empty");
  const answer = await call("read");
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/json"]);
  expect(await answer.text()).toBe("");
});

it.each([
  ["fault", 500, '{"fault":true}'],
  ["closed", 503, "fermé"],
] as const)("%s: sends the product's own answer", async (kind, status, body) => {
  await wrong(kind);
  const answer = await call("read");
  expect([answer.status, await answer.text()]).toEqual([status, body]);
  expect(tiny.applied).toEqual([]);
});

it("refuse: refuses connections until calmed, then answers on the same port", async () => {
  await call("read");
  await wrong("refuse");
  const error = await call("read").catch((e: Error) => e.cause);
  expect(error).toMatchObject({ code: "ECONNREFUSED" });
  await door("DELETE", "/faults");
  expect((await call("read")).status).toBe(200);
});

it("huge: sends a body without end", async () => {
  await wrong("huge");
  const answer = await call("read");
  expect(answer.headers.get("content-type")).toBe("application/json");
  let size = 0;
  for await (const chunk of answer.body!) {
    size += chunk.length;
    if (size > 3_000_000) break;
  }
  expect(size).toBeGreaterThan(3_000_000);
  await expect.poll(async () => (await door("GET", "/calls")).body.atOnce).toBe(0);
});

it("redirect: leads to the other host that was named", async () => {
  expect((await wrong("redirect")).status).toBe(400);
  await wrong("redirect", { to: "http://127.0.0.2:9/elsewhere" });
  const answer = await call("read", { redirect: "manual" });
  expect(answer.status).toBe(302);
  expect(answer.headers.get("location")).toBe("http://127.0.0.2:9/elsewhere");
});

it("bomb: sends about a megabyte that unpacks to a gigabyte", async () => {
  await wrong("bomb");
  const packed = await rawBody(`${erp.url}/read`);
  expect(packed.length).toBeLessThan(2_000_000);
  const member = packed.subarray(0, packed.length / 1024);
  expect(gunzipSync(member).length * 1024).toBe(1_073_741_824);
});

it("aims a fault at one operation, for so many calls", async () => {
  await wrong("fault", { operation: "write", times: 2 });
  const statuses = [];
  for (const operation of ["read", "write", "write", "write"]) {
    statuses.push((await call(operation)).status);
  }
  expect(statuses).toEqual([200, 500, 500, 200]);
  expect((await door("GET", "/faults")).body).toEqual([]);
});

it("holds several faults at once when a list is put", async () => {
  await door("PUT", "/faults", [
    { kind: "fault", operation: "read" },
    { kind: "closed", operation: "write" },
  ]);
  expect([(await call("read")).status, (await call("write")).status]).toEqual([500, 503]);
});

it.each([
  { kind: "explode" },
  { kind: "slow", ms: -1 },
  { kind: "slow", times: 0 },
  { kind: "slow", much: true },
  { kind: "refuse", times: 1 },
  "slow",
])("refuses the fault %j", async (fault) => {
  const answer = await door("PUT", "/faults", fault);
  expect(answer.status).toBe(400);
  expect(answer.body.error).toEqual(expect.any(String));
  expect((await door("GET", "/faults")).body).toEqual([]);
});

it("refuses a fault that is not JSON", async () => {
  const answer = await fetch(`${erp.doorUrl}/faults`, { method: "PUT", body: "{" });
  expect(answer.status).toBe(400);
});

it("counts the calls, and those at once", async () => {
  await wrong("slow", { ms: 500 });
  await Promise.all([call("a"), call("b"), call("c")]);
  await door("DELETE", "/faults");
  await call("d");
  const report = (await door("GET", "/calls")).body;
  expect(report).toMatchObject({ total: 4, atOnce: 0, mostAtOnce: 3 });
  expect(report.calls.at(-1)).toMatchObject({ operation: "d", status: 200, ended: "answered" });
  expect((await door("DELETE", "/calls")).body).toEqual({
    total: 0,
    atOnce: 0,
    mostAtOnce: 0,
    calls: [],
  });
});

it("keeps a connection open between calls, and cuts it on restart", async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ports = new Set<number | undefined>();
  const once = () =>
    new Promise<void>((resolve, reject) => {
      const sent = request(`${erp.url}/read`, { agent }, (got) => {
        ports.add(sent.socket?.localPort);
        got.resume().on("end", resolve);
      });
      sent.on("error", reject).end();
    });
  await once();
  await once();
  expect(ports.size).toBe(1);
  await door("POST", "/restart");
  expect(tiny.happened).toEqual(["restarted"]);
  await expect
    .poll(() =>
      once()
        .catch(() => {})
        .then(() => ports.size),
    )
    .toBe(2);
  agent.destroy();
});

it("cuts the calls that are under way on restart", async () => {
  await wrong("hang");
  const hanging = call("read").catch((error: Error) => error);
  await expect.poll(async () => (await door("GET", "/calls")).body.atOnce).toBe(1);
  await door("POST", "/restart");
  expect(await hanging).toBeInstanceOf(Error);
  expect((await door("GET", "/calls")).body.calls).toMatchObject([{ ended: "cut" }]);
});

it("has the product lose its sessions", async () => {
  expect((await door("POST", "/lose-sessions")).status).toBe(200);
  expect(tiny.happened).toEqual(["sessions lost"]);
});

it("shows the people, the hand-made ones alone, and the first few", async () => {
  const all = (await door("GET", "/state/people")).body;
  expect(all).toHaveLength(30);
  const odd = (await door("GET", "/state/people?oddity=")).body;
  expect(odd.every((person: { oddity: unknown }) => person.oddity !== null)).toBe(true);
  expect((await door("GET", "/state/people?limit=2")).body).toEqual([
    {
      key: "P1",
      number: 1,
      reference: "1001",
      surname: "D'Hérouville-L'Œillet",
      givenName: "Jean-François",
      email: "jean-francois.dherouville-loeillet1@example.org",
      oddity: "two surnames with hyphen and apostrophe",
      contracts: ["L/1"],
    },
    expect.objectContaining({ key: "P2" }),
  ]);
});

it("shows one person and one contract by the ERP's keys, also with a slash in them", async () => {
  const person = (await door("GET", "/state/people/P5")).body;
  expect(person).toMatchObject({ key: "P5", givenName: "Théo", contracts: ["L/5"] });
  const contract = (await door("GET", "/state/contracts/L%2F5")).body;
  expect(contract).toEqual({ ...tiny.product.world.contracts[4], key: "L/5" });
  expect(contract.signatories).toEqual([5, 6]);
});

it.each(["/nothing", "/state/people/P999", "/state/contracts/", "/faults/", "/state/%"])(
  "answers 404 with JSON at %s",
  async (path) => {
    expect(await door("GET", path)).toMatchObject({
      status: 404,
      body: { error: expect.stringMatching(/./) },
    });
  },
);

it("shows a page with everything that can be done, names escaped", async () => {
  const page = await (await fetch(erp.doorUrl)).text();
  expect(page).toContain("cut-after: handles the call");
  expect(page).toContain("D&#39;Hérouville-L&#39;Œillet");
  expect(page).toContain('href="/state/contracts/L%2F1"');
});

it("frees both ports when closed, also with a call hanging", async () => {
  const other = await startMockErp(tiny.product);
  await fetch(`${other.doorUrl}/faults`, { method: "PUT", body: '{"kind":"hang"}' });
  const hanging = fetch(`${other.url}/read`).catch((error: Error) => error);
  await other.close();
  expect(await hanging).toBeInstanceOf(Error);
  await expect(fetch(other.doorUrl)).rejects.toThrow("fetch failed");
});

/** The body as it came over the wire, not unpacked. */
function rawBody(url: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    request(url, async (got) => resolve(Buffer.concat(await got.toArray())))
      .on("error", reject)
      .end();
  });
}

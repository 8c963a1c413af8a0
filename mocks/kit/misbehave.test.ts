import { request } from "node:http";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { FaultKind } from "./faults.ts";
import type { MockErp } from "./product.ts";
import { startMockErp } from "./server.ts";
import { tinyProduct, type Tiny } from "./tiny.ts";

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

/** The body as it came over the wire, not unpacked. */
function rawBody(url: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    request(url, async (got) => resolve(Buffer.concat(await got.toArray())))
      .on("error", reject)
      .end();
  });
}

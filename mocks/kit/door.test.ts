import { Agent, request } from "node:http";
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
      birthDate: "1975-09-10",
      email: "jean-francois.dherouville-loeillet1@example.org",
      roles: ["TENANT"],
      credentials: null,
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

it("shows one building by its number, with the ERP's keys of its contracts, and the news", async () => {
  const { buildings, contracts, news } = tiny.product.world;
  const building = (await door("GET", "/state/buildings/2")).body;
  const inside = contracts.filter((contract) => contract.building === 2);
  expect(building).toEqual({
    ...buildings[1],
    contracts: inside.map((contract) => `L/${contract.number}`),
  });
  expect(inside.length).toBeGreaterThan(0);
  expect((await door("GET", "/state/news")).body).toEqual(news);
});

it("shows what the World holds beside leases: household, bank, mandate, roles", async () => {
  const contract = (await door("GET", "/state/contracts/L%2F5")).body;
  for (const part of ["kind", "building", "occupants", "bank", "directDebit", "paymentPlan"]) {
    expect(contract).toHaveProperty(part);
  }
  const person = (await door("GET", "/state/people/P5")).body;
  expect(person).toMatchObject({ roles: ["TENANT"], credentials: null, ledgers: [] });
});

it.each([
  "/nothing",
  "/state/buildings/999",
  "/state/news/1",
  "/state/people/P999",
  "/state/contracts/",
  "/faults/",
  "/state/%",
])("answers 404 with JSON at %s", async (path) => {
  expect(await door("GET", path)).toMatchObject({
    status: 404,
    body: { error: expect.stringMatching(/./) },
  });
});

it("shows a page with everything that can be done, names escaped", async () => {
  const page = await (await fetch(erp.doorUrl)).text();
  expect(page).toContain("cut-after: handles the call");
  expect(page).toContain("D&#39;Hérouville-L&#39;Œillet");
  expect(page).toContain('href="/state/contracts/L%2F1"');
  expect(page).toContain('href="/state/buildings/1"');
  expect(page).toContain('href="/state/news"');
});

it("frees both ports when closed, also with a call hanging", async () => {
  const other = await startMockErp(tiny.product);
  await fetch(`${other.doorUrl}/faults`, { method: "PUT", body: '{"kind":"hang"}' });
  const hanging = fetch(`${other.url}/read`).catch((error: Error) => error);
  await other.close();
  expect(await hanging).toBeInstanceOf(Error);
  await expect(fetch(other.doorUrl)).rejects.toThrow("fetch failed");
});

it("tells how big documents are at least, and changes it", async () => {
  expect((await door("GET", "/documents")).body).toEqual({ bytes: 0 });
  const changed = await door("PUT", "/documents", { bytes: 3_000_000 });
  expect(changed).toEqual({ status: 200, body: { bytes: 3_000_000 } });
  expect(tiny.product.world.leastFileBytes).toBe(3_000_000);
  for (const bytes of [-1, 0.5, "1", 1e12]) {
    expect((await door("PUT", "/documents", { bytes })).status).toBe(400);
  }
  expect((await door("GET", "/documents")).body).toEqual({ bytes: 3_000_000 });
});

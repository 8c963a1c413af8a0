import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MockErp } from "../kit/product.ts";
import type { WorldContract } from "../world/types.ts";
import { createWorld } from "../world/world.ts";
import { description, faultOfAnswer } from "./description.ts";
import { midnight } from "./formats.ts";
import { keyOfContract } from "./keys.ts";
import { createBeauceron } from "./product.ts";
import { leak } from "./residence.ts";
import { startBeauceron } from "./start.ts";

const credentials = { "x-client-id": "portail", "x-client-secret": "beauceron-demo" };
const world = createWorld({ landlord: "chartres", seed: 28, today: "2026-11-20", people: 60 });
let erp: MockErp;
beforeAll(async () => void (erp = await startBeauceron({ world })));
afterAll(() => erp.close());

const get = (path: string, headers: Record<string, string> = credentials) =>
  fetch(erp.url + path, { headers });
const longest = (list: (contract: WorldContract) => unknown[]) =>
  world.contracts.reduce((a, b) => (list(b).length > list(a).length ? b : a));
const motifOf = async (answer: Response) =>
  ((await answer.json()) as { error: { motif?: string } }).error.motif;

describe("the description", () => {
  test("is served to anybody and names every path", async () => {
    const answer = await get("/openapi.yaml", {});
    expect(answer.status).toBe(200);
    const text = await answer.text();
    for (const path of Object.keys(description.paths)) expect(text).toContain(`${path}:`);
  });

  test("fits what every operation answers", async () => {
    const contract = world.contracts.find((each) =>
      [each.requests, each.receipts, each.regularisations, each.occupants].every((l) => l.length),
    )!;
    const key = keyOfContract(contract);
    const several = world.contracts.slice(0, 25).map(keyOfContract).join(",");
    const known: Record<string, string> = {
      "{numero}": key,
      "/v2/clients/{reference}": `/v2/clients/${300_000_000 + 7919}`,
      "/v2/avis/{reference}": `/v2/avis/AE-${contract.number}-${contract.notices[0]!.number}`,
      "/v2/quittances/{reference}": `/v2/quittances/QL-${contract.number}-${contract.receipts[0]!.number}`,
      "/v2/regularisations/{reference}": `/v2/regularisations/RC-${contract.number}-${contract.regularisations[0]!.number}`,
      "/v2/locataires/{cle}": "/v2/locataires/LOC-000001",
      "/v2/demandes/{cle}": `/v2/demandes/DEM-${contract.number}-${contract.requests[0]!.number}`,
    };
    const query: Record<string, string> = {
      locataires: "?cles=LOC-000001,LOC-000002",
      contrats: "?locataires=LOC-000001,LOC-000002",
      soldes: `?contrats=${key}`,
      reglementsParReference: "?reference=0199-unknown",
      demandesParReference: "?reference=0199-unknown",
      coordonneesBancaires: `?contrats=${several}`,
      mandats: `?contrats=${several}`,
    };
    for (const [template, { get: operation }] of Object.entries(description.paths)) {
      if (!template.startsWith("/v2/") || template.endsWith("/fichier") || !operation) continue;
      let path = template;
      for (const [from, to] of Object.entries(known)) path = path.replace(from, to);
      const answer = await get(path + (query[operation.operationId] ?? ""));
      if (answer.status === 204) continue;
      expect(`${path} ${answer.status}`).toBe(`${path} 200`);
      const fault = faultOfAnswer(operation.operationId, answer.status, await answer.json());
      expect(`${path} ${fault}`).toBe(`${path} null`);
    }
  });
});

describe("what is refused", () => {
  test("wrong or missing credentials", async () => {
    expect((await get("/v2/locataires?cles=LOC-000001", {})).status).toBe(401);
    const wrong = { ...credentials, "x-client-secret": "beauceron-demx" };
    expect((await get("/v2/locataires?cles=LOC-000001", wrong)).status).toBe(401);
  });

  test.each([
    ["/v2/Locataires?cles=LOC-000001", 404, "ROUTE_INCONNUE"],
    ["/v2/locataires?Cles=LOC-000001", 404, "ROUTE_INCONNUE"],
    ["/v2/locataires?cles=LOC-000001&Limit=2", 404, "ROUTE_INCONNUE"],
    ["/v2/contrats/9999999999B/ecritures", 404, "RESSOURCE_INCONNUE"],
    ["/v2/avis/AE-1-999999", 404, "RESSOURCE_INCONNUE"],
    ["/v2/avis/QL-1-1", 404, "RESSOURCE_INCONNUE"],
    ["/v2/locataires?cles=loc-000001", 400, undefined],
    ["/v2/locataires", 400, undefined],
    ["/v2/locataires?cles=LOC-000001&limit=deux", 400, undefined],
    ["/v2/locataires?cles=LOC-000001&offset=-1", 400, undefined],
    ["/v2/locataires?cles=LOC-000001&limit=1&limit=2", 400, undefined],
    [`/v2/locataires?cles=${"LOC-000001,".repeat(400)}LOC-000001`, 500, undefined],
  ])("%.60s gives %i", async (path, status, motif) => {
    const answer = await get(path);
    expect(answer.status).toBe(status);
    expect(await motifOf(answer)).toBe(motif);
  });

  test("the eleventh call at once, with Retry-After", async () => {
    const product = createBeauceron({
      world,
      landlord: "chartres",
      clientId: "",
      clientSecret: "",
    });
    const url = new URL("http://127.0.0.1/openapi.yaml");
    const request = { method: "GET", url, path: url.pathname, headers: {}, body: Buffer.alloc(0) };
    const answers = await Promise.all(Array.from({ length: 11 }, () => product.answer(request)));
    expect(answers.map(({ status }) => status)).toEqual([...Array(10).fill(200), 429]);
    expect(answers[10]!.headers["retry-after"]).toBe("1");
    expect((await product.answer(request)).status).toBe(200);
  });
});

describe("pages", () => {
  const contract = longest((c) => c.entries);
  const path = `/v2/contrats/${keyOfContract(contract)}/ecritures`;

  test("hold 25 items at most, and the count says 100 at most, without a word", async () => {
    expect(contract.entries.length).toBeGreaterThan(100);
    const answer = await get(`${path}?limit=500`);
    expect((await answer.json()) as unknown[]).toHaveLength(25);
    expect(answer.headers.get("x-total-count")).toBe("100");
  });

  test("go on to the last entry, then give 204", async () => {
    const last = await get(`${path}?offset=${contract.entries.length - 1}`);
    const [entry] = (await last.json()) as { date_le: number; debit: number; credit: number }[];
    const expected = contract.entries.at(-1)!;
    expect(entry!.date_le).toBe(midnight(expected.date));
    expect(entry!.debit - entry!.credit).toBe(expected.cents);
    const after = await get(`${path}?offset=${contract.entries.length}`);
    expect([after.status, await after.text()]).toEqual([204, ""]);
  });
});

test("a request for the common parts tells who told of it, which nobody should read", async () => {
  const number = world.buildings.find(({ requests }) => requests.length > 0)!.number;
  const contract = world.contracts.find(({ building }) => building === number)!;
  const answer = await get(`/v2/contrats/${keyOfContract(contract)}/residence/demandes`);
  const [first] = (await answer.json()) as { declarant: object; description: string }[];
  expect(first!.declarant).toMatchObject(leak);
  expect(first!.description).toContain(leak.telephone);
});

test("an unchanged answer is not sent again", async () => {
  const path = "/v2/locataires?cles=LOC-000001";
  const first = await get(path);
  const etag = first.headers.get("etag")!;
  const body = Buffer.from(await first.arrayBuffer());
  expect(etag).toBe(`"${createHash("sha1").update(body).digest("hex")}"`);
  const second = await get(path, { ...credentials, "if-none-match": etag });
  expect([second.status, await second.text()]).toEqual([304, ""]);
  const other = await get(path, { ...credentials, "if-none-match": '"other"' });
  expect(other.status).toBe(200);
});

test("a file comes with its name and its length", async () => {
  const contract = longest((c) => c.notices);
  const answer = await get(
    `/v2/documents/AE-${contract.number}-${contract.notices[0]!.number}/fichier`,
  );
  const bytes = Buffer.from(await answer.arrayBuffer());
  expect(answer.headers.get("content-type")).toBe("application/pdf");
  expect(answer.headers.get("content-length")).toBe(String(bytes.length));
  expect(answer.headers.get("content-disposition")).toMatch(
    /^attachment; filename="Avis decheance [\w ]+\.pdf"; filename\*=UTF-8''Avis%20d%27%C3%A9ch/,
  );
  expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
});

test("errors tell what nobody should read", async () => {
  const text = await (await get("/v2/avis/AE-1-999999")).text();
  expect(text).toContain("SELECT l.* FROM bcn_core");
  expect(text).toContain("JdbcDao.java:212");
});

test("a day begins at midnight in Paris, before and after both changes of the clock", () => {
  const iso = (day: string) => new Date(midnight(day) * 1000).toISOString();
  expect(iso("2026-03-29")).toBe("2026-03-28T23:00:00.000Z");
  expect(iso("2026-03-30")).toBe("2026-03-29T22:00:00.000Z");
  expect(iso("2026-10-25")).toBe("2026-10-24T22:00:00.000Z");
  expect(iso("2026-10-26")).toBe("2026-10-25T23:00:00.000Z");
});

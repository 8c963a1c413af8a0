import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { readCopy } from "../../adapters/drift/check.ts";
import { fetchLive } from "../../adapters/drift/live.ts";
import pavois from "../../adapters/erp/pavois/index.ts";
import { startPavois, servicePath } from "../../mocks/pavois/start.ts";
import type { MockErp } from "../../mocks/kit/product.ts";
import { createWorld } from "../../mocks/world/world.ts";
import { runCommand } from "../testing/terminal.ts";
import { acceptLive } from "./drift-accept.ts";

let folder: string;
let erp: MockErp;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "trousseau-"));
  const sizes = { people: 30, contracts: 34 };
  const world = createWorld({ landlord: "cedre", seed: 3, today: "2026-11-20", ...sizes });
  erp = await startPavois({ world });
  const settings = {
    endpoint: erp.url + servicePath,
    username: "portail",
    password: { env: "CEDRE_PASSWORD" },
    timeZone: "Europe/Paris",
  };
  const erpPart = { product: "pavois", concurrency: 2, deadlineMs: 5_000, settings };
  await writeFile(join(folder, "cedre.yaml"), JSON.stringify({ id: "cedre", erp: erpPart }));
});
afterAll(async () => {
  await erp?.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => change());

/** Changes the text of the description that the ERP shows. */
async function change(...edits: { from: string; to: string }[]): Promise<void> {
  const body = JSON.stringify(edits);
  expect((await fetch(`${erp.doorUrl}/description`, { method: "PUT", body })).status).toBe(200);
}

const drift = (...options: string[]) =>
  runCommand(["adapter", "drift", "cedre.yaml", ...options], {
    folder,
    environment: { CEDRE_PASSWORD: "secret" },
  });

const renamed = { from: 'name="Solde"', to: 'name="MontantSolde"' };

test("an ERP that shows what it showed has no drift", async () => {
  const { code, out } = await drift();
  expect(out).toMatch(/Nothing has changed\.\n$/);
  expect(code).toBe(0);
});

test("what breaks is told by the port that hangs on it, and fails", async () => {
  await change({ from: "service/LireSoldes", to: "service/LireLesSoldes" });
  const { code, out } = await drift();
  expect(out).toContain("\nbalances\n  BREAKS  LireSoldes: SOAP 1.2 action: was http://pavois");
  expect(out).toMatch(/1 of 1 differences may break something\.\n$/);
  expect(code).toBe(1);
});

test("what fits is told, and does not fail", async () => {
  const more = '<xs:element name="Remarque" type="xs:string" minOccurs="0"/>';
  const last = '<xs:element name="PublieeLe" type="xs:date"/>';
  await change({ from: last, to: last + more });
  const { code, out } = await drift("--json");
  const told = JSON.parse(out);
  expect(told).toMatchObject({ landlord: "cedre", product: "pavois", comparable: true });
  expect(told.differences).toEqual([
    {
      operation: "ListerActualites",
      part: "ANSWER",
      field: "Actualite.Remarque",
      change: "is new",
      severity: "COMPATIBLE",
      ports: ["news"],
    },
  ]);
  expect(code).toBe(0);
});

test("what cannot be compared fails, and says what to do", async () => {
  await change({ from: 'schemaLocation="types/', to: 'schemaLocation="http://other.example/' });
  const { code, out } = await drift();
  expect(out).toContain("It cannot be compared, because it names a file on another host");
  expect(code).toBe(1);
});

test("what the ERP shows is written over the copy, imports and all", async () => {
  await cp(new URL(".", pavois.description!.file), join(folder, "copy"), { recursive: true });
  const file = pathToFileURL(join(folder, "copy/PortailLocataire.wsdl"));
  const description = { ...pavois.description!, file };
  const settings = { endpoint: erp.url + servicePath };
  const io = {
    landlord: "cedre",
    limit: <T>(_signal: AbortSignal, job: () => Promise<T>) => job(),
    log: () => {},
    now: () => new Date(),
  };
  await change(renamed, { from: "types/compte.xsd", to: "types/compte.xsd?v=2" });
  const live = await fetchLive(description, settings, io, AbortSignal.timeout(5_000));
  const written = await acceptLive(file, live);
  expect(written.length).toBeGreaterThan(7);
  expect(await readCopy(description)).toEqual(live.described);
  expect(await readFile(new URL("types/contrat.xsd", file), "utf8")).toContain("commun.xsd");
});

test("nothing is accepted where nothing came", async () => {
  await fetch(`${erp.doorUrl}/faults`, {
    method: "PUT",
    body: JSON.stringify({ kind: "html", operation: "wsdl", times: 1 }),
  });
  const { code, err } = await drift("--accept");
  expect(err).toContain("There is nothing to accept.");
  expect(code).toBe(2);
});

import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import pavois from "../../adapters/erp/pavois/index.ts";
import type { MockErp } from "../../mocks/kit/product.ts";
import { servicePath, startPavois } from "../../mocks/pavois/start.ts";
import { createWorld } from "../../mocks/world/world.ts";
import { openStore, type Store } from "../../store/store.ts";
import type { Landlord } from "../../subgraphs/kernel/landlord.ts";
import { startDriftWatch, type Watched } from "./watch.ts";

let erp: MockErp;
let store: Store;
let time: number;
const logged: { level: string; message: string; details: Record<string, unknown> }[] = [];
const now = () => new Date(time);
beforeAll(async () => {
  const sizes = { people: 30, contracts: 34 };
  const world = createWorld({ landlord: "cedre", seed: 3, today: "2026-11-20", ...sizes });
  erp = await startPavois({ world });
});
afterAll(() => erp?.close());
beforeEach(async () => {
  time = Date.UTC(2026, 10, 20, 8);
  logged.length = 0;
  await put("/description", []);
  await put("/faults", []);
  store = await openStore({ url: "sqlite::memory:", secret: randomBytes(32), now });
  return () => store.close();
});

const put = (path: string, body: unknown) =>
  fetch(erp.doorUrl + path, { method: "PUT", body: JSON.stringify(body) });
const asked = async () => {
  const report = (await (await fetch(`${erp.doorUrl}/calls`)).json()) as { total: number };
  return report.total;
};

function start(more: Partial<Landlord["erp"]> = {}) {
  const settings = { endpoint: erp.url + servicePath };
  const landlord = {
    id: "cedre",
    timeZone: "Europe/Paris",
    erp: { product: "pavois", concurrency: 2, deadlineMs: 5_000, driftCheckHours: 24, ...more },
  } as Landlord;
  const io: Watched["io"] = {
    landlord: "cedre",
    limit: (_signal, job) => job(),
    log: () => {},
    now,
  };
  return startDriftWatch([{ landlord, adapter: pavois, settings, io }], {
    store,
    now,
    log: (level, message, details) => void logged.push({ level, message, details }),
  });
}

const minute = 60_000;
const kept = () => store.erpDrifts.of("cedre");

/** Runs as long as the first round takes, or until something is kept. */
async function runOnce(more: Partial<Landlord["erp"]> = {}): Promise<void> {
  const before = (await kept())?.checkedAt.getTime();
  const watch = start(more);
  await vi.waitFor(async () => expect((await kept())?.checkedAt.getTime()).not.toBe(before), 5_000);
  await watch.stop();
}

test("an ERP is looked at some minutes after the start, then once a day", async () => {
  await start().stop();
  expect(await kept()).toBeNull();
  time += 6 * minute;
  await runOnce();
  expect(await kept()).toMatchObject({ obstacle: null, differences: [], checkedAt: now() });
  const calls = await asked();
  time += 22 * 60 * minute;
  await start().stop();
  expect(await asked()).toBe(calls);
  time += 4 * 60 * minute;
  await runOnce();
  expect(await asked()).toBeGreaterThan(calls);
  // Nothing new is nothing to tell.
  expect(logged.map(({ level }) => level)).toEqual(["info"]);
});

test("what breaks is kept and told once, with the ports that hang on it", async () => {
  await put("/description", [{ from: "service/LireSoldes", to: "service/LireLesSoldes" }]);
  const watch = start();
  await watch.check("cedre");
  await watch.check("cedre");
  await watch.stop();
  expect((await kept())?.differences).toMatchObject([
    { operation: "LireSoldes", severity: "BREAKING", ports: ["balances"] },
  ]);
  expect(logged).toEqual([
    {
      level: "warn",
      message: "the ERP's interface is no longer the one that its adapter was written for",
      details: {
        landlord: "cedre",
        product: "pavois",
        breaking: 1,
        compatible: 0,
        ports: ["balances"],
      },
    },
  ]);
});

test("an ERP that is away is asked again within hours", async () => {
  await put("/faults", { kind: "cut-before", operation: "wsdl" });
  const watch = start();
  await watch.check("cedre");
  await watch.stop();
  expect(await kept()).toMatchObject({ obstacle: { kind: "UNREACHABLE" } });
  await put("/faults", []);
  time += 2 * 60 * minute;
  await runOnce();
  expect(await kept()).toMatchObject({ obstacle: null });
});

test("nobody is asked at night, nor where it is switched off", async () => {
  await start().stop();
  time += 6 * minute;
  const calls = await asked();
  await start({ closed: { from: "08:00", to: "18:00", reads: "try" } }).stop();
  await start({ driftCheckHours: 0 }).stop();
  expect(await asked()).toBe(calls);
});

test("a look that lasts does not keep the gateway from stopping", async () => {
  await put("/faults", { kind: "hang", operation: "wsdl" });
  const before = await asked();
  const watch = start();
  const looking = watch.check("cedre");
  await vi.waitFor(async () => expect(await asked()).toBeGreaterThan(before), 5_000);
  await watch.stop();
  await looking;
  expect(await kept()).toBeNull();
});

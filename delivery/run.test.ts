import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PortError } from "../adapters/ports/errors.ts";
import { billingAddressChanges } from "../adapters/ports/contract-changes.ts";
import type { Ports } from "../adapters/ports/port.ts";
import { openStore, type Store } from "../store/store.ts";
import { anAccount, testSecret } from "../store/testing/stores.ts";
import { exampleLandlord } from "../subgraphs/identity/fixtures/landlord.ts";
import type { Delivery } from "./deliver.ts";
import type { Landlord } from "../subgraphs/kernel/landlord.ts";
import { startDelivery, type RunningDelivery } from "./run.ts";

const { erp } = exampleLandlord();

let store: Store;
let time: number;
let running: RunningDelivery | null = null;
/** Ends each submission under way. */
let finish: (() => void)[] = [];
let begun: string[] = [];
let answer: () => Promise<unknown>;

beforeEach(async () => {
  time = Date.UTC(2026, 10, 20, 22);
  store = await openStore({
    url: "sqlite::memory:",
    secret: testSecret,
    now: () => new Date(time),
  });
  finish = [];
  begun = [];
  answer = () => Promise.resolve({ state: "APPLIED", reference: null });
});
afterEach(async () => {
  for (const end of finish) end();
  await running?.stop();
  running = null;
  await store.close();
});

/** An ERP that applies at once, unless it is away, and notes what and how many at the same time. */
function quickErp() {
  const erp = { away: true, applied: [] as string[], tried: 0, atOnce: 0, most: 0 };
  const submit = async ({ operationId }: { operationId: string }) => {
    erp.most = Math.max(erp.most, ++erp.atOnce);
    await new Promise((resolve) => setImmediate(resolve));
    erp.atOnce -= 1;
    erp.tried += 1;
    if (erp.away) throw new PortError("UNAVAILABLE", "away", { notApplied: true });
    erp.applied.push(operationId);
    return { state: "APPLIED", reference: null };
  };
  const port = { repeat: "STORED_ID", submit, lookUp: async () => ({ state: "ABSENT" }) };
  return { erp, port };
}

/** An ERP that works on each change until the test lets it finish. */
const slowErp = {
  repeat: "STORED_ID",
  submit: ({ operationId }: { operationId: string }) =>
    new Promise<unknown>((resolve) => {
      begun.push(operationId);
      finish.push(() => resolve(answer()));
    }),
  lookUp: async () => ({ state: "ABSENT" }),
};

function start(landlord = exampleLandlord()): void {
  running = startDelivery([deliveryTo(landlord, slowErp)]);
}

function deliveryTo(landlord: Landlord, port: object): Delivery {
  return {
    store,
    landlord,
    ports: { served: [billingAddressChanges.name], use: () => port } as unknown as Ports,
    now: () => new Date(time),
    openFile: () => {
      throw new Error("There is no file here.");
    },
    filesReleased: () => {},
    log: () => {},
  };
}

async function submit(contract: string, key: string, landlord = "beau-sejour"): Promise<string> {
  const account =
    (await store.accounts.byEmail(landlord, "a@example.org")) ?? (await anAccount(store, landlord));
  const { change } = await store.changes.submit({
    landlord,
    accountId: account.id,
    personKey: "P1",
    contractKey: contract,
    lane: `contract:${contract}`,
    kind: "BILLING_ADDRESS",
    idempotencyKey: key,
    request: "{}",
    payload: "{}",
    effectiveBy: null,
  });
  return change.id;
}

const until = (what: () => unknown) => vi.waitFor(what, { timeout: 3_000, interval: 10 });

test("a change is begun when it is submitted, and the next of its contract after its end", async () => {
  start();
  const first = await submit("C1", "key-0001");
  const second = await submit("C1", "key-0002");
  await until(() => expect(begun).toEqual([first]));
  finish[0]!();
  await until(() => expect(begun).toEqual([first, second]));
});

test("I-07 half of the ERP's places are left to people who read", async () => {
  start(exampleLandlord({ erp: { ...erp, concurrency: 4 } }));
  const ids: string[] = [];
  for (let i = 0; i < 3; i += 1) ids.push(await submit(`C${i}`, `key-000${i}`));
  await until(() => expect(begun).toEqual(ids.slice(0, 2)));
  finish[0]!();
  await until(() => expect(begun).toEqual(ids));
});

test("nothing is begun while the ERP is closed for the night", async () => {
  start(exampleLandlord({ erp: { ...erp, closed: { from: "22:00", to: "05:00" } } }));
  const id = await submit("C1", "key-0001");
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(begun).toEqual([]);
  time = Date.UTC(2026, 10, 21, 5);
  await until(() => expect(begun).toEqual([id]));
});

test("stopping waits for what is under way, and begins nothing more", async () => {
  start();
  const first = await submit("C1", "key-0001");
  await submit("C1", "key-0002");
  await until(() => expect(begun).toEqual([first]));
  const stopped = running!.stop();
  finish[0]!();
  await stopped;
  expect(begun).toEqual([first]);
});

test("an ERP that is away is tried with one change at a time", async () => {
  answer = () => Promise.reject(new PortError("UNAVAILABLE", "away", { notApplied: true }));
  start(exampleLandlord({ erp: { ...erp, concurrency: 6 } }));
  for (let i = 0; i < 6; i += 1) await submit(`C${i}`, `key-000${i}`);
  await until(() => expect(begun).toHaveLength(3));
  for (let round = 0; round < 3; round += 1) {
    for (const end of finish.splice(0)) end();
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  const untilPause = begun.length;
  expect(untilPause).toBeLessThan(6);
  time += 20_000;
  await until(() => expect(begun).toHaveLength(untilPause + 1));
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(begun).toHaveLength(untilPause + 1);
});

test("I-07 an ERP that is back gets all that waited, each once and in order, and others need not wait", async () => {
  const [here, there] = [quickErp(), quickErp()];
  there.erp.away = false;
  const away = exampleLandlord({ erp: { ...erp, concurrency: 8 } });
  const other = exampleLandlord({ id: "elsewhere" });
  const waiting: Record<string, string[]> = {};
  for (let n = 0; n < 300; n += 1) {
    const contract = `C${n % 25}`;
    (waiting[contract] ??= []).push(await submit(contract, `key-${1000 + n}`));
  }
  running = startDelivery([deliveryTo(away, here.port), deliveryTo(other, there.port)]);
  await until(() => expect(here.erp.tried).toBeGreaterThanOrEqual(3));
  expect(here.erp.tried).toBeLessThan(10);

  time += 8 * 3_600_000;
  here.erp.away = false;
  const late = await submit("C1", "key-of-another", "elsewhere");
  await until(() => expect(there.erp.applied).toEqual([late]));
  expect(here.erp.applied.length).toBeLessThan(300);
  await vi.waitFor(() => expect(here.erp.applied).toHaveLength(300), { timeout: 15_000 });
  for (const ids of Object.values(waiting)) {
    expect(here.erp.applied.filter((id) => ids.includes(id))).toEqual(ids);
  }
  expect(here.erp.most).toBeLessThanOrEqual(4);
});

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PortError } from "../adapters/ports/errors.ts";
import { billingAddressChanges } from "../adapters/ports/contract-changes.ts";
import type { Ports } from "../adapters/ports/port.ts";
import { openStore, type Store } from "../store/store.ts";
import { anAccount, testSecret } from "../store/testing/stores.ts";
import { exampleLandlord } from "../subgraphs/identity/fixtures/landlord.ts";
import type { Delivery } from "./deliver.ts";
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
  const delivery: Delivery = {
    store,
    landlord,
    ports: { served: [billingAddressChanges.name], use: () => slowErp } as unknown as Ports,
    now: () => new Date(time),
    openFile: () => {
      throw new Error("There is no file here.");
    },
    filesReleased: () => {},
    log: () => {},
  };
  running = startDelivery([delivery]);
}

async function submit(contract: string, key: string): Promise<string> {
  const account =
    (await store.accounts.byEmail("beau-sejour", "a@example.org")) ??
    (await anAccount(store, "beau-sejour"));
  const { change } = await store.changes.submit({
    landlord: "beau-sejour",
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

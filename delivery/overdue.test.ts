import { afterEach, beforeEach, expect, test } from "vitest";
import { openStore, type Store } from "../store/store.ts";
import { anAccount, hour, minute, testSecret } from "../store/testing/stores.ts";
import { exampleLandlord } from "../subgraphs/identity/fixtures/landlord.ts";
import { createOverdueWatch } from "./overdue.ts";

const landlord = exampleLandlord({ changes: { attentionAfterHours: 5 } });

let store: Store;
let time: number;
let logged: { level: string; message: string; details: Record<string, unknown> }[];
beforeEach(async () => {
  time = Date.UTC(2026, 10, 20, 8);
  logged = [];
  store = await openStore({
    url: "sqlite::memory:",
    secret: testSecret,
    now: () => new Date(time),
  });
});
afterEach(() => store.close());

const watch = () =>
  createOverdueWatch({
    store,
    landlord,
    now: () => new Date(time),
    log: (level, message, details) => void logged.push({ level, message, details }),
  });

test("a change that takes too long is told once, by one of two processes, without what is in it", async () => {
  const { id: accountId } = await anAccount(store, landlord.id);
  const { change } = await store.changes.submit({
    landlord: landlord.id,
    accountId,
    personKey: "P1",
    contractKey: "C1",
    lane: "contract:C1",
    kind: "BILLING_ADDRESS",
    idempotencyKey: "key-0001",
    request: "{}",
    payload: '{"recipient":"Canary Martin"}',
    effectiveBy: null,
  });
  const [first, second] = [watch(), watch()];
  time += 5 * hour;
  await first();
  expect(logged).toEqual([]);
  time += minute;
  for (let i = 0; i < 3; i += 1) {
    await Promise.all([first(), second()]);
    time += minute;
  }
  expect(logged).toMatchObject([
    { level: "error", details: { change: change.id, kind: "BILLING_ADDRESS", hours: 5 } },
  ]);
  expect(JSON.stringify(logged)).not.toMatch(/Canary|P1/);
});

/** Two processes on one store, each with the answers that it kept in its own memory. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { createCache } from "../adapters/guard/cache.ts";
import { guard } from "../adapters/guard/guard.ts";
import { createMemoryShelf } from "../adapters/guard/shelf.ts";
import { balances } from "../adapters/ports/billing.ts";
import { PortError } from "../adapters/ports/errors.ts";
import { serve } from "../adapters/ports/port.ts";
import { openStore, type Store } from "../store/store.ts";
import { anAccount, testSecret } from "../store/testing/stores.ts";
import type { ServedLandlord } from "../subgraphs/kernel/request.ts";
import { createLook } from "./forgotten.ts";

let time: number;
let down: boolean;
let store: Store;
let accountId: string;
const now = () => new Date(time);
beforeEach(async () => {
  time = Date.UTC(2026, 10, 20, 8);
  down = false;
  store = await openStore({ url: "sqlite::memory:", secret: testSecret, now });
  accountId = (await anAccount(store)).id;
});
afterEach(() => store.close());

/** A process that keeps answers, and looks for what the others did. */
function aProcess() {
  const owed = { amount: "1.00", currency: "EUR" } as const;
  const served = serve(balances, {
    ofContracts: async (keys) => {
      if (down) throw new PortError("UNAVAILABLE", "down");
      return keys.map(() => ({ owed, late: false, asOf: "2026-11-19T20:00:00+01:00" }));
    },
  });
  const cache = createCache({ landlord: "cedre", shelf: createMemoryShelf(), rules: {}, now });
  const ports = guard([served], { landlord: "cedre", deadlineMs: 300, log: () => {}, cache });
  const landlords = [{ landlord: { id: "cedre" }, ports }] as unknown as ServedLandlord[];
  const signal = new AbortController().signal;
  const read = (account: string) => {
    const call = { signal, requestId: "r", reader: { account, keptWillDo: true } };
    return ports.use(balances).ofContracts(["C1"], call);
  };
  return {
    look: createLook({ landlords, store, now }),
    read,
    /** Whether it has an answer while the ERP is away. */
    keeps: async (account: string): Promise<boolean> => {
      down = true;
      const kept = await read(account).then(
        () => true,
        () => false,
      );
      down = false;
      return kept;
    },
  };
}

async function applyChange(): Promise<void> {
  const request = { accountId, personKey: "P1", contractKey: "C1", lane: "contract:C1" };
  const text = { idempotencyKey: "k", request: "{}", payload: "{}", effectiveBy: null };
  await store.changes.submit({ landlord: "cedre", kind: "OCCUPANTS", ...request, ...text });
  const claimed = (await store.changes.claim("cedre", 60_000))!;
  await store.changes.settle(claimed, { status: "APPLIED", reference: null });
}

test("I-01 what was read before a change that another process applied is not given any more", async () => {
  const here = aProcess();
  await here.read(accountId);
  await here.read("co-tenant");
  time += 5;
  await applyChange();
  await here.look();
  expect([await here.keeps(accountId), await here.keeps("co-tenant")]).toEqual([false, false]);
  time += 5;
  await here.read(accountId);
  time += 5_000;
  await here.look();
  expect(await here.keeps(accountId)).toBe(true);
});

test("K-08 an erasure in one process takes away what another keeps of the account, and of nobody else", async () => {
  const here = aProcess();
  await here.read(accountId);
  await here.read("somebody else");
  time += 5;
  await store.erasures.erase("cedre", accountId, { mustBeSent: [] });
  await here.look();
  expect([await here.keeps(accountId), await here.keeps("somebody else")]).toEqual([false, true]);
});

test("what could not be looked up is looked up again", async () => {
  const here = aProcess();
  await here.read(accountId);
  time += 5;
  await applyChange();
  const { since } = store.forgotten;
  store.forgotten.since = () => Promise.reject(new Error("away"));
  time += 10 * 60_000;
  await expect(here.look()).rejects.toThrow("away");
  store.forgotten.since = since;
  await here.look();
  expect(await here.keeps(accountId)).toBe(false);
});

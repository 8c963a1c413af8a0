import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { billingAddressChanges } from "../adapters/ports/contract-changes.ts";
import type { LookUp } from "../adapters/ports/changes.ts";
import type { Ports } from "../adapters/ports/port.ts";
import { openStore, type Store } from "../store/store.ts";
import { anAccount, testSecret } from "../store/testing/stores.ts";
import { exampleLandlord } from "../subgraphs/identity/fixtures/landlord.ts";
import { deliver, leaseMs, type Delivery } from "./deliver.ts";
import { Erp, down } from "./testing/erp.ts";

const aLandlord = exampleLandlord();
const minute = 60_000;
const waited = aLandlord.erp.readBackMinutes * minute;

let store: Store;
let erp: Erp;
let time: number;
let delivery: Delivery;
let accountId: string;
let changeId: string;
let alarms: string[];

beforeEach(async () => {
  time = Date.UTC(2026, 10, 20, 8);
  const now = () => new Date(time);
  store = await openStore({ url: "sqlite::memory:", secret: testSecret, now });
  erp = new Erp();
  erp.repeat = "COMPARE";
  alarms = [];
  const ports = { served: [billingAddressChanges.name], use: () => erp } as unknown as Ports;
  delivery = {
    store,
    landlord: aLandlord,
    ports,
    now,
    openFile: () => {
      throw new Error("There is no file here.");
    },
    filesReleased: () => {},
    log: (level, message) => level === "error" && alarms.push(message),
  };
  ({ id: accountId } = await anAccount(store, aLandlord.id));
  changeId = await submit("key-0001");
});
afterEach(() => store.close());

async function submit(idempotencyKey: string): Promise<string> {
  const { change } = await store.changes.submit({
    landlord: aLandlord.id,
    accountId,
    personKey: "P1",
    contractKey: null,
    lane: "contract:C1",
    kind: "BILLING_ADDRESS",
    idempotencyKey,
    request: "{}",
    payload: "{}",
    effectiveBy: null,
  });
  return change.id;
}

async function deliverNext(by = delivery) {
  const claimed = await store.changes.claim(aLandlord.id, leaseMs(aLandlord));
  return claimed && deliver(by, claimed);
}
const standing = async (id = changeId) => (await store.changes.byId(aLandlord.id, accountId, id))!;
const needsSomebody = async () =>
  (await store.figures.changes(aLandlord.id, new Date(0))).needAttention;

/** Says yes, and does nothing. */
const saysYes = async () => ({ state: "APPLIED", reference: "R1" }) as const;
const shows = (state: "APPLIED" | "ABSENT") => async () =>
  (state === "ABSENT" ? { state } : { state, reference: null }) as LookUp;

describe("a change that the ERP says is applied", () => {
  test("is so once the ERP shows it", async () => {
    expect(await deliverNext()).toBe("OK");
    expect(await standing()).toMatchObject({ status: "APPLIED", reference: "R1" });
    expect(erp.asked).toEqual(["submit", "lookUp"]);
    expect(await deliverNext()).toBeNull();
  });

  test("I-08 is not, while the ERP shows what stood there before; then a person is called, once", async () => {
    erp.submits = [saysYes];
    await deliverNext();
    expect(await standing()).toMatchObject({
      status: "UNKNOWN",
      reference: "R1",
      unconfirmedSince: new Date(time),
      endedAt: null,
    });
    const begun = time;
    while (time - begun < waited) {
      expect(await needsSomebody()).toBe(0);
      expect(alarms).toEqual([]);
      time += 2 * minute;
      await deliverNext();
    }
    expect(await standing()).toMatchObject({ status: "NEEDS_ATTENTION", endedAt: null });
    expect((await standing()).unconfirmedSince).toEqual(new Date(begun));
    expect(alarms.filter((told) => told.includes("does not show it"))).toHaveLength(1);
    expect((await store.figures.changes(aLandlord.id, new Date(0))).unconfirmed).toBe(1);
    expect(await needsSomebody()).toBe(1);
    time += 60 * minute;
    expect(await deliverNext()).toBeNull();
  });

  test("I-10 is never sent again by itself: what stands there may be somebody else's by now", async () => {
    erp.submits = [saysYes];
    for (let i = 0; i < 20; i += 1) {
      await deliverNext();
      time += minute;
    }
    expect(erp.asked.filter((what) => what === "submit")).toHaveLength(1);
    expect(erp.asked.length).toBeLessThan(20);
  });

  test("is applied when the ERP shows it a moment later", async () => {
    erp.lookUps = [shows("ABSENT"), shows("ABSENT"), shows("APPLIED")];
    for (let i = 0; i < 3; i += 1) {
      await deliverNext();
      time += 3_000;
    }
    expect(await standing()).toMatchObject({
      status: "APPLIED",
      reference: "R1",
      unconfirmedSince: null,
    });
    expect(alarms).toEqual([]);
  });

  test("keeps later ones of its lane waiting until it is", async () => {
    erp.lookUps = [shows("ABSENT")];
    await deliverNext();
    const later = await submit("key-0002");
    expect(await deliverNext()).toBeNull();
    time += 3_000;
    await deliverNext();
    await deliverNext();
    expect((await standing(later)).status).toBe("APPLIED");
  });

  test("is asked for again when the ERP was away in between, for as long as it takes", async () => {
    erp.submits = [saysYes];
    erp.lookUps = Array.from({ length: 5 }, () => down("UNAVAILABLE"));
    for (let i = 0; i < 5; i += 1) {
      await deliverNext();
      time += 60 * minute;
      expect(await standing()).toMatchObject({ status: "UNKNOWN", lastError: "UNAVAILABLE" });
    }
    await deliverNext();
    expect((await standing()).status).toBe("NEEDS_ATTENTION");
    expect(erp.asked.filter((what) => what === "submit")).toHaveLength(1);
  });

  test("begins anew when a person has it sent again", async () => {
    erp.submits = [saysYes];
    await deliverNext();
    time += waited + minute;
    await deliverNext();
    await store.changes.settleByHand(aLandlord.id, {
      id: changeId,
      decision: "SEND_AGAIN",
      actor: { accountId: "S1", reason: "Seen in the ERP" },
      overdueSince: new Date(0),
    });
    expect((await standing()).unconfirmedSince).toBeNull();
    await deliverNext();
    expect((await standing()).status).toBe("APPLIED");
  });

  test.each(["KEY", "STORED_ID"] as const)(
    "is believed of an ERP that cannot be compared: %s",
    async (repeat) => {
      erp.repeat = repeat;
      erp.submits = [saysYes];
      await deliverNext();
      expect((await standing()).status).toBe("APPLIED");
      expect(erp.asked).toEqual(["submit"]);
    },
  );

  test("is believed where the landlord's file says so", async () => {
    erp.submits = [saysYes];
    const landlord = exampleLandlord({ erp: { ...aLandlord.erp, readBackMinutes: 0 } });
    await deliverNext({ ...delivery, landlord });
    expect((await standing()).status).toBe("APPLIED");
    expect(erp.asked).toEqual(["submit"]);
  });
});

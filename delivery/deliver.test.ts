import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { contracts } from "../adapters/ports/contract.ts";
import { cardPayments } from "../adapters/ports/billing-changes.ts";
import { billingAddressChanges } from "../adapters/ports/contract-changes.ts";
import type { Ports } from "../adapters/ports/port.ts";
import type { ChangeStatus } from "../store/change-row.ts";
import { openStore, type Store } from "../store/store.ts";
import { anAccount, testSecret } from "../store/testing/stores.ts";
import { exampleLandlord } from "../subgraphs/identity/fixtures/landlord.ts";
import { deliver, leaseMs, type Delivery } from "./deliver.ts";
import { Erp, down } from "./testing/erp.ts";

const aLandlord = exampleLandlord();

let store: Store;
let erp: Erp;
let time: number;
let delivery: Delivery;
let changeId: string;
let accountId: string;
const logged: string[] = [];
let released = 0;
/** Until when the guard lets nothing through. */
let paused: Date | null;
let forgotten: string[][];
/** What the ERP lists as the person's contracts. */
let held: () => Promise<{ key: string }[][]>;

beforeEach(async () => {
  time = Date.UTC(2026, 10, 20, 8);
  const now = () => new Date(time);
  store = await openStore({ url: "sqlite::memory:", secret: testSecret, now });
  erp = new Erp();
  held = async () => [[{ key: "C1" }]];
  paused = null;
  forgotten = [];
  const ports = {
    pausedUntil: () => paused,
    forget: (keys: string[]) => void forgotten.push(keys),
    served: [billingAddressChanges.name, cardPayments.name, contracts.name],
    use: (port: { name: string }) => (port === contracts ? { ofPersons: () => held() } : erp),
  } as unknown as Ports;
  delivery = {
    store,
    landlord: aLandlord,
    ports,
    now,
    openFile: () => {
      throw new Error("There is no file here.");
    },
    filesReleased: () => {
      released += 1;
    },
    log: (_level, message, details) => logged.push(JSON.stringify({ message, ...details })),
  };
  ({ id: accountId } = await anAccount(store, aLandlord.id));
  changeId = await submit("key-0001");
});
afterEach(() => store.close());

async function submit(idempotencyKey: string, kind = "BILLING_ADDRESS"): Promise<string> {
  const { change } = await store.changes.submit({
    landlord: aLandlord.id,
    accountId,
    personKey: "P1",
    contractKey: "C1",
    lane: "contract:C1",
    kind,
    idempotencyKey,
    request: "{}",
    payload: JSON.stringify({ recipient: "Canary Martin" }),
    effectiveBy: null,
  });
  return change.id;
}

/** Delivers what is due; null when nothing is. */
async function deliverNext() {
  const claimed = await store.changes.claim(aLandlord.id, leaseMs(aLandlord));
  return claimed && deliver(delivery, claimed);
}

async function stands(): Promise<ChangeStatus> {
  return (await store.changes.byId(aLandlord.id, accountId, changeId))!.status;
}

const wait = (ms: number) => void (time += ms);
const settle = () => wait(aLandlord.erp.settleMs);

describe("a change", () => {
  test("is sent, and applied", async () => {
    expect(await deliverNext()).toBe("OK");
    expect(await store.changes.byId(aLandlord.id, accountId, changeId)).toMatchObject({
      status: "APPLIED",
      reference: "R1",
      attempts: 1,
      endedAt: new Date(time),
    });
    expect(erp.asked).toEqual(["submit"]);
    expect(await deliverNext()).toBeNull();
  });

  test("J-02 that was applied without an answer is found, not sent again", async () => {
    erp.submits = [
      () => {
        erp.applied.push(changeId);
        return down("OUTCOME_UNKNOWN")();
      },
    ];
    expect(await deliverNext()).toBe("DOWN");
    expect(await stands()).toBe("UNKNOWN");
    expect(await deliverNext()).toBeNull();
    settle();
    expect(await deliverNext()).toBe("OK");
    expect(await stands()).toBe("APPLIED");
    expect(erp.asked).toEqual(["submit", "lookUp"]);
    expect(erp.applied).toHaveLength(1);
  });

  test("that was lost on its way is sent again, after a look", async () => {
    erp.submits = [down("OUTCOME_UNKNOWN")];
    await deliverNext();
    settle();
    await deliverNext();
    expect(await stands()).toBe("APPLIED");
    expect(erp.asked).toEqual(["submit", "lookUp", "submit"]);
  });

  test("that cannot be looked up is not sent until it can", async () => {
    erp.submits = [down("OUTCOME_UNKNOWN")];
    erp.lookUps = [down("TIMEOUT"), down("UNAVAILABLE")];
    await deliverNext();
    for (let i = 0; i < 2; i += 1) {
      settle();
      expect(await deliverNext()).toBe("DOWN");
      expect(await stands()).toBe("UNKNOWN");
      wait(60_000);
    }
    await deliverNext();
    expect(erp.asked).toEqual(["submit", "lookUp", "lookUp", "lookUp", "submit"]);
    expect(erp.applied).toHaveLength(1);
  });

  test("that certainly was not applied is sent again without a look", async () => {
    erp.submits = [down("UNAVAILABLE", true), down("UNAVAILABLE", true)];
    for (const expected of ["DOWN", "DOWN", "OK"]) {
      expect(await deliverNext()).toBe(expected);
      wait(60_000);
    }
    expect(erp.asked).toEqual(["submit", "submit", "submit"]);
    expect(await stands()).toBe("APPLIED");
  });

  test("of an ERP that can neither tell nor refuse a second one waits for a person", async () => {
    erp.repeat = "NONE";
    erp.submits = [down("OUTCOME_UNKNOWN")];
    await deliverNext();
    expect(await stands()).toBe("NEEDS_ATTENTION");
    wait(86_400_000);
    expect(await deliverNext()).toBeNull();
    expect(erp.asked).toEqual(["submit"]);
  });

  test("waits for a person when the ERP cannot tell after all", async () => {
    erp.submits = [down("OUTCOME_UNKNOWN")];
    erp.lookUps = [async () => ({ state: "UNKNOWABLE" })];
    await deliverNext();
    settle();
    await deliverNext();
    expect(await stands()).toBe("NEEDS_ATTENTION");
  });

  test("waits for a person when it vanishes again and again", async () => {
    erp.submits = Array.from({ length: 20 }, () => down("OUTCOME_UNKNOWN"));
    for (let i = 0; i < 20; i += 1) {
      await deliverNext();
      wait(120_000);
    }
    expect(await stands()).toBe("NEEDS_ATTENTION");
    expect(erp.asked.filter((what) => what === "submit")).toHaveLength(10);
  });

  test("J-02 whose process died between sending and noting is looked up first", async () => {
    const dead = (await store.changes.claim(aLandlord.id, leaseMs(aLandlord)))!;
    await store.changes.sending(dead);
    erp.applied.push(changeId);
    wait(leaseMs(aLandlord));
    await deliverNext();
    expect(erp.asked).toEqual(["lookUp"]);
    expect(await stands()).toBe("APPLIED");
  });

  test("waits while the ERP is left alone, without its being an attempt", async () => {
    paused = new Date(time + 30_000);
    for (let i = 0; i < 20; i += 1) {
      await deliverNext();
      wait(60_000);
    }
    const at = await store.changes.byId(aLandlord.id, accountId, changeId);
    expect(at).toMatchObject({ status: "ACCEPTED", attempts: 0 });
    expect(erp.asked).toEqual([]);
    paused = null;
    await deliverNext();
    expect(await stands()).toBe("APPLIED");
  });

  test("that was applied is not shown any more as it was before", async () => {
    await deliverNext();
    expect(forgotten).toEqual([["P1", "C1"]]);
  });

  test("of a contract that the person has no longer is refused, whatever was listed before", async () => {
    held = async () => [[{ key: "C2" }]];
    expect(await deliverNext()).toBe("OK");
    expect(await store.changes.byId(aLandlord.id, accountId, changeId)).toMatchObject({
      status: "REJECTED",
      reason: "NOT_POSSIBLE",
    });
    expect(erp.asked).toEqual([]);
  });

  test("is not sent as long as the ERP does not say whose the contract is", async () => {
    held = down("TIMEOUT");
    expect(await deliverNext()).toBe("DOWN");
    expect(await stands()).toBe("ACCEPTED");
    expect(erp.asked).toEqual([]);
    held = async () => [[{ key: "C1" }]];
    wait(60_000);
    await deliverNext();
    expect(await stands()).toBe("APPLIED");
  });

  test("that books what was paid is sent, whosever the contract is by now", async () => {
    await deliverNext();
    held = async () => [[]];
    changeId = await submit("key-0002", "CARD_PAYMENT");
    await deliverNext();
    expect(await stands()).toBe("APPLIED");
  });

  test("is not sent by a delivery whose lease ends before the ERP would be done with it", async () => {
    const { deadlineMs, settleMs } = aLandlord.erp;
    const claimed = (await store.changes.claim(aLandlord.id, leaseMs(aLandlord)))!;
    wait(leaseMs(aLandlord) - deadlineMs - settleMs);
    expect(await deliver(delivery, claimed)).toBe("OK");
    expect(erp.asked).toEqual([]);
  });

  test("is not sent when noting that it is about to be took too long", async () => {
    const claimed = (await store.changes.claim(aLandlord.id, leaseMs(aLandlord)))!;
    const slow: Store["changes"] = {
      ...store.changes,
      sending: async (held) => {
        const noted = await store.changes.sending(held);
        wait(leaseMs(aLandlord));
        return noted;
      },
    };
    await deliver({ ...delivery, store: { ...store, changes: slow } }, claimed);
    expect(erp.asked).toEqual([]);
    await deliverNext();
    expect(erp.asked).toEqual(["lookUp", "submit"]);
    expect(await stands()).toBe("APPLIED");
  });

  test("that would book money which was taken is not refused by an ERP: a person looks", async () => {
    await deliverNext();
    changeId = await submit("key-0002", "CARD_PAYMENT");
    erp.submits = [async () => ({ state: "REJECTED", reason: "NOT_POSSIBLE" })];
    await deliverNext();
    expect(await store.changes.byId(aLandlord.id, accountId, changeId)).toMatchObject({
      status: "NEEDS_ATTENTION",
      lastError: "CONFLICT",
    });
    const mails: string[] = [];
    await store.mails.deliver(async ({ subject }) => void mails.push(subject));
    expect(mails).toEqual([]);
  });

  test("that the ERP applies tonight is followed to its end", async () => {
    const effectiveBy = new Date(time + 3_600_000).toISOString();
    erp.submits = [async () => ({ state: "PENDING", reference: "LOT 7", effectiveBy })];
    erp.lookUps = [
      async () => ({ state: "PENDING", reference: "LOT 7", effectiveBy }),
      async () => ({ state: "APPLIED", reference: "LOT 7" }),
    ];
    await deliverNext();
    expect(await store.changes.byId(aLandlord.id, accountId, changeId)).toMatchObject({
      status: "SENT",
      effectiveBy: new Date(effectiveBy),
    });
    wait(3_000);
    await deliverNext();
    expect(await stands()).toBe("SENT");
    wait(900_000);
    await deliverNext();
    expect(await stands()).toBe("APPLIED");
    expect(erp.asked).toEqual(["submit", "lookUp", "lookUp"]);
  });

  test("I-09 that is refused, be it days later, is told to whoever asked, once", async () => {
    erp.submits = [async () => ({ state: "PENDING", reference: "LOT 7", effectiveBy: null })];
    erp.lookUps = [async () => ({ state: "REJECTED", reason: "INVALID" })];
    await deliverNext();
    wait(3 * 86_400_000);
    await deliverNext();
    expect(await store.changes.byId(aLandlord.id, accountId, changeId)).toMatchObject({
      status: "REJECTED",
      reason: "INVALID",
    });
    const mails: { to: string; text: string }[] = [];
    await store.mails.deliver(async (mail) => void mails.push(mail));
    expect(mails).toHaveLength(1);
    expect(mails[0]!.to).toBe("a@example.org");
    expect(mails[0]!.text).toContain("votre adresse de facturation");
    expect(mails[0]!.text).toContain("n'accepte pas une des valeurs");
  });

  test("of a kind that the ERP takes no longer waits for a person", async () => {
    await deliverNext();
    changeId = await submit("key-0002", "OCCUPANTS");
    await deliverNext();
    expect(await stands()).toBe("NEEDS_ATTENTION");
  });

  test("lets go of its files at its end, and not before", async () => {
    const { uploads } = store;
    const expiresAt = new Date(time + 60_000);
    const file = { purpose: "INSURANCE_CERTIFICATE", fileName: "a.pdf" } as const;
    const { id } = await uploads.start(aLandlord.id, {
      ...file,
      accountId,
      mediaType: "application/pdf",
      sizeBytes: 9,
      expiresAt,
    });
    const stored = { storedAs: "x", key: new Uint8Array(32), sizeBytes: 9, sha256: "y", expiresAt };
    await uploads.receive(aLandlord.id, id, stored);
    await uploads.attach(aLandlord.id, { accountId, purpose: file.purpose, ids: [id], changeId });
    erp.submits = [down("OUTCOME_UNKNOWN")];
    released = 0;
    await deliverNext();
    expect(await uploads.stored(aLandlord.id, id)).not.toBeNull();
    expect(released).toBe(0);
    settle();
    await deliverNext();
    expect(await uploads.stored(aLandlord.id, id)).toBeNull();
    expect(released).toBe(1);
  });

  test.each(["KEY", "STORED_ID"] as const)(
    "J-10 that a back-up brought back is sent where the ERP has nothing of it, once it was asked: %s",
    async (repeat) => {
      erp.repeat = repeat;
      await store.settleRestored();
      await deliverNext();
      expect([erp.asked, await stands()]).toEqual([["lookUp", "submit"], "APPLIED"]);
    },
  );

  test("J-10 that a back-up brought back and the ERP applied before is not sent again", async () => {
    erp.applied.push(changeId);
    await store.settleRestored();
    await deliverNext();
    expect([erp.asked, await stands()]).toEqual([["lookUp"], "APPLIED"]);
  });

  test.each([
    ["COMPARE", { state: "ABSENT" }],
    ["NONE", { state: "UNKNOWABLE" }],
  ] as const)(
    "J-10 that a back-up brought back waits for a person where nobody can tell what came after it: %s",
    async (repeat, found) => {
      erp.repeat = repeat;
      erp.lookUps = [async () => found];
      await store.settleRestored();
      await deliverNext();
      expect([erp.asked, await stands()]).toEqual([["lookUp"], "NEEDS_ATTENTION"]);
    },
  );

  test("leaves nothing of what it holds in the log", async () => {
    erp.submits = [down("OUTCOME_UNKNOWN")];
    await deliverNext();
    settle();
    await deliverNext();
    expect(logged.join()).toContain(changeId);
    expect(logged.join()).not.toContain("Canary");
    // Not as `error`: there the log looks for an error and finds none.
    expect(logged.join()).toContain('"code":"OUTCOME_UNKNOWN"');
  });
});

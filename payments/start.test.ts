import { afterEach, describe, expect, it } from "vitest";
import type { StartPayment } from "./start.ts";
import { paymentOf, paymentsOf } from "./read.ts";
import { reconcile } from "./reconcile.ts";
import { idOfReference, referenceOf } from "./reference.ts";
import { decide, openCounter, type Counter } from "./testing/counter.ts";

let counter: Counter;
afterEach(() => counter.close());

const minute = 60_000;
const settle = () => {
  const { store, desk, now } = counter;
  return reconcile({ store, desks: new Map([["cedre", desk]]), now });
};

describe("the reference of a payment", () => {
  it("fits every provider, and leads back to the payment", async () => {
    counter = await openCounter("lyra");
    const started = await counter.start();
    if (started.outcome !== "REDIRECT") throw new Error(started.outcome);
    const reference = referenceOf(started.payment.id);
    expect(reference).toMatch(/^[A-Z0-9]{25}$/);
    expect(idOfReference(reference)).toBe(started.payment.id);
    expect(idOfReference("Z".repeat(25))).toBeNull();
    expect(idOfReference("x")).toBeNull();
  });
});

describe("an account's payments", () => {
  it("are shown to it, newest first, and to nobody else", async () => {
    counter = await openCounter("lyra");
    const { desk } = counter;
    const ids: string[] = [];
    for (const idempotencyKey of ["a", "b", "c"]) {
      const started = await counter.start({ idempotencyKey });
      if (started.outcome === "REDIRECT") ids.unshift(started.payment.id);
    }
    expect(
      (await paymentsOf(desk, "account-1", { limit: 2, before: null })).map(({ id }) => id),
    ).toEqual(ids.slice(0, 2));
    expect(await paymentsOf(desk, "account-2", { limit: 10, before: null })).toEqual([]);
    expect((await paymentOf(desk, "account-1", ids[0]!))?.id).toBe(ids[0]);
    expect(await paymentOf(desk, "account-2", ids[0]!)).toBeNull();
    expect(await paymentOf({ ...desk, landlord: "frene" }, "account-1", ids[0]!)).toBeNull();
    expect(await paymentOf(desk, "account-1", "x")).toBeNull();
  });
});

describe("a payment is not begun", () => {
  it.each<[string, Partial<StartPayment>, string]>([
    ["for no amount", { amount: "abc" }, "AMOUNT_INVALID"],
    ["for an amount with half cents", { amount: "10.005" }, "AMOUNT_INVALID"],
    ["for a float", { amount: "1e2" }, "AMOUNT_INVALID"],
    ["for nothing", { amount: "0.00" }, "AMOUNT_INVALID"],
    ["for less than nothing", { amount: "-20.00" }, "AMOUNT_INVALID"],
    ["for less than the landlord takes", { amount: "4.99" }, "AMOUNT_TOO_SMALL"],
    ["for more than the landlord takes", { amount: "2000.01" }, "AMOUNT_TOO_LARGE"],
    ["for a contract that is blocked", { blocked: true }, "CONTRACT_BLOCKED"],
  ])("%s", async (_what, change, problem) => {
    counter = await openCounter("payfip");
    expect(await counter.start(change)).toEqual({ outcome: "REFUSED", problem });
    expect(await counter.bookedAtProvider()).toEqual([]);
  });

  it.each([
    ["another amount", "120.50"],
    ["nothing that is known", null],
  ])("for a part where the landlord takes the whole, and that is %s", async (_what, due) => {
    counter = await openCounter("payfip", { partial: false });
    const started = await counter.start({ due, amount: "120.00" });
    expect(started).toEqual({ outcome: "REFUSED", problem: "NOT_THE_WHOLE" });
    expect((await counter.start({ due: "120.00", amount: "120.00" })).outcome).toBe("REDIRECT");
  });

  it("from an address that the provider refuses", async () => {
    counter = await openCounter("payfip");
    const started = await counter.start({ email: "hélène@example.org" });
    expect(started).toEqual({ outcome: "REFUSED", problem: "EMAIL_REFUSED" });
  });
});

describe.each(["payfip", "lyra"] as const)("at %s, a payment is begun", (name) => {
  it("H-01 once for a key, with the same answer to all who ask with it at the same time", async () => {
    counter = await openCounter(name);
    const all = await Promise.all(Array.from({ length: 20 }, () => counter.start()));
    const ids = all.map((one) => (one.outcome === "REFUSED" ? one.problem : one.payment.id));
    expect(new Set(ids).size).toBe(1);
    for (const { outcome } of all) expect(["REDIRECT", "IN_PROGRESS"]).toContain(outcome);
    const again = await counter.start();
    expect(again).toEqual(all.find(({ outcome }) => outcome === "REDIRECT"));
    if (name === "payfip") expect(await counter.bookedAtProvider()).toHaveLength(1);
  });

  it("H-02 not at all with a key that was used for something else", async () => {
    counter = await openCounter(name);
    await counter.start();
    const other = await counter.start({ amount: "99.00" });
    expect(other).toEqual({ outcome: "REFUSED", problem: "KEY_USED" });
    expect((await counter.start({ accountId: "account-2", amount: "99.00" })).outcome).toBe(
      "REDIRECT",
    );
  });

  it("anew with a new key only, once it has ended", async () => {
    counter = await openCounter(name);
    await decide(await counter.start(), "payer");
    counter.advance(6 * minute);
    await settle();
    expect(await counter.start()).toMatchObject({ outcome: "ENDED", payment: { state: "PAID" } });
    expect((await counter.start({ idempotencyKey: "key-2" })).outcome).toBe("REDIRECT");
  });

  it("for an amount that the provider shows and books to the cent", async () => {
    counter = await openCounter(name);
    const amounts = ["5.00", "100.10", "1999.99"];
    for (const amount of amounts) {
      await decide(await counter.start({ amount, idempotencyKey: amount }), "payer");
    }
    const booked = await counter.bookedAtProvider();
    expect(booked.map(({ cents }) => cents)).toEqual([500, 10010, 199999]);
  });
});

describe("H-10 when PayFiP does not answer at the beginning", () => {
  it("and certainly began nothing, the same key begins it later", async () => {
    counter = await openCounter("payfip");
    await counter.door("/faults", "PUT", { kind: "closed" });
    await expect(counter.start()).rejects.toMatchObject({ code: "UNAVAILABLE", notApplied: true });
    await counter.door("/faults", "PUT", { kind: "refuse" });
    await expect(counter.start()).rejects.toMatchObject({ code: "UNAVAILABLE", notApplied: true });
    await counter.door("/faults", "DELETE");
    expect((await counter.start()).outcome).toBe("REDIRECT");
    expect(await counter.bookedAtProvider()).toHaveLength(1);
  });

  it.each(["cut-after", "empty", "html"])(
    "and nobody knows (%s), the key never begins it twice, and nobody is asked to pay it",
    async (kind) => {
      counter = await openCounter("payfip");
      await counter.door("/faults", "PUT", { kind, times: 1 });
      await expect(counter.start()).rejects.toMatchObject({ code: "OUTCOME_UNKNOWN" });
      expect(await counter.start()).toMatchObject({
        outcome: "ENDED",
        payment: { state: "UNKNOWN", problem: "BEGIN_UNKNOWN", redirect: null },
      });
      const calls = await counter.door<{ total: number }>("/calls");
      expect(calls.total).toBe(1);
      counter.advance(16 * minute);
      await settle();
      expect(await counter.start()).toMatchObject({ payment: { state: "EXPIRED" } });
      expect((await counter.start({ idempotencyKey: "key-2" })).outcome).toBe("REDIRECT");
    },
  );

  it("because this process died, the payment expires and nobody can pay it", async () => {
    counter = await openCounter("payfip");
    const made = await counter.store.payments.create({
      landlord: "cedre",
      accountId: "account-1",
      personKey: "T0000123",
      contractKey: "L/2013936",
      label: "Contrat L/2013936",
      amount: "120.50",
      provider: "payfip",
      idempotencyKey: "key-1",
    });
    expect((await counter.start()).outcome).toBe("IN_PROGRESS");
    counter.advance(3 * minute);
    await settle();
    expect(await counter.start()).toMatchObject({
      outcome: "ENDED",
      payment: { id: made.payment.id, state: "EXPIRED" },
    });
  });
});

import { describe, expect, it } from "vitest";
import { mayFollow, paymentStates } from "./payment-states.ts";
import type { Held, Payment } from "./payment-row.ts";
import type { Store } from "./store.ts";
import { day, describeStores, minute } from "./testing/stores.ts";

const asked = {
  landlord: "cedre",
  accountId: "account-1",
  personKey: "T0000123",
  contractKey: "L/2013936",
  label: "Contrat L/2013936",
  amount: "120.50",
  provider: "payfip",
  idempotencyKey: "key-1",
};

async function begun(store: Store, change: Partial<typeof asked> = {}): Promise<Held> {
  const made = await store.payments.create({ ...asked, ...change });
  if (made.outcome !== "NEW") throw new Error(made.outcome);
  return made;
}

async function onPage(
  store: Store,
  now: Date,
  change: Partial<typeof asked> = {},
): Promise<Payment> {
  const held = await begun(store, change);
  const page = {
    providerReference: `at-provider-${held.payment.id}`,
    redirect: '{"method":"GET","url":"https://pay.example/secret-page"}',
    expiresAt: new Date(now.getTime() + 15 * minute),
  };
  return (await store.payments.redirected(held, page, new Date(now.getTime() + 5 * minute)))!;
}

const receipt = {
  paidAt: "2026-11-20T09:00:00+01:00",
  transaction: "tx-1",
  means: "CARD",
  authorisation: "A1B2C3",
};

describe("the states of a payment", () => {
  it("let nothing follow PAID, and PAID follow anything but the beginning", () => {
    for (const state of paymentStates) {
      expect(mayFollow("PAID", state), state).toBe(false);
      expect(mayFollow(state, "PAID"), state).toBe(!["CREATED", "PAID"].includes(state));
    }
  });

  it("never lead back to the beginning or the page", () => {
    for (const state of paymentStates) {
      expect(mayFollow(state, "CREATED"), state).toBe(false);
      expect(mayFollow(state, "REDIRECTED"), state).toBe(state === "CREATED");
    }
  });
});

describe("payments", () => {
  describeStores((bench) => {
    it("H-01 are made once for a key, however many ask at the same time", async () => {
      const { store, another } = bench();
      const other = await another();
      const stores = [store, other];
      const made = await Promise.all(
        Array.from({ length: 20 }, (_, i) => stores[i % 2]!.payments.create(asked)),
      );
      expect(made.filter(({ outcome }) => outcome === "NEW")).toHaveLength(1);
      expect(made.filter(({ outcome }) => outcome === "KNOWN")).toHaveLength(19);
      expect(new Set(made.map(({ payment }) => payment.id)).size).toBe(1);
    });

    it("H-02 tell a key that comes with another request, and keep people's keys apart", async () => {
      const { payments } = bench().store;
      await payments.create(asked);
      expect((await payments.create({ ...asked, amount: "120.51" })).outcome).toBe("OTHER");
      expect((await payments.create({ ...asked, contractKey: "L/1" })).outcome).toBe("OTHER");
      expect((await payments.create({ ...asked, accountId: "account-2" })).outcome).toBe("NEW");
      expect((await payments.create({ ...asked, landlord: "frene" })).outcome).toBe("NEW");
    });

    it("count within a landlord's day, without a gap in what was begun", async () => {
      const { store, advance } = bench();
      const numberOf = async (change: Partial<typeof asked>) =>
        (await begun(store, change)).payment.dayNumber;
      expect(await numberOf({ idempotencyKey: "a" })).toBe(1);
      expect(await numberOf({ idempotencyKey: "b" })).toBe(2);
      expect(await numberOf({ idempotencyKey: "a", landlord: "frene" })).toBe(1);
      advance(day);
      expect(await numberOf({ idempotencyKey: "c" })).toBe(1);
    });

    it("keep no word of whose they are, of what, or how to pay them", async () => {
      const { store, database, now } = bench();
      const { id } = await onPage(store, now());
      await store.payments.move(id, "REDIRECTED", { to: "PAID", receipt, nextAskAt: null });
      const content = await database.content();
      for (const secret of ["T0000123", "L/2013936", "secret-page", "A1B2C3", "key-1"]) {
        expect(content.includes(secret), secret).toBe(false);
      }
      expect((await store.payments.find("cedre", id))!).toMatchObject({
        personKey: "T0000123",
        contractKey: "L/2013936",
        label: "Contrat L/2013936",
        state: "PAID",
        receipt,
        redirect: null,
      });
      expect(await store.payments.find("frene", id)).toBeNull();
    });

    it("move once only from a state, and refuse what may not follow", async () => {
      const { store, another, now } = bench();
      const other = await another();
      const { id } = await onPage(store, now());
      const moves = await Promise.all([
        store.payments.move(id, "REDIRECTED", { to: "PAID", receipt }),
        other.payments.move(id, "REDIRECTED", { to: "REFUSED" }),
      ]);
      expect(moves.filter((moved) => moved !== null)).toHaveLength(1);
      await expect(store.payments.move(id, "PAID", { to: "REFUSED" })).rejects.toThrow(
        "cannot become",
      );
    });

    it("let one movement of money pay one payment", async () => {
      const { store, now } = bench();
      const first = await onPage(store, now());
      const second = await onPage(store, now(), { idempotencyKey: "key-2" });
      await store.payments.move(first.id, "REDIRECTED", { to: "PAID", receipt });
      const again = store.payments.move(second.id, "REDIRECTED", { to: "PAID", receipt });
      await expect(again).rejects.toThrow();
      expect((await store.payments.find("cedre", second.id))!.state).toBe("REDIRECTED");
    });

    it("H-07 keep each event of the provider once", async () => {
      const { store, now } = bench();
      const payment = await onPage(store, now());
      const kept = await Promise.all(
        [1, 2, 3].map(() => store.payments.keepEvent(payment, "tx-1:AUTHORISED", "PAID")),
      );
      expect(kept.filter(Boolean)).toHaveLength(1);
      expect(await store.payments.keepEvent(payment, "tx-1:CAPTURED", "PAID")).toBe(true);
    });

    it("are held by one process at a time, and taken over when it died", async () => {
      const { store, another, now, advance } = bench();
      const other = await another();
      const { id } = await onPage(store, now());
      expect(await store.payments.dueIds("cedre", 10)).toEqual([]);
      advance(5 * minute);
      const held = await Promise.all([store.payments.holdDue(id), other.payments.holdDue(id)]);
      expect(held.filter((one) => one !== null)).toHaveLength(1);
      expect(await other.payments.dueIds("cedre", 10)).toEqual([]);
      expect(await other.payments.dueIds("tilleul", 10)).toEqual([]);
      advance(2 * minute);
      const next = (await other.payments.holdDue(id))!;
      expect(next.payment.asks).toBe(2);
      const died = held.find((one) => one !== null);
      await store.payments.postpone(died!, null, false);
      expect(await store.payments.find("cedre", id)).toMatchObject({ failedAsks: 0 });
      await other.payments.postpone(next, new Date(now().getTime() + minute), true);
      advance(minute);
      expect(await store.payments.dueIds("cedre", 10)).toEqual([id]);
    });

    it("are asked about sooner on a hint, unless the last question failed", async () => {
      const { store, now, advance } = bench();
      const { id } = await onPage(store, now());
      expect(await store.payments.hasten(id, now())).toBe(true);
      expect(await store.payments.hasten(id, now())).toBe(false);
      const held = (await store.payments.holdDue(id))!;
      await store.payments.postpone(held, new Date(now().getTime() + 30 * minute), true);
      expect(await store.payments.hasten(id, now())).toBe(false);
      advance(30 * minute);
      expect(await store.payments.dueIds("cedre", 10)).toEqual([id]);
    });

    it("are begun again only after they were let go of", async () => {
      const { store, advance, now } = bench();
      const held = await begun(store);
      const { id } = held.payment;
      expect(await store.payments.holdAgain(id)).toBeNull();
      await store.payments.letGo(held);
      const page = { providerReference: "p", redirect: "{}", expiresAt: now() };
      expect(await store.payments.redirected(held, page, now())).toBeNull();
      const again = (await store.payments.holdAgain(id))!;
      expect(await store.payments.holdAgain(id)).toBeNull();
      expect((await store.payments.redirected(again, page, now()))!.state).toBe("REDIRECTED");
      advance(day);
      expect(await store.payments.holdAgain(id)).toBeNull();
    });

    it("go when they came to nothing long ago, and stay when they were paid", async () => {
      const { store, now, advance } = bench();
      const paid = await onPage(store, now());
      const refused = await onPage(store, now(), { idempotencyKey: "key-2" });
      await store.payments.move(paid.id, "REDIRECTED", { to: "PAID", receipt, nextAskAt: null });
      await store.payments.move(refused.id, "REDIRECTED", { to: "REFUSED", nextAskAt: null });
      await store.payments.keepEvent(paid, "e1", "PAID");
      advance(400 * day + 1);
      await store.payments.keepEvent(paid, "e2", "PAID");
      await store.purge();
      expect(await bench().database.raw("select event from payment_events")).toEqual([
        { event: "e2" },
      ]);
      expect(
        await store.payments.ofAccount("cedre", "account-1", { limit: 10, before: null }),
      ).toMatchObject([{ id: paid.id }]);
    });
  });
});

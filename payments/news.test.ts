/** What comes of payments: told, asked, late, twice, in disorder, or by somebody else. */
import { rm, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { PaymentNews } from "../adapters/ports/payment-provider.ts";
import { applyNews } from "./apply.ts";
import type { PaymentDesk } from "./desk.ts";
import { onNotification } from "./notify.ts";
import { reconcile, startReconciler } from "./reconcile.ts";
import { startPayment } from "./start.ts";
import {
  asked as paymentAsked,
  decide,
  lyraShop,
  openCounter,
  type Counter,
} from "./testing/counter.ts";

let counter: Counter;
afterEach(() => counter.close());

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const settle = (desk: PaymentDesk = counter.desk) =>
  reconcile({ store: desk.store, desks: new Map([["cedre", desk]]), now: desk.now });
const known = async (started: Awaited<ReturnType<Counter["start"]>>) => {
  if (started.outcome === "REFUSED") throw new Error(started.problem);
  return (await counter.store.payments.find("cedre", started.payment.id))!;
};
const stateOf = async (started: Awaited<ReturnType<Counter["start"]>>) =>
  (await known(started)).state;
const problems = () =>
  counter.logs.filter(({ level }) => level === "error").map(({ details }) => details["problem"]);
const notifications = (mode: string) => counter.door("/notifications", "PUT", { mode });
const release = () => counter.door("/notifications", "POST");
const statuses = async () =>
  (await counter.door<{ attempts: { status: number }[] }>("/notifications")).attempts.map(
    ({ status }) => status,
  );
const backOffice = async (action: string, index = 0) => {
  const { id } = (await counter.bookedAtProvider())[index]!;
  return counter.door(`/payments/act/${id}/${action}`, "POST");
};

describe.each(["payfip", "lyra"] as const)("at %s, a payment", (name) => {
  it("that is made is PAID, and handed over once with all that its booking needs", async () => {
    counter = await openCounter(name);
    const started = await counter.start();
    const back = await decide(started, "payer");
    expect(await back.text()).toBe("back");
    await settle();
    const payment = await known(started);
    expect(payment).toMatchObject({ state: "PAID", problem: null, redirect: null });
    expect(payment.receipt).toMatchObject({ means: "CARD", authorisation: expect.any(String) });
    expect(counter.paid).toEqual([
      {
        payment,
        booking: {
          amount: { amount: "120.50", currency: "EUR" },
          paidAt: payment.receipt!.paidAt,
          provider: name.toUpperCase(),
          providerReference: payment.receipt!.transaction,
        },
      },
    ]);
    const paidAt = Date.parse(payment.receipt!.paidAt);
    expect(Math.abs(paidAt - counter.now().getTime())).toBeLessThan(2 * minute);
  });

  it.each([
    ["refuser", "REFUSED"],
    ["abandonner", "ABANDONED"],
  ])("that ends with %s is %s", async (decision, state) => {
    counter = await openCounter(name);
    const started = await counter.start();
    await decide(started, decision);
    counter.advance(21 * minute);
    await settle();
    expect(await stateOf(started)).toBe(state);
    expect(counter.paid).toEqual([]);
  });

  it("H-10 of which no notification comes is found out by asking", async () => {
    counter = await openCounter(name);
    await notifications("none");
    const started = await counter.start();
    await decide(started, "payer");
    expect(await stateOf(started)).toBe("REDIRECTED");
    counter.advance(6 * minute);
    await settle();
    expect(await stateOf(started)).toBe("PAID");
    expect(counter.paid).toHaveLength(1);
  });

  it("of which the notification comes days late is PAID all the same", async () => {
    counter = await openCounter(name);
    await notifications("late");
    const started = await counter.start();
    await decide(started, "payer");
    counter.advance(3 * day);
    await release();
    await settle();
    expect(await stateOf(started)).toBe("PAID");
    expect(await statuses()).toEqual([200]);
  });

  it("H-07 is PAID once, however often it is told", async () => {
    counter = await openCounter(name);
    await notifications("doubled");
    const started = await counter.start();
    await decide(started, "payer");
    for (let i = 0; i < 3; i++) await backOffice(name === "lyra" ? "resend" : "notify");
    await settle();
    expect(await statuses()).toEqual(Array.from({ length: 8 }, () => 200));
    expect(counter.paid).toHaveLength(1);
    expect(problems()).toEqual([]);
  });

  it("is not believed from somebody else", async () => {
    counter = await openCounter(name);
    await notifications("forged");
    const started = await counter.start();
    await decide(started, "abandonner");
    expect(await statuses()).toEqual([name === "lyra" ? 400 : 404]);
    await settle();
    counter.advance(21 * minute);
    await settle();
    expect(await stateOf(started)).toBe("ABANDONED");
    expect(counter.paid).toEqual([]);
  });

  it("of which two processes hear and ask at once is handed over once", async () => {
    const folder = await mkdtemp(join(tmpdir(), "trousseau-payments-"));
    counter = await openCounter(name, { storeUrl: `sqlite:${join(folder, "store.db")}` });
    const other = await counter.another();
    await notifications("none");
    const all = await Promise.all(
      ["a", "b", "c", "d", "e", "f"].map((idempotencyKey) => counter.start({ idempotencyKey })),
    );
    for (const started of all) await decide(started, "payer");
    counter.advance(6 * minute);
    await Promise.all([settle(), settle(other), settle(), settle(other)]);
    const asked = await counter.door<{ calls: { operation: string }[] }>("/calls");
    const asks = asked.calls.filter(({ operation }) => /detail|Order/i.test(operation));
    expect(asks).toHaveLength(6);
    expect(counter.paid).toHaveLength(6);
    expect(new Set(counter.paid.map(({ payment }) => payment.id)).size).toBe(6);
    await rm(folder, { recursive: true, force: true });
  });

  it("H-08 is not PAID when it cannot be handed over, and becomes so when it can", async () => {
    let broken = true;
    const onPaid = async () => {
      if (broken) throw new Error("no outbox");
    };
    counter = await openCounter(name, { onPaid });
    const started = await counter.start();
    await decide(started, "payer");
    await settle();
    expect(await stateOf(started)).toBe("REDIRECTED");
    if (name === "lyra") expect(await statuses()).toEqual([500]);
    broken = false;
    if (name === "lyra") await backOffice("retry");
    else counter.advance(40 * minute);
    await settle();
    expect(await stateOf(started)).toBe("PAID");
    expect(counter.paid).toHaveLength(1);
  });

  it("that nobody comes to make has expired, for good", async () => {
    counter = await openCounter(name);
    const started = await counter.start();
    counter.advance(10 * minute);
    await settle();
    expect(await stateOf(started)).toBe("REDIRECTED");
    await counter.door("/purge", "POST");
    for (let i = 0; i < 4; i++) {
      counter.advance(3 * hour);
      await settle();
    }
    expect(await stateOf(started)).toBe("EXPIRED");
    await counter.door("/calls", "DELETE");
    counter.advance(30 * day);
    await settle();
    expect(await counter.door("/calls")).toMatchObject({ total: 0 });
  });

  it("is asked about gently, and after a failure not before the provider's pause", async () => {
    counter = await openCounter(name);
    const started = await counter.start();
    await counter.door("/calls", "DELETE");
    await counter.door("/faults", "PUT", { kind: "fault" });
    const pause = counter.provider.limits.retryMinutes;
    counter.advance(6 * minute);
    for (let i = 0; i < 3; i++) await settle();
    counter.advance((pause - 1) * minute);
    await fetch(counter.desk.returnUrl((await known(started)).id));
    await settle();
    expect(await counter.door("/calls")).toMatchObject({ total: 1 });
    await counter.door("/faults", "DELETE");
    counter.advance(pause * minute);
    await settle();
    expect(await counter.door("/calls")).toMatchObject({ total: 2 });
    expect(counter.logs).toMatchObject([{ level: "warn" }]);
  });

  it("of which nothing is ever told needs a person, after a month", async () => {
    counter = await openCounter(name);
    const started = await counter.start();
    const page = decide(started, ...(name === "lyra" ? ["verifier"] : []));
    await page;
    for (let i = 0; i < 80 && (await stateOf(started)) === "REDIRECTED"; i++) {
      counter.advance(12 * hour);
      await settle();
    }
    expect(await known(started)).toMatchObject({ state: "UNKNOWN", problem: "NEVER_TOLD" });
    expect(problems()).toEqual(["NEVER_TOLD"]);
    const calls = await counter.door<{ total: number }>("/calls");
    expect(calls.total).toBeLessThan(80);
  });
});

describe("a payment at PayFiP", () => {
  it("that was cancelled may still be tried again, until twenty minutes after its beginning", async () => {
    counter = await openCounter("payfip");
    const started = await counter.start();
    await decide(started, "abandonner");
    counter.advance(6 * minute);
    await settle();
    expect(await stateOf(started)).toBe("REDIRECTED");
    counter.advance(15 * minute);
    await settle();
    expect(await stateOf(started)).toBe("ABANDONED");
  });

  it("that had expired as far as was known is asked about once more when a hint comes", async () => {
    counter = await openCounter("payfip");
    const started = await counter.start();
    await applyNews(counter.desk, (await known(started)).id, { state: "EXPIRED" }, null);
    expect(await settle()).toBe(0);
    await decide(started, "payer");
    await settle();
    expect(await stateOf(started)).toBe("PAID");
    expect(counter.paid).toHaveLength(1);
  });

  it("K-08 that had failed, and of which the payer's account was erased since, is booked when it is paid all the same", async () => {
    counter = await openCounter("payfip");
    const { store, desk } = counter;
    const made = await store.accounts.create(
      { landlord: "cedre", email: "helene@example.org", passwordHash: "x", language: "fr" },
      ["T0000123"],
      [],
    );
    if (made.outcome !== "OK") throw new Error(made.outcome);
    const started = await counter.start({ accountId: made.account.id });
    const { id } = await known(started);
    await notifications("late");
    await decide(started, "payer");
    await applyNews(desk, id, { state: "EXPIRED" }, null);
    await store.erasures.erase("cedre", made.account.id, { mustBeSent: [] });
    counter.advance(40 * day);
    await store.purge();
    await release();
    await settle();
    expect(counter.paid).toMatchObject([
      { payment: { id, personKey: "T0000123", contractKey: "L/2013936", label: "" } },
    ]);
  });

  it("may be made by direct debit", async () => {
    counter = await openCounter("payfip");
    const started = await counter.start();
    await decide(started, "prelever");
    await settle();
    expect((await known(started)).receipt).toMatchObject({ means: "DIRECT_DEBIT" });
  });

  it("is asked about when a hint or the browser comes, and anybody's hints are not endless work", async () => {
    counter = await openCounter("payfip");
    const started = await counter.start();
    await counter.door("/calls", "DELETE");
    for (let i = 0; i < 40; i++) {
      await backOffice("notify");
      await settle();
    }
    const { total } = await counter.door<{ total: number }>("/calls");
    expect(total).toBe(12);
    expect(await stateOf(started)).toBe("REDIRECTED");
  });
});

describe("a payment at Lyra", () => {
  it("is PAID when a second card is taken after a refusal, in whatever order that is told", async () => {
    counter = await openCounter("lyra");
    await notifications("out of order");
    const started = await counter.start();
    await decide(started, "refuser", "payer");
    await release();
    expect(await statuses()).toEqual([200, 200]);
    expect(await stateOf(started)).toBe("PAID");
    expect(problems()).toEqual([]);
  });

  it("is PAID too when the refusal is told first", async () => {
    counter = await openCounter("lyra");
    const started = await counter.start();
    await decide(started, "refuser");
    expect(await stateOf(started)).toBe("REFUSED");
    await notifications("none");
    await decideAgain("payer");
    counter.advance(25 * minute);
    await settle();
    expect(await stateOf(started)).toBe("PAID");
  });

  it("stays PAID when it is captured later, and is not handed over again", async () => {
    counter = await openCounter("lyra");
    const started = await counter.start();
    await decide(started, "payer");
    await backOffice("capture");
    await backOffice("resend");
    expect(await stateOf(started)).toBe("PAID");
    expect(counter.paid).toHaveLength(1);
    expect(problems()).toEqual([]);
  });

  it("waits while it is verified, and is PAID when it was accepted", async () => {
    counter = await openCounter("lyra");
    const started = await counter.start();
    await decide(started, "verifier");
    expect(await stateOf(started)).toBe("REDIRECTED");
    await backOffice("accept");
    expect(await stateOf(started)).toBe("PAID");
  });

  it.each(["refund", "capture-failed"])(
    "stays PAID after a %s, and a person is called once",
    async (action) => {
      counter = await openCounter("lyra");
      const started = await counter.start();
      await decide(started, "payer");
      await backOffice(action);
      await backOffice("resend");
      expect(await known(started)).toMatchObject({ state: "PAID", problem: "REVERSED" });
      expect(problems()).toEqual(["REVERSED"]);
    },
  );

  it("H-07 is not believed when its body was made anew, with the right signature of another", async () => {
    counter = await openCounter("lyra");
    const started = await counter.start();
    const body = "vads_site_id=12345678&vads_ctx_mode=TEST&signature=aaaa";
    const answer = await fetch(counter.desk.notifyUrl, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body,
    });
    expect(answer.status).toBe(400);
    expect(await stateOf(started)).toBe("REDIRECTED");
    expect(JSON.stringify(counter.logs)).not.toContain(lyraShop.key);
  });

  const decideAgain = async (decision: string) => {
    const { id } = (await counter.bookedAtProvider())[0]!;
    await fetch(`${counter.mock.url}/vads-payment/visite?id=${id}`, {
      method: "POST",
      body: new URLSearchParams({ decision }),
    });
  };
});

describe("whatever the provider says,", () => {
  const paid = (change: object = {}): PaymentNews => ({
    state: "PAID",
    amount: "120.50",
    paidAt: "2026-11-21T09:00:00Z",
    transaction: "tx-1",
    means: "CARD",
    authorisation: null,
    ...change,
  });

  it.each<[string, PaymentNews, string]>([
    ["another amount", paid({ amount: "120.49" }), "AMOUNT_DIFFERS"],
    ["a multiple of the amount", paid({ amount: "12050.00" }), "AMOUNT_DIFFERS"],
    ["another reference", { state: "DIFFERS", what: "REFERENCE" }, "REFERENCE_DIFFERS"],
    ["another client number", { state: "DIFFERS", what: "SHOP" }, "SHOP_DIFFERS"],
  ])("%s makes nothing PAID and calls a person", async (_what, news, problem) => {
    counter = await openCounter("payfip");
    const started = await counter.start();
    const { id } = await known(started);
    await applyNews(counter.desk, id, news, null);
    expect(await known(started)).toMatchObject({ state: "UNKNOWN", problem });
    expect(problems()).toEqual([problem]);
    expect(counter.paid).toEqual([]);
    counter.advance(day);
    expect(await settle()).toBe(0);
  });

  it("a second movement of money for one payment calls a person", async () => {
    counter = await openCounter("payfip");
    const { id } = await known(await counter.start());
    await applyNews(counter.desk, id, paid(), "e1");
    await applyNews(counter.desk, id, paid({ transaction: "tx-2" }), "e2");
    expect(problems()).toEqual(["PAID_TWICE"]);
    expect(counter.paid).toHaveLength(1);
  });

  it("one movement of money pays one payment, and the other needs a person", async () => {
    counter = await openCounter("payfip");
    const first = await known(await counter.start());
    const second = await counter.start({ idempotencyKey: "key-2" });
    await applyNews(counter.desk, first.id, paid(), "e1");
    await applyNews(counter.desk, (await known(second)).id, paid(), "e2");
    expect(await known(second)).toMatchObject({
      state: "REDIRECTED",
      problem: "TRANSACTION_REUSED",
    });
    expect(counter.paid).toHaveLength(1);
  });

  it("a refusal of what was paid, in the same breath, calls a person and undoes nothing", async () => {
    counter = await openCounter("payfip");
    const started = await counter.start();
    const { id } = await known(started);
    await applyNews(counter.desk, id, paid(), "e1");
    await applyNews(counter.desk, id, { state: "REFUSED", transaction: "tx-1" }, "e2");
    await applyNews(counter.desk, id, { state: "EXPIRED" }, "e3");
    expect(await stateOf(started)).toBe("PAID");
    expect(problems()).toEqual(["REFUSED_AFTER_PAID"]);
  });

  it("a payment of a landlord who is not served here waits for one who serves them", async () => {
    counter = await openCounter("payfip");
    const started = await counter.start();
    const { store, now, desk } = counter;
    const lyraDesk = { ...desk, rules: { ...desk.rules, provider: "lyra" } };
    for (const days of [0, 40]) {
      counter.advance(days * day + 6 * minute);
      expect(await reconcile({ store, desks: new Map(), now })).toBe(0);
      counter.advance(day);
      expect(await reconcile({ store, desks: new Map([["cedre", lyraDesk]]), now })).toBe(1);
    }
    expect(await stateOf(started)).toBe("REDIRECTED");
    expect(await counter.door("/calls")).toMatchObject({ total: 1 });
  });

  it("a landlord's provider that hangs keeps no other landlord's payments waiting", async () => {
    counter = await openCounter("lyra");
    const { desk, provider, store, now } = counter;
    let release = () => {};
    const hanging = new Promise<PaymentNews>((resolve) => {
      release = () => resolve({ state: "WAITING" });
    });
    const deskOf = (landlord: string, ask: () => Promise<PaymentNews>): PaymentDesk => ({
      ...desk,
      landlord,
      provider: { ...provider, ask },
    });
    const frene = deskOf("frene", () => Promise.resolve({ state: "EXPIRED" }));
    for (let i = 0; i < 6; i++) await counter.start({ idempotencyKey: `key-${i}` });
    const started = await startPayment(frene, paymentAsked);
    if (started.outcome === "REFUSED") throw new Error(started.problem);
    counter.advance(6 * minute);
    const desks = new Map([
      ["cedre", deskOf("cedre", () => hanging)],
      ["frene", frene],
    ]);
    const reconciler = startReconciler({ store, desks, now }, desk.log);
    try {
      const standing = () => store.payments.find("frene", started.payment.id);
      await expect.poll(standing).toMatchObject({ state: "EXPIRED" });
    } finally {
      release();
      await reconciler.stop();
    }
  });

  it("a payment of another landlord or provider is none", async () => {
    counter = await openCounter("payfip");
    const started = await counter.start();
    const { providerReference } = await known(started);
    const raw = {
      body: Buffer.from(`idop=${providerReference}`),
      contentType: "application/x-www-form-urlencoded",
      query: "",
    };
    expect(await onNotification({ ...counter.desk, landlord: "frene" }, raw)).toBe("NOT_FOUND");
    expect(await onNotification(counter.desk, raw)).toBe("KEPT");
  });
});

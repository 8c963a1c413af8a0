/** A short ordeal of payments within one process, and that it sees what it is there to see. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Demo } from "../../mocks/demo/start.ts";
import { randomFor } from "../../mocks/world/random.ts";
import { startTestDemo } from "../support/demo.ts";
import { makeAskers } from "./askers.ts";
import { hastyLandlords } from "./landlord-files.ts";
import { moveClock, type MovedClock } from "./moved-clock.ts";
import type { Attempt } from "./payments-attempt.ts";
import { compare, failed, type Books } from "./payments-compare.ts";
import { readBooks, tryPayments, type Tried } from "./payments-drive.ts";
import { troubleBooking } from "./payments-erp-trouble.ts";
import type { PaymentsGround } from "./payments-ground.ts";

/** One of each provider, and a third whose ERP books at once what else waits for the night. */
const landlords = ["aubervilliers", "chartres", "ivry"];

let clock: MovedClock;
let folder: string;
let demo: Demo;
let ground: PaymentsGround;
let tried: Tried;
let books: Books;

beforeAll(async () => {
  clock = moveClock();
  folder = await mkdtemp(join(tmpdir(), "trousseau-payments-"));
  const haste = { deadlineMs: 400, settleMs: 100 };
  const files = await hastyLandlords(join(folder, "landlords"), haste, landlords);
  demo = await startTestDemo({ environment: { TROUSSEAU_LANDLORDS: files } });
  ground = await groundOf(demo);
  tried = await tryPayments(ground, { seed: 5, each: 14, stormMs: 15_000, calmMs: 8_000 });
  books = await readBooks(ground, tried);
});

afterAll(async () => {
  clock?.restore();
  await demo?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function groundOf({ url, gateway, mocks }: Demo): Promise<PaymentsGround> {
  const { providers } = mocks;
  const erps = mocks.erps.filter(({ landlord }) => landlords.includes(landlord));
  const { house } = gateway;
  let aheadMs = 0;
  return {
    urls: [url],
    publicUrl: url,
    erps,
    providers: [
      { provider: "payfip", doorUrl: providers.payfip.doorUrl },
      { provider: "lyra", doorUrl: providers.lyra.doorUrl },
    ],
    askers: await makeAskers(house.store, erps, 4),
    later: async (minutes) => {
      aheadMs += minutes * 60_000;
      clock.set(aheadMs);
      house.payments.wake();
    },
    besides: async (over, count) => {
      const troubles = { over, tooLateMs: 500, count };
      await Promise.all(erps.map((door, i) => troubleBooking(door, randomFor(5, 1, i), troubles)));
    },
    decided: () => {},
    forgedOnTheWay: () => 0,
  };
}

describe("every cent that the provider says is paid", () => {
  it("H-10 is in the ERP once, and nothing else is", () => {
    const { total, lines } = compare(books);
    expect(total).toMatchObject({
      booked: total.paid,
      bookedCents: total.paidCents,
      lost: 0,
      doubled: 0,
      wrong: 0,
      strange: 0,
      forgedAccepted: 0,
      untrue: 0,
      open: 0,
    });
    expect(total.attempts).toBeGreaterThanOrEqual(28);
    expect(total.paid).toBeGreaterThan(5);
    expect(lines.map(({ provider }) => provider)).toEqual(
      expect.arrayContaining(["payfip", "lyra"]),
    );
    expect(failed(compare(books))).toBe(false);
  });

  it("was paid while much went wrong, and somebody lied", () => {
    expect(tried.forger.sent).toBeGreaterThan(5);
    expect([...tried.troubles.keys()].length).toBeGreaterThan(5);
    expect(new Set(tried.attempts.map(({ way }) => way.name)).size).toBeGreaterThan(3);
  });
});

describe("the comparison", () => {
  const failing = (changed: Partial<Books>) => {
    const verdict = compare({ ...books, ...changed });
    expect(failed(verdict)).toBe(true);
    return verdict.total;
  };

  it("sees a payment that was not booked", () => {
    expect(failing({ bookings: books.bookings.slice(1) })).toMatchObject({ lost: 1 });
  });

  it("sees one with another amount, another contract, at another landlord", () => {
    const others = books.bookings.slice(1);
    const booking = books.bookings[0]!;
    const changes = [{ cents: booking.cents + 1 }, { contract: "X" }, { landlord: "nobody" }];
    for (const change of changes) {
      const bookings = [{ ...booking, ...change }, ...others];
      expect(failing({ bookings })).toMatchObject({ wrong: 1 });
    }
  });

  it("sees what was booked without having been paid, and who was believed", () => {
    const paid = new Set(
      books.shown.filter(({ status }) => status === "PAID").map(({ cents }) => cents),
    );
    const unpaid = books.attempts.find(({ cents }) => !paid.has(cents))!;
    const { landlord, contractKey, cents } = unpaid;
    const attempts = books.attempts.map((one) => (one === unpaid ? { ...one, forged: 1 } : one));
    const booking = { landlord, contract: contractKey, cents, transaction: "f".repeat(32) };
    const bookings = [...books.bookings, booking];
    expect(failing({ attempts, bookings })).toMatchObject({ strange: 1, forgedAccepted: 1 });
    expect(failing({ forgedTaken: 1 })).toMatchObject({ forgedAccepted: 1 });
  });

  it("sees what is shown contrary to the provider's word, and what never ends", () => {
    const [one, ...others] = books.shown.filter(({ status }) => status === "PAID");
    const shownAs = (status: string) => [{ ...one!, status }, ...others];
    expect(failing({ shown: shownAs("REFUSED") })).toMatchObject({ untrue: 1 });
    expect(failing({ shown: shownAs("REDIRECTED") })).toMatchObject({ untrue: 1, open: 1 });
  });

  it("sees one key that began two payments", () => {
    const attempts: Attempt[] = books.attempts.map((one, i) =>
      i === 0 ? { ...one, payments: new Set(["a", "b"]) } : one,
    );
    // Whose pages the books are compared by are these very attempts.
    expect(failing({ attempts })).toMatchObject({ doubled: 1 });
  });

  it("does not take an ordeal in which nobody paid for one", () => {
    const nobody = { payfip: [], lyra: [] };
    expect(failed(compare({ ...books, attempts: [], atProvider: nobody, bookings: [] }))).toBe(
      true,
    );
  });

  it("sees a booking that was made anew under another key, as without idempotency", async () => {
    const { store } = demo.gateway.house;
    const paid = books.bookings.find(({ landlord }) => landlord === "aubervilliers")!;
    const asker = ground.askers.find(({ contractKey }) => contractKey === paid.contract)!;
    const { id } = (await store.accounts.byEmail(asker.landlord, asker.email))!;
    const booking = {
      amount: { amount: (paid.cents / 100).toFixed(2), currency: "EUR" },
      paidAt: new Date().toISOString(),
      provider: "PAYFIP",
      providerReference: paid.transaction,
    };
    await store.changes.submit({
      landlord: asker.landlord,
      accountId: id,
      personKey: asker.personKey,
      contractKey: asker.contractKey,
      lane: `contract:${asker.contractKey}`,
      kind: "CARD_PAYMENT",
      idempotencyKey: "once more",
      request: "{}",
      payload: JSON.stringify(booking),
      effectiveBy: null,
    });
    const again = async () => (await readBooks(ground, tried)).bookings.length;
    await expect.poll(again, { timeout: 5_000 }).toBe(books.bookings.length + 1);
    const { total } = compare(await readBooks(ground, tried));
    expect(total).toMatchObject({ doubled: 1, booked: total.paid });
  });
});

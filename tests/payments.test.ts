/** Paying online, from the button to the landlord's books, whatever happens between. */
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Demo } from "../mocks/demo/start.ts";
import {
  beginPayment,
  begunPayment,
  checkoutDoor,
  goBack,
  isBooked,
  paymentOnce,
  payOnPage,
} from "./support/checkout.ts";
import { operation, type Client } from "./support/client.ts";
import { door, money, signedInAs, startTestDemo, type OddityName } from "./support/demo.ts";

const landlords = ["ivry", "chartres", "aubervilliers", "immo-paris", "la-rochelle"] as const;
type LandlordId = (typeof landlords)[number];

let folder: string;
let demo: Demo;
const payers = {} as Record<LandlordId, { front: Client; oddity: OddityName; contractId: string }>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "trousseau-payments-"));
  await cp(new URL("../landlords/", import.meta.url), folder, { recursive: true });
  // Nobody waits here for as long as an ERP may be at work.
  for (const name of await readdir(folder)) {
    const text = await readFile(join(folder, name), "utf8");
    await writeFile(
      join(folder, name),
      text
        .replace(/^( {2}product: .*)$/m, "$1\n  settleMs: 50")
        .replace(/deadlineMs: \d+/, "deadlineMs: 3000"),
    );
  }
  demo = await startTestDemo({ environment: { TROUSSEAU_LANDLORDS: folder } });
  for (const landlord of landlords) {
    const oddity = landlord === "immo-paris" ? "everything" : "threeContracts";
    const front = await signedInAs(demo, landlord, oddity);
    payers[landlord] = { front, oddity, contractId: await payableContract(front) };
  }
});
afterAll(async () => {
  await demo?.stop();
  await rm(folder, { recursive: true, force: true });
});
afterEach(async () => {
  for (const landlord of landlords) await door(demo, landlord).calm();
  for (const landlord of ["la-rochelle", "ivry"]) {
    await checkoutDoor(demo, landlord).notify("prompt");
    await checkoutDoor(demo, landlord).calm();
  }
});

async function payableContract(front: Client): Promise<string> {
  const { data } = await front(
    "{ viewer { contracts(first: 50) { nodes { id status paymentOptions { payable } } } } }",
  );
  type Node = { id: string; status: string; paymentOptions: { payable: boolean } };
  const nodes = data.viewer.contracts.nodes as Node[];
  return nodes.find(({ status, paymentOptions }) => status === "ACTIVE" && paymentOptions.payable)!
    .id;
}

/** What each ERP calls the booking. */
const bookingCall: Record<LandlordId, string> = {
  ivry: "EnregistrerReglement",
  chartres: "enregistrerReglement",
  aubervilliers: "enregistrerReglement",
  "immo-paris": "encaisser",
  "la-rochelle": "EnregistrerReglementCarte",
};

/** Payments of that amount in the ERP's own books. */
async function bookings(landlord: LandlordId, amount: string): Promise<number> {
  const held = await door(demo, landlord).contractsOf(payers[landlord].oddity);
  return held.flatMap(({ payments }) => payments).filter(({ cents }) => money(cents) === amount)
    .length;
}

/** Each payment of these tests has an amount of its own, so that the books tell them apart. */
let euros = 100;
const nextAmount = () => `${(euros += 1)}.37`;

describe.each(landlords)("at %s", (landlord) => {
  test("what is paid is booked in the ERP once, and leaves a ticket", async () => {
    const { front, contractId } = payers[landlord];
    const amount = nextAmount();
    const begun = await begunPayment(front, { contractId, amount });
    expect(begun).toMatchObject({ status: "REDIRECTED", amount: { amount } });
    expect((await goBack(await payOnPage(begun, "payer"))).status).toBe(200);
    const paid = await paymentOnce(front, begun.id, isBooked);
    expect(paid).toMatchObject({ status: "PAID", amount: { amount } });
    expect(await bookings(landlord, amount)).toBe(1);
    const ticket = await fetch(paid.receipt!.url);
    expect(ticket.headers.get("content-type")).toBe("application/pdf");
    const bytes = Buffer.from(await ticket.arrayBuffer()).toString("latin1");
    expect(bytes.startsWith("%PDF-") && bytes.trimEnd().endsWith("%%EOF")).toBe(true);
  });

  test("what is given up is not paid, and not booked", async () => {
    const { front, contractId } = payers[landlord];
    const amount = nextAmount();
    const begun = await begunPayment(front, { contractId, amount });
    await goBack(await payOnPage(begun, "abandonner"));
    const { data } = await front(operation("F26-card-payment"), { id: begun.id });
    expect(data.cardPayment).toMatchObject({ change: null, receipt: null, paidAt: null });
    expect(data.cardPayment.status).not.toBe("PAID");
    expect(await bookings(landlord, amount)).toBe(0);
  });

  test("H-10 a booking whose answer was cut is found, and not made again", async () => {
    const { front, contractId } = payers[landlord];
    const amount = nextAmount();
    const begun = await begunPayment(front, { contractId, amount });
    await checkoutDoor(demo, landlord).notify("late");
    await payOnPage(begun, "payer");
    const before = (await door(demo, landlord).writes()).length;
    await door(demo, landlord).fault({
      kind: "cut-after",
      operation: bookingCall[landlord],
      times: 1,
    });
    await checkoutDoor(demo, landlord).release();
    await paymentOnce(front, begun.id, isBooked);
    expect(await bookings(landlord, amount)).toBe(1);
    expect((await door(demo, landlord).writes()).length).toBe(before + 1);
  });
});

describe("when the ERP cannot book", () => {
  test.each([
    ["la-rochelle", "closed"],
    ["immo-paris", "fault"],
    ["ivry", "cut-before"],
  ] as const)(
    "at %s (%s), the payment is PAID all the same, and booked later, once",
    async (landlord, kind) => {
      const { front, contractId } = payers[landlord];
      const amount = nextAmount();
      const begun = await begunPayment(front, { contractId, amount });
      const operation = bookingCall[landlord];
      await door(demo, landlord).fault({ kind, operation });
      await payOnPage(begun, "payer").then(goBack);
      const paid = await paymentOnce(front, begun.id, ({ status }) => status === "PAID");
      expect(paid.change?.status).not.toBe("APPLIED");
      expect(await bookings(landlord, amount)).toBe(0);
      await door(demo, landlord).calm();
      await paymentOnce(front, begun.id, isBooked);
      expect(await bookings(landlord, amount)).toBe(1);
    },
  );
});

describe("the provider's word", () => {
  test.each(["doubled", "late", "out of order", "none", "forged"])(
    "that comes %s makes one booking, once the provider vouches for it",
    async (mode) => {
      const landlord = "la-rochelle";
      const { front, contractId } = payers[landlord];
      const amount = nextAmount();
      const begun = await begunPayment(front, { contractId, amount });
      await checkoutDoor(demo, landlord).notify(mode);
      await goBack(await payOnPage(begun, "payer"));
      await checkoutDoor(demo, landlord).release();
      await paymentOnce(front, begun.id, isBooked);
      expect(await bookings(landlord, amount)).toBe(1);
    },
  );

  test("reaches us though the person closed the page", async () => {
    const { front, contractId } = payers.ivry;
    const amount = nextAmount();
    const begun = await begunPayment(front, { contractId, amount });
    await payOnPage(begun, "payer");
    await paymentOnce(front, begun.id, isBooked);
    expect(await bookings("ivry", amount)).toBe(1);
  });

  test("of a refusal is no end: another card on the same page is booked", async () => {
    const { front, contractId } = payers.ivry;
    const amount = nextAmount();
    const begun = await begunPayment(front, { contractId, amount });
    await payOnPage(begun, "refuser", "payer");
    await paymentOnce(front, begun.id, isBooked);
    expect(await bookings("ivry", amount)).toBe(1);
  });

  test("H-07 that comes in the wrong order leaves what was paid paid", async () => {
    const { front, contractId } = payers.ivry;
    const amount = nextAmount();
    const begun = await begunPayment(front, { contractId, amount });
    await checkoutDoor(demo, "ivry").notify("out of order");
    await payOnPage(begun, "refuser", "payer");
    await checkoutDoor(demo, "ivry").release();
    await paymentOnce(front, begun.id, isBooked);
    expect(await bookings("ivry", amount)).toBe(1);
  });

  test("H-07 that is forged pays nothing", async () => {
    const { front, contractId } = payers.ivry;
    const amount = nextAmount();
    const begun = await begunPayment(front, { contractId, amount });
    await checkoutDoor(demo, "ivry").notify("forged");
    await payOnPage(begun, "payer");
    const { data } = await front(operation("F26-card-payment"), { id: begun.id });
    expect(data.cardPayment).toMatchObject({ status: "REDIRECTED", change: null });
    expect(await bookings("ivry", amount)).toBe(0);
  });
});

describe("a payment", () => {
  test("H-01 is one for a key, however often and at once it is asked for", async () => {
    const { front, contractId } = payers.chartres;
    const input = { contractId, amount: nextAmount(), idempotencyKey: "twenty-at-once" };
    const all = await Promise.all(Array.from({ length: 20 }, () => beginPayment(front, input)));
    expect(new Set(all.map(({ payment }) => payment!.id)).size).toBe(1);
    const again = await begunPayment(front, { ...input, amount: `${input.amount}0` });
    expect(again.id).toBe(all[0]!.payment!.id);
    // A client that has no answer asks again, as often as it takes: only what is new is limited.
    for (let round = 0; round < 3; round += 1) {
      const repeats = Array.from({ length: 20 }, () => beginPayment(front, input));
      for (const { userErrors } of await Promise.all(repeats)) expect(userErrors).toEqual([]);
    }
    const other = await beginPayment(front, { ...input, amount: "9.99" });
    expect(other.userErrors).toMatchObject([
      { code: "IDEMPOTENCY_KEY_REUSED", field: ["idempotencyKey"] },
    ]);
  });

  test.each([
    ["0", "AMOUNT_INVALID"],
    ["-5.00", "AMOUNT_INVALID"],
    ["12.505", "AMOUNT_INVALID"],
    ["0.99", "AMOUNT_TOO_SMALL"],
    ["10000.01", "AMOUNT_TOO_LARGE"],
  ])("of %s is refused: %s", async (amount, code) => {
    const { front, contractId } = payers["la-rochelle"];
    const { payment, userErrors } = await beginPayment(front, { contractId, amount });
    expect(payment).toBeNull();
    expect(userErrors).toMatchObject([{ code, field: ["amount"] }]);
    expect(userErrors[0].message).not.toMatch(/[{}]/);
  });

  test("of somebody else's is not found, nor is their contract", async () => {
    const { front, contractId } = payers["la-rochelle"];
    const neighbour = await signedInAs(demo, "la-rochelle", "everything");
    const begun = await begunPayment(front, { contractId });
    const looked = await neighbour(operation("F26-card-payment"), { id: begun.id });
    expect(looked.errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
    const { errors } = await beginPayment(neighbour, { contractId });
    expect(errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
    const elsewhere = await payers.ivry.front(operation("F26-card-payment"), { id: begun.id });
    expect(elsewhere.errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
  });

  test("H-10 is told as such when the provider does not answer", async () => {
    const { front, contractId } = payers["la-rochelle"];
    await checkoutDoor(demo, "la-rochelle").fault({ kind: "refuse" });
    const input = { contractId, idempotencyKey: "provider-down" };
    const { userErrors } = await beginPayment(front, input);
    expect(userErrors).toMatchObject([{ code: "PROVIDER_UNAVAILABLE", field: null }]);
    await checkoutDoor(demo, "la-rochelle").calm();
    await begunPayment(front, input);
  });

  test("of the same amount at two landlords at the same time is booked at each", async () => {
    const amount = nextAmount();
    const both = ["la-rochelle", "ivry"] as const;
    await Promise.all(
      both.map(async (landlord) => {
        const { front, contractId } = payers[landlord];
        const begun = await begunPayment(front, { contractId, amount });
        await payOnPage(begun, "payer").then(goBack);
        await paymentOnce(front, begun.id, isBooked);
      }),
    );
    for (const landlord of both) expect(await bookings(landlord, amount)).toBe(1);
  });

  test("is listed, newest first", async () => {
    const { front, contractId } = payers.aubervilliers;
    const begun = await begunPayment(front, { contractId });
    const { data } = await front(operation("F26-card-payments"), { first: 1 });
    const { nodes, pageInfo } = data.viewer.cardPayments;
    expect(nodes).toMatchObject([{ id: begun.id, status: "REDIRECTED" }]);
    expect(pageInfo.hasNextPage).toBe(true);
  });
});

test("the ticket is for whoever asked for its link, and for nobody when nothing was paid", async () => {
  const { front, contractId } = payers.chartres;
  const begun = await begunPayment(front, { contractId, amount: nextAmount() });
  await payOnPage(begun, "payer").then(goBack);
  const paid = await paymentOnce(front, begun.id, isBooked);
  const { url } = paid.receipt!;
  expect((await fetch(url.replace("/receipts/", "/files/"))).status).toBe(404);
  expect((await fetch(url.replace("/chartres/", "/ivry/"))).status).toBe(404);
  expect((await fetch(`${url.slice(0, -4)}AAAA`)).status).toBe(404);
  await front(operation("F06-sign-out"));
  expect((await fetch(url)).status).toBe(404);
});

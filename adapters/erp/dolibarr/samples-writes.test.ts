/** What is sent, beside what a real Dolibarr 22.0.4 was sent and took, and what it then answered. */
import { readFileSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { bankAccountChanges, cardPayments } from "../../ports/billing-changes.ts";
import type { Submission } from "../../ports/changes.ts";
import { personChanges } from "../../ports/identity-changes.ts";
import { serviceRequestCreations } from "../../ports/request-changes.ts";
import { answering, call, connected, dataOf, laboratory, replay } from "./replay.ts";

const erp = replay();
const { use } = await connected({}, laboratory);

const change = <P>(payload: P): Submission<P> => ({
  operationId: randomUUID(),
  personKey: "3",
  contractKey: "1",
  submittedAt: "2026-11-20T21:00:00Z",
  payload,
  open: () => {
    throw new Error("no file belongs to this change");
  },
});

/** The body of a recorded request. */
function taken(name: string): Record<string, unknown> {
  const text = readFileSync(new URL(`fixtures/${name}.http`, import.meta.url), "utf8");
  const request = text.slice(0, text.indexOf("\nHTTP/1.1 "));
  return JSON.parse(request.slice(request.indexOf("\n\n")).trim()) as Record<string, unknown>;
}

function holder() {
  erp.answers("/contacts/3", "contacts-full");
  erp.answers("/contracts/1", "contract-get");
}

function account(...second: string[]) {
  holder();
  erp.answers("/invoices", "invoices-by-tp");
  erp.answers("/invoices/1/payments", "invoice-payments-paid");
  erp.answers("/invoices/2/payments", "invoice-payments-partial", ...second);
  erp.answers("/invoices/3/payments", "invoice-payments-none");
  erp.answers("/setup/dictionary/payment_types", "paytypes");
}

const payment = (amount: string) =>
  change({
    amount: { amount, currency: "EUR" as const },
    paidAt: "2026-11-18T11:06:40Z",
    provider: "LYRA" as const,
    providerReference: "PSP-77",
  });

describe("a payment", () => {
  test("is sent as one was taken, on the invoices that are open, the oldest first", async () => {
    account("pay-refext-list");
    erp.answers("/invoices/paymentsdistributed", "pay-refext");
    const asked = { ...payment("400.00"), operationId: "gw-pay-0001" };
    expect(await use(cardPayments).submit(asked, call())).toEqual({
      state: "APPLIED",
      reference: "15",
    });
    const amounts = {
      "2": { amount: "335.50", multicurrency_amount: "" },
      "3": { amount: "64.50", multicurrency_amount: "" },
    };
    expect(erp.sent).toEqual([
      { ...taken("pay-refext"), arrayofamounts: amounts, datepaye: 1795000000 },
    ]);
  });

  test("that stands there under our reference is not sent again, nor lost sight of", async () => {
    account();
    erp.answers("/invoices/3/payments", "pay-refext-list");
    const asked = { ...payment("4.00"), operationId: "gw-pay-0001" };
    const there = { state: "APPLIED", reference: "15" };
    expect(await use(cardPayments).submit(asked, call())).toEqual(there);
    expect(await use(cardPayments).lookUp(asked, call())).toEqual(there);
    expect(erp.sent).toEqual([]);
    expect(await use(cardPayments).lookUp(payment("4.00"), call())).toEqual({ state: "ABSENT" });
  });

  test("for which somebody else left too little is certainly not applied", async () => {
    account();
    erp.answers("/invoices/paymentsdistributed", "pay-over");
    const submitted = use(cardPayments).submit(payment("4.00"), call());
    await expect(submitted).rejects.toMatchObject({ code: "UNAVAILABLE", notApplied: true });
  });

  test("of more than is left on all invoices is not sent", async () => {
    account();
    const outcome = await use(cardPayments).submit(payment("1071.01"), call());
    expect(outcome).toEqual({ state: "REJECTED", reason: "NOT_POSSIBLE" });
    expect(erp.sent).toEqual([]);
  });
});

describe("a bank account", () => {
  const bank = { iban: "FR7630006000011234567890189", bic: "AGRIFRPP", holder: "DURAND Claire" };

  test("is changed where there is one, in fields that were taken", async () => {
    holder();
    erp.answers("/thirdparties/1/bankaccounts", "bankaccounts-tp");
    erp.answers("/thirdparties/1/bankaccounts/1", "rib-update");
    const outcome = await use(bankAccountChanges).submit(change(bank), call());
    expect(outcome).toEqual({ state: "APPLIED", reference: "1" });
    expect(erp.sent).toEqual([
      { ...taken("rib-update"), label: "Compte de DURAND Claire", proprio: "DURAND Claire" },
    ]);
  });

  test("is made where there is none", async () => {
    holder();
    const path = "/thirdparties/1/bankaccounts";
    erp.answers(path, "bankaccounts-tp-none", answering(dataOf("seed-rib-0")));
    const outcome = await use(bankAccountChanges).submit(change(bank), call());
    expect(outcome).toEqual({ state: "APPLIED", reference: "1" });
    expect(Object.keys(taken("seed-rib-0"))).toEqual(
      expect.arrayContaining(Object.keys(erp.sent[0] as object)),
    );
  });
});

test("personal data are sent in fields that were taken", async () => {
  holder();
  erp.answers("/contacts/3", "contacts-full", "contact-put");
  erp.answers("/thirdparties/1", "thirdparty-put");
  const address = { lines: ["1 rue A"], postalCode: "75011", city: "Paris", country: "FR" };
  const asked = change({ phones: ["+33600000000"], address });
  expect(await use(personChanges).submit(asked, call())).toMatchObject({ state: "APPLIED" });
  expect(erp.sent).toEqual([
    { phone_mobile: "+33600000000", phone_perso: "", phone_pro: "" },
    { address: "1 rue A", zip: "75011", town: "Paris" },
  ]);
});

describe("a ticket", () => {
  const request = change({
    reasonKey: "ISSUE",
    placeKey: null,
    description: "Une fuite",
    availabilities: [],
    contactPhone: null,
    photos: [],
  });
  const track = request.operationId.replaceAll("-", "");

  test("is sent as one was taken, with a reference and a track id of ours", async () => {
    holder();
    erp.answers("/setup/dictionary/ticket_types", "ticket-types");
    erp.answers("/tickets", "ticket-create");
    const outcome = await use(serviceRequestCreations).submit(request, call());
    expect(outcome).toEqual({ state: "APPLIED", reference: "1" });
    const { category_code: _c, severity_code: _s, ...fields } = taken("ticket-create");
    expect(erp.sent).toEqual([
      {
        ...fields,
        subject: "Problème technique",
        message: "Une fuite",
        ref: `TR-${track.toUpperCase()}`,
        track_id: track,
      },
    ]);
  });

  test("that is there already is found by its track id, if it is ours", async () => {
    holder();
    const there = dataOf("ticket-by-track") as object;
    erp.answers("/setup/dictionary/ticket_types", "ticket-types");
    erp.answers("/tickets", "ticket-replay-track");
    erp.answers(
      `/tickets/track_id/${track}`,
      answering({ ...there, track_id: track, fk_contract: "1" }),
      answering({ ...there, track_id: track, fk_contract: "2" }),
    );
    const first = await use(serviceRequestCreations).submit(request, call());
    expect(first).toEqual({ state: "APPLIED", reference: "72" });
    const second = await use(serviceRequestCreations).submit(request, call());
    expect(second).toEqual({ state: "REJECTED", reason: "ALREADY_EXISTS" });
  });
});

/** Accounts and documents, against what a real Dolibarr 22.0.4 answered. */
import { describe, expect, test } from "vitest";
import * as billing from "../../ports/billing.ts";
import { documentContents, rentNotices } from "../../ports/documents.ts";
import { collect } from "../../transport/collect.ts";
import { answering, call, connected, dataOf, laboratory, replay } from "./replay.ts";

const erp = replay();
const { use } = await connected({}, laboratory);
const first = { first: 20, after: null };
const eur = (amount: string) => ({ amount, currency: "EUR" });

/** Its account is the second and third invoice: one paid in part, one not at all. */
function theirContract() {
  erp.answers("/contracts/1", "contract-get");
  erp.answers("/invoices", "invoices-by-tp");
  erp.answers("/invoices/1/payments", "invoice-payments-paid");
  erp.answers("/invoices/2/payments", "invoice-payments-partial");
  erp.answers("/invoices/3/payments", "invoice-payments-none");
}

describe("an account", () => {
  test("owes what is left on the invoices of the contract", async () => {
    theirContract();
    const [found] = await use(billing.balances).ofContracts(["1"], call());
    expect(found).toEqual({ owed: eur("1071.00"), late: true, asOf: "2026-11-20T21:00:00.000Z" });
  });

  test("is put together from invoices and payments, newest first", async () => {
    theirContract();
    const asked = [{ contractKey: "1", ...first }];
    const [page] = await use(billing.accountEntries).ofContracts(asked, call());
    expect(page!.items.map(({ date, label, owed }) => [date, label, owed.amount])).toEqual([
      ["2026-11-01", "Avis d'échéance 11/2026", "735.50"],
      ["2026-10-06", "Virement reçu", "-400.00"],
      ["2026-10-01", "Avis d'échéance 10/2026", "735.50"],
      ["2026-09-04", "Prélèvement automatique", "-735.50"],
      ["2026-09-01", "Avis d'échéance 09/2026", "735.50"],
    ]);
    const [paid] = await use(billing.payments).ofContracts(asked, call());
    expect(paid!.items).toEqual([
      {
        key: "3",
        date: "2026-10-06",
        amount: eur("400.00"),
        method: "TRANSFER",
        status: "RECEIVED",
      },
      {
        key: "2",
        date: "2026-09-04",
        amount: eur("735.50"),
        method: "DIRECT_DEBIT",
        status: "RECEIVED",
      },
    ]);
  });

  test("tells two payments of one reference apart by the line of the bank", async () => {
    theirContract();
    erp.answers("/invoices/2/payments", "pay-refext-list");
    const asked = [{ contractKey: "1", ...first }];
    const [paid] = await use(billing.payments).ofContracts(asked, call());
    expect(paid!.items.map(({ key, amount }) => [key, amount.amount])).toEqual([
      ["16", "4.00"],
      ["15", "4.00"],
      ["2", "735.50"],
    ]);
  });

  test("has bank details, and a mandate where one was used", async () => {
    erp.answers("/contracts/1", "contract-get");
    erp.answers("/thirdparties/1/bankaccounts", "bankaccounts-tp");
    expect(await use(billing.bankAccounts).ofContracts(["1"], call())).toEqual([
      { iban: "FR1420041010050500013M02606", bic: "PSSTFRPPPAR", holder: null },
    ]);
    expect(await use(billing.directDebits).ofContracts(["1"], call())).toEqual([
      { mandateReference: "RUM-2026-0001", day: null, signedOn: null, status: "ACTIVE" },
    ]);
  });

  test("has none where Dolibarr took something that is no IBAN, or has no account", async () => {
    erp.answers("/contracts/1", "contract-get");
    erp.answers("/thirdparties/1/bankaccounts", "rib-list-after", "bankaccounts-tp-none");
    expect(await use(billing.bankAccounts).ofContracts(["1"], call())).toEqual([null]);
    expect(await use(billing.bankAccounts).ofContracts(["1"], call())).toEqual([null]);
  });

  test("has no mandate by the reference alone, which every bank account is given", async () => {
    const [, unused] = dataOf("rib-list-after") as object[];
    erp.answers("/contracts/1", "contract-get");
    erp.answers("/thirdparties/1/bankaccounts", answering([unused]));
    expect(await use(billing.directDebits).ofContracts(["1"], call())).toEqual([null]);
  });
});

describe("a rent notice", () => {
  test("is an invoice, with its lines, on the days on the wall", async () => {
    erp.answers("/invoices/1", "invoice-get");
    const asked = [{ contractKey: "1", key: "1" }];
    const [found] = await use(rentNotices).byKeys(asked, call());
    expect(found).toEqual({
      key: "1",
      contractKey: "1",
      title: "Avis d'échéance 09/2026",
      issuedOn: "2026-09-01",
      period: { from: "2026-09-01", to: "2026-09-28" },
      dueDate: "2026-09-05",
      total: eur("735.50"),
      lines: [
        { label: "Loyer 09/2026", amount: eur("650.00") },
        { label: "Provision sur charges", amount: eur("85.50") },
      ],
    });
    expect(await use(rentNotices).byKeys([{ contractKey: "2", key: "1" }], call())).toEqual([null]);
  });

  test("is listed with the others of its contract", async () => {
    theirContract();
    const [page] = await use(rentNotices).ofContracts([{ contractKey: "1", ...first }], call());
    expect(page!.items.map(({ key, issuedOn }) => [key, issuedOn])).toEqual([
      ["3", "2026-11-01"],
      ["2", "2026-10-01"],
      ["1", "2026-09-01"],
    ]);
  });

  test("has a file, asked for by a path of ours", async () => {
    erp.answers("/invoices/1", "invoice-get");
    erp.answers("/documents/download", "doc-download-invoice");
    const asked = { kind: "RENT_NOTICE", contractKey: "1", key: "1" } as const;
    const { body, ...head } = await use(documentContents).open(asked, call());
    expect(head).toEqual({
      fileName: "FA2609-0001.pdf",
      mediaType: "application/pdf",
      sizeBytes: 9079,
    });
    expect((await collect(body)).length).toBe(9079);
    expect(erp.asked[1]).toContain("original_file=FA2609-0001/FA2609-0001.pdf");
  });

  test("without a file is NOT_FOUND", async () => {
    erp.answers("/invoices/1", "invoice-get");
    erp.answers("/documents/download", "doc-download-missing");
    const asked = { kind: "RENT_NOTICE", contractKey: "1", key: "1" } as const;
    const opened = use(documentContents).open(asked, call());
    await expect(opened).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test.each(["../../conf/conf", "FA/../x", "FA2609..0001", "FA%2f"])(
    "whose reference is %s is never asked for as a file",
    async (ref) => {
      erp.answers("/invoices/1", answering({ ...(dataOf("invoice-get") as object), ref }));
      const asked = { kind: "RENT_NOTICE", contractKey: "1", key: "1" } as const;
      const opened = use(documentContents).open(asked, call());
      await expect(opened).rejects.toMatchObject({ code: "BAD_RESPONSE" });
      expect(erp.asked).toHaveLength(1);
    },
  );
});

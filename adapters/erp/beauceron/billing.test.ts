import { describe, expect, test } from "vitest";
import {
  accountEntries,
  balances,
  bankAccounts,
  BankDetails,
  DirectDebit,
  directDebits,
  payments,
} from "../../ports/billing.ts";
import { call, connected, fixture, replay } from "./replay.ts";

const { answers, paths } = replay();
const contractKey = "0030021269B";
const page = { contractKey, first: 3, after: null };

describe("balances", () => {
  test("of several contracts come in one call; what the landlord owes is negative", async () => {
    const { use } = await connected();
    const keys = ["0030021158B", "0030021195B", "0030021343B", "0030021158B"];
    const found = await use(balances).ofContracts(keys, call());
    expect(found.map((balance) => balance!.owed.amount)).toEqual([
      "1850.73",
      "0.00",
      "-2209.81",
      "1850.73",
    ]);
    expect(found[0]).toEqual({
      owed: { amount: "1850.73", currency: "EUR" },
      late: true,
      asOf: "2026-11-19T20:00:00+01:00",
    });
    expect(paths()).toHaveLength(1);
  });

  test("are null for contracts that beauceron leaves out", async () => {
    answers("/v2/soldes", { status: 204 });
    const { use } = await connected();
    expect(await use(balances).ofContracts(["9999999999B", "x"], call())).toEqual([null, null]);
  });

  test.each([
    ["of another contract", { contrat: "0000000001B" }],
    ["with a sign beside the word for it", { montant: "-3.00" }],
    ["of nothing that is something", { sens: "NUL" }],
    ["with a word nobody knows", { sens: "INCONNU" }],
  ])("%s make the answer unusable", async (_, wrong) => {
    const [solde] = fixture("soldes").body as object[];
    answers("/v2/soldes", { headers: { "x-total-count": "1" }, body: [{ ...solde, ...wrong }] });
    const { use } = await connected();
    await expect(use(balances).ofContracts(["0030021158B"], call())).rejects.toMatchObject({
      code: "BAD_RESPONSE",
    });
  });
});

describe("account entries", () => {
  test("have days of midnights and amounts of cents", async () => {
    const { use } = await connected();
    const [found] = await use(accountEntries).ofContracts([page], call());
    expect(found).toMatchObject({ endCursor: "3", hasNextPage: true, total: 74 });
    expect(found!.items.slice(0, 2)).toEqual([
      {
        key: "EC-14-14074",
        date: "2026-11-10",
        label: "Prélèvement automatique",
        owed: { amount: "-502.05", currency: "EUR" },
        period: null,
      },
      {
        key: "EC-14-14073",
        date: "2026-10-24",
        label: "Avis d’échéance novembre 2026",
        owed: { amount: "502.05", currency: "EUR" },
        period: { from: "2026-11-01", to: "2026-11-30" },
      },
    ]);
  });

  test("for the same page are asked for once, for an unknown contract are none", async () => {
    answers("/v2/contrats/9999999999B/ecritures", fixture("inconnu"));
    const { use } = await connected();
    const other = { ...page, contractKey: "9999999999B" };
    const wrong = { ...page, contractKey: "' or 1=1" };
    const found = await use(accountEntries).ofContracts([page, other, wrong, page], call());
    expect(found.map(({ items }) => items.length)).toEqual([3, 0, 0, 3]);
    expect(paths()).toHaveLength(2);
  });

  test("of another contract make the answer unusable", async () => {
    answers(`/v2/contrats/0000000001B/ecritures`, fixture("ecritures"));
    const { use } = await connected();
    const ask = use(accountEntries).ofContracts([{ ...page, contractKey: "0000000001B" }], call());
    await expect(ask).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });
});

describe("payments", () => {
  test("have ISO days and decimal amounts", async () => {
    const { use } = await connected();
    const [found] = await use(payments).ofContracts([page], call());
    expect(found!.items[0]).toEqual({
      key: "RG-14-14036",
      date: "2026-11-10",
      amount: { amount: "502.05", currency: "EUR" },
      method: "DIRECT_DEBIT",
      status: "RECEIVED",
    });
    expect(found!.hasNextPage).toBe(true);
  });

  test("are an empty page where beauceron says 204", async () => {
    const { use } = await connected();
    const empty = { contractKey: "0030021232B", first: 10, after: null };
    const [found] = await use(payments).ofContracts([empty], call());
    expect(found).toEqual({ items: [], endCursor: null, hasNextPage: false, total: 0 });
  });
});

describe("bank details", () => {
  const keys = ["0030020788B", "0030020825B", "0030020899B"];

  test("have the IBAN as banks write it, however it was typed in", async () => {
    const { use } = await connected();
    const found = await use(bankAccounts).ofContracts([...keys, "x"], call());
    expect(found[0]).toEqual({
      iban: "FR7699450036812002270082154",
      bic: "PEPFFRP0",
      holder: "Jean-François D'Hérouville-L'Œillet",
    });
    for (const details of found.slice(0, 2)) BankDetails.parse(details);
    expect(found.slice(2)).toEqual([null, null]);
    expect(paths()).toHaveLength(1);
  });

  test("may be without BIC and holder", async () => {
    const [details] = fixture("coordonneesBancaires").body as object[];
    const body = [{ ...details, bic: "", titulaire: null }];
    answers("/v2/coordonnees-bancaires", { body, headers: { "x-total-count": "1" } });
    const { use } = await connected();
    const [found] = await use(bankAccounts).ofContracts(["0030020788B"], call());
    expect([found!.bic, found!.holder]).toEqual([null, null]);
  });

  test("of another contract make the answer unusable, and are in no message", async () => {
    answers("/v2/coordonnees-bancaires", fixture("coordonneesBancaires"));
    const { use } = await connected();
    const ask = use(bankAccounts).ofContracts(["0030020788B"], call());
    const error = (await ask.catch((thrown: unknown) => thrown)) as Error;
    expect(error).toMatchObject({ code: "BAD_RESPONSE" });
    expect(error.message).not.toMatch(/9931|Maëlys/);
  });
});

describe("direct debits", () => {
  const keys = ["0030020788B", "0030020825B", "0030020899B"];

  test("are the newest mandate of each contract, wherever it stands in the list", async () => {
    const { use } = await connected();
    const found = await use(directDebits).ofContracts(keys, call());
    expect(found.map((mandate) => mandate?.status ?? null)).toEqual([null, "ACTIVE", "ENDED"]);
    expect(found[1]).toEqual({
      mandateReference: "RUM-000002-20250309",
      day: 6,
      signedOn: "2025-03-09",
      status: "ACTIVE",
    });
    for (const mandate of found.slice(1)) DirectDebit.parse(mandate);
    const recorded = fixture("mandats");
    answers("/v2/mandats", { ...recorded, body: (recorded.body as object[]).toReversed() });
    expect(await use(directDebits).ofContracts(keys, call())).toEqual(found);
  });

  test("of the same day are the one that has not ended", async () => {
    const [, active] = fixture("mandats").body as object[];
    const closed = { ...active, rum: "AUTRE", etat: "CLOS" };
    answers("/v2/mandats", { body: [closed, active], headers: { "x-total-count": "2" } });
    const { use } = await connected();
    const [found] = await use(directDebits).ofContracts(["0030020825B"], call());
    expect(found!.mandateReference).toBe("RUM-000002-20250309");
  });

  test("with a day that is none make the answer unusable", async () => {
    const [mandat] = fixture("mandats").body as object[];
    answers("/v2/mandats", { body: [{ ...mandat, jour: "6 du mois" }] });
    const { use } = await connected();
    const ask = use(directDebits).ofContracts(["0030020825B"], call());
    await expect(ask).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });
});

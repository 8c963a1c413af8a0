import { describe, expect, test } from "vitest";
import {
  accountEntries,
  balances,
  BankDetails,
  bankAccounts,
  directDebits,
  ledgers,
  payments,
} from "../../ports/billing.ts";
import { call, changed, connected, fixture, replay } from "./replay.ts";

const { answers } = replay();
const contract = "BAI-000014";
const path = (segment: string, key = contract) => `/Api/Contrats/${key}/${segment}`;
const page = { contractKey: contract, first: 3, after: null };
const bad = { code: "BAD_RESPONSE" };

/** A recorded record with other values. */
const withValues = (name: string, values: object) =>
  changed(name, (record: object) => ({ ...record, ...values }));

describe("the sign of an amount", () => {
  test.each([
    ["+ 12,00", "-12.00"],
    ["- 12,00", "12.00"],
    ["0,00", "0.00"],
  ])("turns in a balance: %s is owed %s", async (Solde, owed) => {
    answers(path("Solde"), withValues("solde", { Solde }));
    const { use } = await connected();
    const [found] = await use(balances).ofContracts([contract], call());
    expect(found!.owed).toEqual({ amount: owed, currency: "EUR" });
  });

  test("turns in a ledger, and there the tenant comes first", async () => {
    const tenant = (comptes: object[]) => [
      ...comptes,
      { ...comptes[0]!, Id: "CPT-221", Nature: "LOCATAIRE", Solde: "- 5,00", EnRetard: true },
    ];
    answers("/Api/Personnes/P000022/Comptes", changed("comptes", tenant));
    const { use } = await connected();
    const [found] = await use(ledgers).ofPersons(["P000022"], call());
    expect(found!.map(({ kind, balance }) => [kind, balance.owed.amount, balance.late])).toEqual([
      ["TENANT", "5.00", true],
      ["CO_OWNER", "0.00", false],
      ["OWNER", "-3643.13", false],
    ]);
  });

  test("stays in an entry", async () => {
    const [charge, paid] = ["+ 12,00", "- 12,00"];
    const entries = (list: object[]) => [
      { ...list[0], Montant: charge },
      { ...list[1], Montant: paid },
    ];
    answers(path("Ecritures"), changed("ecritures", entries));
    const { use } = await connected();
    const [found] = await use(accountEntries).ofContracts([page], call());
    expect(found!.items.map(({ owed }) => owed.amount)).toEqual(["12.00", "-12.00"]);
  });
});

describe("the date of a balance", () => {
  test.each([
    ["2026-11-20T13:00:00", "2026-11-20T13:00:00+01:00"],
    ["2026-07-01T06:00:00", "2026-07-01T06:00:00+02:00"],
    ["2026-03-29T06:00:00", "2026-03-29T06:00:00+02:00"],
    ["2026-03-28T20:00:00", "2026-03-28T20:00:00+01:00"],
    ["2026-10-25T06:00:00", "2026-10-25T06:00:00+01:00"],
    ["2026-10-24T20:00:00", "2026-10-24T20:00:00+02:00"],
  ])("is when it was published: %s is %s", async (PublieLe, asOf) => {
    const recorded = fixture("solde");
    answers(path("Solde"), { ...recorded, body: { ...(recorded.body as object), PublieLe } });
    const { use } = await connected();
    expect((await use(balances).ofContracts([contract], call()))[0]!.asOf).toBe(asOf);
  });

  test("that cannot be makes the answer unusable", async () => {
    const recorded = fixture("solde");
    for (const PublieLe of ["2026-02-30T13:00:00", "2026-11-20T13:00:00Z", "20/11/2026"]) {
      answers(path("Solde"), { ...recorded, body: { ...(recorded.body as object), PublieLe } });
      const { use } = await connected();
      await expect(use(balances).ofContracts([contract], call())).rejects.toMatchObject(bad);
    }
  });
});

describe("bank details", () => {
  test("lose the spaces of the IBAN", async () => {
    const Iban = "fr76 3000 6000 0112 3456 7890 189";
    answers(path("Rib"), withValues("rib", { Iban, Bic: "AGRIFRPP", Titulaire: "" }));
    const { use } = await connected();
    const [found] = await use(bankAccounts).ofContracts([contract], call());
    expect(BankDetails.parse(found)).toEqual({
      iban: "FR7630006000011234567890189",
      bic: "AGRIFRPP",
      holder: null,
    });
  });

  test("are null where the IBAN is empty", async () => {
    answers(path("Rib"), withValues("rib", { Iban: "", Bic: null, Titulaire: null }));
    const { use } = await connected();
    expect(await use(bankAccounts).ofContracts([contract], call())).toEqual([null]);
  });
});

test("a mandate is null where there never was one", async () => {
  answers(path("Prelevement"), withValues("prelevement", { Mandat: null }));
  const { use } = await connected();
  expect(await use(directDebits).ofContracts([contract], call())).toEqual([null]);
});

test("an entry with half a period has none", async () => {
  const half = (list: object[]) => [{ ...list[0], PeriodeDu: "2026-11-01", PeriodeAu: null }];
  answers(path("Ecritures"), changed("ecritures", half));
  const { use } = await connected();
  const [found] = await use(accountEntries).ofContracts([page], call());
  expect(found!.items[0]!.period).toBeNull();
});

describe("of another contract than the one that was asked for", () => {
  const other = "BAI-000001";
  test.each([
    ["solde", "Solde", balances],
    ["rib", "Rib", bankAccounts],
    ["prelevement", "Prelevement", directDebits],
  ] as const)("%s makes the answer unusable", async (name, segment, port) => {
    answers(path(segment, other), fixture(name));
    const { use } = await connected();
    const reading = use<{ ofContracts(keys: string[], of: ReturnType<typeof call>): unknown }>(
      port,
    );
    await expect(reading.ofContracts([other], call())).rejects.toMatchObject(bad);
  });

  test.each([
    ["ecritures", "Ecritures", accountEntries],
    ["reglements", "Reglements", payments],
  ] as const)("one of the %s makes the answer unusable", async (name, segment, port) => {
    answers(path(segment, other), fixture(name));
    const { use } = await connected();
    const reading = use<{ ofContracts(keys: object[], of: ReturnType<typeof call>): unknown }>(
      port as never,
    );
    const asked = [{ ...page, contractKey: other }];
    await expect(reading.ofContracts(asked, call())).rejects.toMatchObject(bad);
  });

  test("an account of another person makes the answer unusable", async () => {
    answers("/Api/Personnes/P000001/Comptes", fixture("comptes"));
    const { use } = await connected();
    await expect(use(ledgers).ofPersons(["P000001"], call())).rejects.toMatchObject(bad);
  });
});

test("an unknown contract has neither balance nor entries, an unknown person no ledgers", async () => {
  const { use } = await connected();
  expect(await use(balances).ofContracts(["BAI-999999"], call())).toEqual([null]);
  expect(await use(ledgers).ofPersons(["P999999"], call())).toEqual([[]]);
  const [empty] = await use(payments).ofContracts([{ ...page, contractKey: "BAI-999999" }], call());
  expect(empty).toEqual({ items: [], endCursor: null, hasNextPage: false, total: 0 });
});

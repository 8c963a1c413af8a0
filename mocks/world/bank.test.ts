import { describe, expect, it } from "vitest";
import { bankOf, frenchIban, ribKey } from "./bank.ts";
import { debitDaysOf, directDebitOf } from "./direct-debit.ts";
import { randomFor } from "./random.ts";
import { createWorld } from "./world.ts";

/** ISO 13616, by big integers: another way than the generator's. */
const holds = (iban: string) =>
  BigInt(
    (iban.slice(4) + iban.slice(0, 4)).replace(/[A-Z]/g, (letter) => String(parseInt(letter, 36))),
  ) %
    97n ===
  1n;

/** The published table of the RIB key, letter by letter. */
const figures = Object.fromEntries(
  ["AJ", "BKS", "CLT", "DMU", "ENV", "FOW", "GPX", "HQY", "IRZ"].flatMap((letters, i) =>
    letters.split("").map((letter) => [letter, String(i + 1)]),
  ),
);
const ribHolds = (rib: string) =>
  BigInt(rib.replace(/[A-Z]/g, (letter) => figures[letter]!)) % 97n === 0n;

it("computes the check digits and the RIB key of the published examples", () => {
  expect(ribKey("20041", "01005", "0500013M026")).toBe("06");
  expect(frenchIban("20041", "01005", "0500013M026")).toBe("FR1420041010050500013M02606");
  expect(frenchIban("30006", "00001", "12345678901")).toBe("FR7630006000011234567890189");
});

it("gives valid French IBANs and BICs of the right shape", () => {
  const holder = { givenName: "Zoé", surname: "Núñez" };
  const banks = Array.from({ length: 500 }, (_, i) => bankOf(holder, 100, randomFor(1, 0, i))!);
  for (const { iban, bic } of banks) {
    expect(iban).toMatch(/^FR\d{12}[A-Z0-9]{11}\d{2}$/);
    expect(holds(iban)).toBe(true);
    expect(ribHolds(iban.slice(4))).toBe(true);
    if (bic !== null) expect(bic).toMatch(/^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/);
  }
  expect(banks.some(({ iban }) => /[A-Z]/.test(iban.slice(4)))).toBe(true);
  expect(new Set(banks.map(({ bic }) => bic?.length ?? 0))).toEqual(new Set([0, 8, 11]));
  expect(new Set(banks.map((bank) => bank.holder))).toEqual(new Set(["Zoé Núñez", null]));
});

it("knows no bank account where none is wanted", () => {
  const holder = { givenName: "Zoé", surname: "Núñez" };
  expect(bankOf(holder, 0, randomFor(1, 0, 1))).toBeNull();
});

describe.each(["la-rochelle", "chartres", "ivry", "aubervilliers", "immo-paris"])(
  "%s",
  (landlord) => {
    const today = "2026-11-20";
    const { contracts } = createWorld({ landlord, seed: 3, today, people: 400, contracts: 500 });
    const mandates = contracts.flatMap((contract) => contract.directDebit ?? []);

    it("has an active mandate and an IBAN wherever is paid by direct debit, and nowhere else", () => {
      for (const { paymentMethod, directDebit, bank } of contracts) {
        const byDebit = paymentMethod === "DIRECT_DEBIT";
        expect(directDebit?.status === "ACTIVE").toBe(byDebit);
        if (byDebit) expect(bank).not.toBeNull();
      }
      const others = contracts.filter((contract) => contract.paymentMethod !== "DIRECT_DEBIT");
      const never = others.filter((contract) => contract.directDebit === null);
      expect(never.length).toBeGreaterThan(others.length * 0.7);
      expect(mandates.some((mandate) => mandate.status === "ENDED")).toBe(true);
    });

    it("debits on the landlord's days only, on each of them", () => {
      expect(new Set(mandates.map((mandate) => mandate.day))).toEqual(
        new Set(debitDaysOf(landlord)),
      );
    });

    it("names each mandate by a reference of its own that SEPA allows, without the IBAN", () => {
      const references = mandates.map((mandate) => mandate.mandateReference);
      expect(new Set(references).size).toBe(references.length);
      expect(Math.max(...references.map((reference) => reference.length))).toBe(35);
      for (const { directDebit, bank } of contracts) {
        if (!directDebit) continue;
        expect(directDebit.mandateReference).toMatch(/^[A-Za-z0-9+?/:().,' -]{1,35}$/);
        if (bank) expect(directDebit.mandateReference).not.toContain(bank.iban.slice(4, 14));
      }
    });

    it("has mandates signed before today, while there was a contract", () => {
      for (const { directDebit, start } of contracts) {
        if (!directDebit) continue;
        expect(directDebit.signedOn < today).toBe(true);
        if (start < today) expect(directDebit.signedOn >= start).toBe(true);
      }
    });
  },
);

it("debits on the days that the guides for tenants of Chartres and La Rochelle state", () => {
  expect(debitDaysOf("chartres")).toEqual([6, 8, 10, 12, 15]);
  expect(debitDaysOf("la-rochelle")).toEqual([5, 10, 15]);
});

it("gives somebody without direct debit an active mandate never", () => {
  const cheque = { number: 1, paymentMethod: "CHEQUE" as const, start: "2020-01-01" };
  const all = Array.from({ length: 300 }, (_, i) =>
    directDebitOf(cheque, "ivry", "2026-11-19", randomFor(2, 0, i)),
  );
  expect(new Set(all.map((mandate) => mandate?.status))).toEqual(
    new Set([undefined, "ENDED", "SUSPENDED"]),
  );
});

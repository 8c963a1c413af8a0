import * as fc from "fast-check";
import { composeIBAN, getCountrySpecifications } from "ibantools";
import { describe, expect, it } from "vitest";
import { readBankDetails } from "./bank-input.ts";
import { ribKeyFits } from "./rib.ts";

const holder = "Hélène Léger";
const iban = "FR1420041010050500013M02606";
const read = (changes: object) => readBankDetails({ iban, bic: "PSSTFRPPMON", holder, ...changes });
const codes = (changes: object) => {
  const result = read(changes);
  return "faults" in result
    ? result.faults.map(({ code, field }) => `${code} ${field.join(".")}`)
    : [];
};

describe("bank details", () => {
  it.each([
    ["as printed", "FR14 2004 1010 0505 0001 3M02 606"],
    ["in lower case", "fr1420041010050500013m02606"],
    ["with no-break spaces, hyphens and dots", "FR14 2004-1010.0505 0001–3M02 606"],
    ["with the word before", "IBAN: FR14 2004 1010 0505 0001 3M02 606"],
  ])("H-05 are understood %s", (_how, typed) => {
    expect(read({ iban: typed, bic: " psst frpp mon ", holder: `  ${holder} ` })).toEqual({
      details: { iban, bic: "PSSTFRPPMON", holder },
    });
  });

  it("may go without a BIC", () => {
    for (const bic of ["", " ", null, undefined]) {
      expect(read({ bic })).toMatchObject({ details: { bic: null } });
    }
  });

  it.each([
    ["DE89 3704 0044 0532 0130 00"],
    ["GB29 NWBK 6016 1331 9268 19"],
    ["MC58 1122 2000 0101 2345 6789 030"],
    ["BE68 5390 0754 7034"],
    ["NL91 ABNA 0417 1643 00"],
    ["IT60 X054 2811 1010 0000 0123 456"],
    ["MT84 MALT 0110 0001 2345 MTLC AST0 01S"],
    ["CH93 0076 2011 6238 5295 7"],
  ])("may be of another country of the SEPA area: %s", (typed) => {
    expect(codes({ iban: typed })).toEqual([]);
  });

  it("of other countries are refused for that reason", () => {
    expect(codes({ iban: "TR33 0006 1005 1978 6457 8413 26" })).toEqual([
      "IBAN_COUNTRY_NOT_SEPA iban",
    ]);
  });

  it.each([
    [""],
    ["FR"],
    ["FR76"],
    ["💶"],
    [`${iban}0`],
    [iban.slice(0, -1)],
    ["A".repeat(10_000)],
  ])("are refused with an IBAN that is none: %s", (typed) => {
    expect(codes({ iban: typed })).toEqual(["IBAN_INVALID iban"]);
  });

  it("are refused where the IBAN fits and the French key does not", () => {
    const typed = composeIBAN({
      countryCode: "FR",
      bban: "20041010050500013M02607",
    })!;
    expect(ribKeyFits(typed)).toBe(false);
    expect(codes({ iban: typed })).toEqual(["IBAN_INVALID iban"]);
  });

  it.each([["PSSTFRP"], ["PSSTFRPPMO"], ["PSST FR PP MON 1"], ["1234FRPP"], ["PSSTXXPP"], ["💶"]])(
    "are refused with the BIC %s",
    (bic) => {
      expect(codes({ bic })).toEqual(["BIC_INVALID bic"]);
    },
  );

  it("say all that is wrong at once", () => {
    expect(codes({ iban: "FR00", bic: "x", holder: " " })).toEqual([
      "IBAN_INVALID iban",
      "BIC_INVALID bic",
      "REQUIRED holder",
    ]);
    expect(codes({ holder: "x".repeat(71) })).toEqual(["TOO_LONG holder"]);
    expect(codes({ holder: "a\nb" })).toEqual(["INVALID_FORMAT holder"]);
  });
});

/** Accounts of every country of the SEPA area that IBANs are published for, made up. */
const specifications = Object.entries(getCountrySpecifications()).filter(([, { SEPA }]) => SEPA);
const french = fc
  .tuple(
    fc.integer({ min: 0, max: 99_999 }),
    fc.integer({ min: 0, max: 99_999 }),
    fc.stringMatching(/^[0-9A-Z]{11}$/),
  )
  .map(([bank, branch, account]) => {
    const front = `${String(bank).padStart(5, "0")}${String(branch).padStart(5, "0")}${account}`;
    const key = [...Array(97).keys()].map((n) => String(n + 1).padStart(2, "0"));
    const fitting = key.find((each) => ribKeyFits(`FR00${front}${each}`))!;
    return composeIBAN({ countryCode: "FR", bban: front + fitting })!;
  });

describe("an IBAN", () => {
  it("is of one of the countries of the area", () => {
    expect(specifications.map(([country]) => country)).toEqual(
      expect.arrayContaining(["FR", "MC", "DE", "BE", "ES", "IT", "PT", "LU", "CH", "GB"]),
    );
  });

  it("H-05 that is made by the rules is taken, and with any one digit changed refused", () => {
    fc.assert(
      fc.property(
        french,
        fc.nat(),
        fc.integer({ min: 0, max: 9 }).map(String),
        (made, place, digit) => {
          expect(codes({ iban: made })).toEqual([]);
          const at = place % made.length;
          if (made[at] === digit || !/\d/.test(made[at]!)) return;
          expect(codes({ iban: made.slice(0, at) + digit + made.slice(at + 1) })).toHaveLength(1);
        },
      ),
      { numRuns: 5_000 },
    );
  });

  it("H-05 with two neighbours changed about is refused", () => {
    fc.assert(
      fc.property(french, fc.nat(), (made, place) => {
        const at = place % (made.length - 1);
        const [one, other] = [made[at]!, made[at + 1]!];
        if (one === other) return;
        const typed = made.slice(0, at) + other + one + made.slice(at + 2);
        expect(codes({ iban: typed })).toHaveLength(1);
      }),
      { numRuns: 5_000 },
    );
  });
});

import { assert, constantFrom, integer, property, tuple } from "fast-check";
import { describe, expect, test } from "vitest";
import { Amount } from "../../ports/values.ts";
import { euros, Montant, opposite, OptionalText } from "./values.ts";

describe("an amount", () => {
  test.each([
    ["+\u00a03\u202f643,13", "3643.13"],
    ["-\u00a012,00", "-12.00"],
    ["- 12,00", "-12.00"],
    ["\u2212\u00a012,00", "-12.00"],
    ["0,00", "0.00"],
    ["+ 0,00", "0.00"],
    ["- 0,00", "0.00"],
    ["+ 0,05", "0.05"],
    ["+12345,67", "12345.67"],
    ["+\u00a0999\u00a0999\u00a0999,99", "999999999.99"],
    [" + 1 000,00 ", "1000.00"],
  ])("%j is %s", (text, amount) => {
    expect(Montant.parse(text)).toBe(amount);
  });

  test.each([
    "3 643,13",
    "12,00",
    "+ 3643.13",
    "+ 3 643,1",
    "+ 3 643,135",
    "+ 36 43,13",
    "+ 3 643",
    "+- 3,00",
    "(3,00)",
    "+ 3,00 €",
    "+ ",
    "",
    "NaN",
    `+ ${"9".repeat(14)},00`,
  ])("%j is refused", (text) => {
    expect(Montant.safeParse(text).success).toBe(false);
  });

  test("of any size and sign comes through to the cent, whatever the spaces", () => {
    const cents = integer({ min: -99_999_999_999, max: 99_999_999_999 });
    const space = constantFrom(" ", "\u00a0", "\u202f", "\u2009");
    const writings = tuple(cents, space, space, constantFrom(true, false));
    assert(
      property(writings, ([value, behindSign, between, grouped]) => {
        const digits = String(Math.abs(value)).padStart(3, "0");
        const whole = digits.slice(0, -2);
        const groups = grouped ? whole.replace(/\B(?=(\d{3})+$)/g, between) : whole;
        const sign = value === 0 ? "" : `${value < 0 ? "-" : "+"}${behindSign}`;
        const amount = Amount.parse(Montant.parse(`${sign}${groups},${digits.slice(-2)}`));
        expect(Math.round(Number(amount.replace(".", "")))).toBe(value);
        expect(Number(opposite(amount).amount.replace(".", ""))).toBe(value === 0 ? 0 : -value);
        expect(opposite(opposite(amount).amount)).toEqual(euros(amount));
      }),
    );
  });
});

test.each([
  ["", null],
  ["  ", null],
  [null, null],
  [" Paris ", "Paris"],
])("the optional text %j is %j", (text, value) => {
  expect(OptionalText.parse(text)).toBe(value);
});

import { assert, bigInt, constantFrom, integer, oneof, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { Amount } from "../../ports/values.ts";
import { momentOnWall } from "../../transport/wall-clock.ts";
import { dayOfMidnight, moneyOfCents, moneyOfText, negated, phoneOf } from "./values.ts";

const paris = "Europe/Paris";
const seconds = (utc: string) => Date.parse(utc) / 1000;

describe("amounts", () => {
  test.each([
    [0, "0.00"],
    [5, "0.05"],
    [-5, "-0.05"],
    [9550, "95.50"],
    [-100, "-1.00"],
    [99_999_999_999_999, "999999999999.99"],
  ])("%i cents are %s", (cents, amount) => {
    expect(moneyOfCents(cents)).toEqual({ amount, currency: "EUR" });
  });

  test.each([
    ["95.50", "95.50"],
    ["-95.5", "-95.50"],
    ["95", "95.00"],
    ["0.00", "0.00"],
    ["-0.00", "0.00"],
    ["007.10", "7.10"],
    ["999999999999.99", "999999999999.99"],
  ])("%s is %s", (text, amount) => {
    expect(moneyOfText(text)).toEqual({ amount, currency: "EUR" });
  });

  test.each(["", "95,50", "1 234.00", "95.505", "1e3", "+4.00", "1000000000000.00", "NaN"])(
    "%j is refused",
    (text) => {
      expect(() => moneyOfText(text)).toThrow(expect.objectContaining({ code: "BAD_RESPONSE" }));
    },
  );

  test.each([0.5, Number.NaN, 2 ** 53, 1e14])("%d cents are refused", (cents) => {
    expect(() => moneyOfCents(cents)).toThrow(expect.objectContaining({ code: "BAD_RESPONSE" }));
  });

  test("of any size and sign come through to the cent, by both ways", () => {
    const cents = bigInt({ min: -(10n ** 14n) + 1n, max: 10n ** 14n - 1n });
    assert(
      property(cents, (value) => {
        const money = moneyOfCents(Number(value));
        expect(BigInt(Amount.parse(money.amount).replace(".", ""))).toBe(value);
        expect(moneyOfText(money.amount)).toEqual(money);
        expect(negated(negated(money))).toEqual(money);
      }),
    );
  });
});

describe("days", () => {
  test.each([
    ["2026-03-28T23:00:00Z", "2026-03-29"],
    ["2026-03-29T22:00:00Z", "2026-03-30"],
    ["2026-10-24T22:00:00Z", "2026-10-25"],
    ["2026-10-25T23:00:00Z", "2026-10-26"],
    ["2026-12-31T23:00:00Z", "2027-01-01"],
    ["1969-12-31T23:00:00Z", "1970-01-01"],
  ])("%s begins %s in Paris, whatever the clock does that day", (utc, day) => {
    expect(dayOfMidnight(seconds(utc), paris)).toBe(day);
  });

  test("every day begins with its midnight, around both changes of the clock too", () => {
    const changes = ["2026-03-29", "2026-10-25"].map((day) => Date.parse(day) / 86_400_000);
    const around = oneof(
      constantFrom(...changes).chain((day) => integer({ min: day - 3, max: day + 3 })),
      integer({ min: 0, max: 30_000 }),
    );
    assert(
      property(around, (number) => {
        const day = new Date(number * 86_400_000).toISOString().slice(0, 10);
        const midnight = Date.parse(momentOnWall(`${day}T00:00:00`, paris)) / 1000;
        // A day of Paris has skipped its midnight in no year since 1970, nor had it twice.
        expect(dayOfMidnight(midnight, paris)).toBe(day);
        expect(() => dayOfMidnight(midnight + 3600, paris)).toThrow(/no midnight/);
        expect(() => dayOfMidnight(midnight - 3600, paris)).toThrow(/no midnight/);
      }),
    );
  });

  test("a day of another zone begins at another time", () => {
    expect(dayOfMidnight(seconds("2026-07-01T04:00:00Z"), "America/Martinique")).toBe("2026-07-01");
  });

  test("what is no midnight is refused: the zone of the settings would be wrong", () => {
    const utcMidnight = seconds("2026-07-01T00:00:00Z");
    expect(() => dayOfMidnight(utcMidnight, paris)).toThrow(/no midnight in Europe\/Paris/);
    expect(() => dayOfMidnight(seconds("2026-06-30T22:00:00Z"), "UTC")).toThrow(/no midnight/);
  });

  test("a number beyond all dates is refused", () => {
    assert(
      property(constantFrom(1e13, -1e13, 0.5, Number.NaN), (value) => {
        expect(() => dayOfMidnight(value, paris)).toThrow(/unreadable date/);
      }),
    );
  });
});

test.each([
  ["02 37 33 33 33", "+33237333333"],
  ["02.61.91.70.04", "+33261917004"],
  ["+33 6 39 98 38 13", "+33639983813"],
  ["0032 2 555 12 12", "+3225551212"],
  ["poste 12", null],
  ["", null],
  [null, null],
])("the phone number %j is %j", (text, phone) => {
  expect(phoneOf(text)).toBe(phone);
});

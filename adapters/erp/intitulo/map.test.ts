import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addressRecord,
  amount,
  compactDay,
  dottedDay,
  negated,
  optionalDottedDay,
  optionalSlashedDay,
  paymentMethod,
  slashedDay,
  wallMoment,
} from "./map.ts";

const euros = (value: string) => ({ amount: value, currency: "EUR" });

describe("An amount", () => {
  it.each([
    ["610,68", "610.68"],
    ["-0,05", "-0.05"],
    ["0,00", "0.00"],
    ["-0,00", "0.00"],
    ["-999999999,99", "-999999999.99"],
    ["999999999,99", "999999999.99"],
    [" 1234,50\n", "1234.50"],
  ])("%j is %s", (written, value) => {
    expect(amount.parse(written)).toEqual(euros(value));
  });

  it.each([
    "",
    "12",
    "12.34",
    "1 234,56",
    "1.234,56",
    "12,3",
    "12,345",
    "+1,00",
    "--1,00",
    "un",
    null,
    5,
  ])("%j is none", (written) => {
    expect(amount.safeParse(written).success).toBe(false);
  });

  it("keeps every cent between minus and plus 999 999 999,99", () => {
    const cents = fc.integer({ min: -99_999_999_999, max: 99_999_999_999 });
    fc.assert(
      fc.property(cents, (value) => {
        const digits = String(Math.abs(value)).padStart(3, "0");
        const text = `${value < 0 ? "-" : ""}${digits.slice(0, -2)},${digits.slice(-2)}`;
        const money = amount.parse(text);
        expect(Number(money.amount.replace(".", ""))).toBe(value);
        expect(money.amount).toMatch(/^-?\d+\.\d\d$/);
        expect(negated(negated(money))).toEqual(money);
        expect(Number(negated(money).amount.replace(".", "")) + value).toBe(0);
      }),
    );
  });

  it("of nothing has no sign in the column of credits either", () => {
    expect(negated(euros("0.00") as never)).toEqual(euros("0.00"));
  });
});

describe("A day", () => {
  const days = fc
    .date({ min: new Date("1900-01-01"), max: new Date("2199-12-31"), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));

  it("is the same in each of the three ways to write it", () => {
    fc.assert(
      fc.property(days, (day) => {
        const [year, month, of] = day.split("-");
        expect(slashedDay.parse(`${of}/${month}/${year}`)).toBe(day);
        expect(dottedDay.parse(`${of}.${month}.${year}`)).toBe(day);
        expect(compactDay.parse(`${year}${month}${of}`)).toBe(day);
      }),
    );
  });

  it("keeps to the way of its field, and to the calendar", () => {
    const wrong = [
      [
        slashedDay,
        ["10.06.2019", "20190610", "2019-06-10", "31/02/2026", "10/06/19", "6/1/2019", ""],
      ],
      [dottedDay, ["10/06/2019", "29.02.2025", ""]],
      [compactDay, ["10062019", "20190631", "2019-06-10", ""]],
    ] as const;
    for (const [shape, texts] of wrong) {
      for (const text of texts) expect(shape.safeParse(text).success, text).toBe(false);
    }
  });

  it("may be missing where it is optional", () => {
    expect([undefined, null, "", " "].map((value) => optionalSlashedDay.parse(value))).toEqual(
      Array(4).fill(null),
    );
    expect(optionalDottedDay.parse("10.06.2019")).toBe("2019-06-10");
    expect(optionalDottedDay.safeParse("10/06/2019").success).toBe(false);
  });
});

describe("A moment", () => {
  it.each([
    ["2026-11-20T03:30:00Z", "2026-11-20T03:30:00+01:00"],
    ["2026-07-20T03:30:00Z", "2026-07-20T03:30:00+02:00"],
    ["2026-03-29T01:59:59Z", "2026-03-29T01:59:59+01:00"],
    ["2026-03-29T02:30:00Z", "2026-03-29T03:30:00+02:00"],
    ["2026-03-29T03:00:00Z", "2026-03-29T03:00:00+02:00"],
    ["2026-10-25T01:59:59Z", "2026-10-25T01:59:59+02:00"],
    ["2026-10-25T02:30:00Z", "2026-10-25T02:30:00+02:00"],
    ["2026-10-25T03:00:00", "2026-10-25T03:00:00+01:00"],
  ])("%s is what the clock in Paris shows: %s", (written, moment) => {
    expect(wallMoment.parse(written)).toBe(moment);
  });

  it.each(["2026-11-20", "20/11/2026 03:30", "2026-11-20T03:30:00+01:00", ""])(
    "is not %j",
    (written) => {
      expect(wallMoment.safeParse(written).success).toBe(false);
    },
  );
});

it("A mode of payment that Intitulo does not have is refused", () => {
  expect(paymentMethod.parse("LIQ")).toBe("OTHER");
  expect(paymentMethod.safeParse("TROC").success).toBe(false);
});

it("An address is French unless it says otherwise", () => {
  const record = {
    ligne: ["10 rue Hémet"],
    code_postal: "93300",
    ville: "Aubervilliers",
    pays: "",
  };
  expect(addressRecord.parse(record)).toEqual({
    lines: ["10 rue Hémet"],
    postalCode: "93300",
    city: "Aubervilliers",
    country: "FR",
  });
  expect(addressRecord.parse({ ...record, pays: "BE" }).country).toBe("BE");
  expect(addressRecord.safeParse({ ...record, ligne: [] }).success).toBe(false);
});

import { assert, bigInt, boolean, constantFrom, date, property } from "fast-check";
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { readRecord } from "../../transport/read-record.ts";
import {
  addressRecord,
  amount,
  day,
  flag,
  momentOf,
  oppositeAmount,
  optionalDay,
  paymentMethod,
} from "./map.ts";

const read = <T extends z.ZodType>(shape: T, value: unknown) => readRecord(shape, value, "Champ");
const bad = expect.objectContaining({ code: "BAD_RESPONSE" });
const refuses = (shape: z.ZodType, value: unknown) => expect(() => read(shape, value)).toThrow(bad);

describe("An amount", () => {
  it.each([
    ["0,00", "0.00"],
    ["-0,00", "0.00"],
    ["0,05-", "-0.05"],
    ["   1 234,56", "1234.56"],
    ["1\u00A0234,56", "1234.56"],
    ["1\u202F234,56", "1234.56"],
    ["-1 234 567,89", "-1234567.89"],
    ["999 999 999,99-", "-999999999.99"],
    ["1234,56", "1234.56"],
    ["550,00-   ", "-550.00"],
  ])("%j is %s", (written, exact) => {
    expect(read(amount, written)).toEqual({ amount: exact, currency: "EUR" });
  });

  it.each([
    "",
    "1 234.56",
    "1,234.56",
    "1 23,45",
    "12 34,56",
    "1,5",
    "1,234",
    "-5,00-",
    "5",
    "- 5,00",
    "+5,00",
    "1e3,00",
    null,
    12.5,
  ])("%j is none", (written) => refuses(amount, written));

  it("keeps every cent, with either space and the minus on either side", () => {
    const most = 99_999_999_999n;
    const space = constantFrom(" ", "\u00A0", "");
    assert(
      property(bigInt({ min: -most, max: most }), space, boolean(), (cents, between, right) => {
        const sign = cents < 0n ? "-" : "";
        const digits = String(cents < 0n ? -cents : cents).padStart(3, "0");
        const [whole, fraction] = [digits.slice(0, -2), digits.slice(-2)];
        const grouped = whole.replace(/\B(?=(\d{3})+$)/g, between);
        const written = right ? `${grouped},${fraction}${sign}` : `${sign}${grouped},${fraction}`;
        const exact = `${whole}.${fraction}`;
        expect(read(amount, written.padStart(14)).amount).toBe(sign + exact);
        const opposite = sign || cents === 0n ? exact : `-${exact}`;
        expect(read(oppositeAmount, written).amount).toBe(opposite);
      }),
    );
  });
});

describe("A day", () => {
  it("is turned round, every day of a century", () => {
    const days = date({
      min: new Date("1950-01-01"),
      max: new Date("2049-12-31"),
      noInvalidDate: true,
    });
    assert(
      property(days, (any) => {
        const iso = any.toISOString().slice(0, 10);
        expect(read(day, iso.split("-").toReversed().join("/"))).toBe(iso);
      }),
    );
  });

  it("is the same on the days when the clocks change", () => {
    for (const [written, iso] of [
      ["29/03/2026", "2026-03-29"],
      ["25/10/2026", "2026-10-25"],
      ["29/02/2024 ", "2024-02-29"],
    ]) {
      expect(read(day, written)).toBe(iso);
    }
  });

  it.each([
    "31/02/2026",
    "29/02/2025",
    "2026-11-20 00:00",
    "20/11/26",
    "1/1/2026",
    "00/00/0000",
    "",
    null,
  ])("is not %j", (written) => refuses(day, written));

  it("may be blank where there need not be one", () => {
    const none = [undefined, null, "", " ".repeat(10)];
    expect(none.map((written) => read(optionalDay, written))).toEqual([null, null, null, null]);
    expect(read(optionalDay, "20/11/2026")).toBe("2026-11-20");
    refuses(optionalDay, "31/11/2026");
  });
});

describe("A moment", () => {
  it.each([
    ["2026-03-28", "22:15", "2026-03-28T22:15:00+01:00"],
    ["2026-03-29", "01:59", "2026-03-29T01:59:00+01:00"],
    ["2026-03-29", "02:30", "2026-03-29T03:30:00+02:00"],
    ["2026-03-29", "03:00", "2026-03-29T03:00:00+02:00"],
    ["2026-03-29", "22:15", "2026-03-29T22:15:00+02:00"],
    ["2026-10-24", "22:15", "2026-10-24T22:15:00+02:00"],
    ["2026-10-25", "01:59", "2026-10-25T01:59:00+02:00"],
    ["2026-10-25", "02:30", "2026-10-25T02:30:00+02:00"],
    ["2026-10-25", "03:00", "2026-10-25T03:00:00+01:00"],
    ["2026-10-25", "22:15", "2026-10-25T22:15:00+01:00"],
  ])("on %s at %s is %s in Paris", (onDay, hour, moment) => {
    expect(momentOf(onDay, hour)).toBe(moment);
  });

  it("is not at 25:00", () => {
    expect(() => momentOf("2026-10-25", "25:00")).toThrow(bad);
  });
});

describe("A flag", () => {
  it("is O or N, in either case", () => {
    expect(["O", "N", "o", " n "].map((value) => read(flag, value))).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  it.each(["", "1", "OUI", "true", null])("is not %j", (value) => refuses(flag, value));
});

describe("A code", () => {
  it("is known, whatever fills its column up", () => {
    expect(read(paymentMethod, "CB    ")).toBe("CARD");
    expect(read(paymentMethod, "ESP   ")).toBe("OTHER");
  });

  it.each(["TROC", "", "constructor", "__proto__", "cb"])("is not %j", (value) => {
    refuses(paymentMethod, value);
  });
});

describe("An address", () => {
  const record = {
    Voie: "Bât. A   \n  \nBP 3 ",
    CodePostal: "94200     ",
    Ville: "Ivry ",
    Pays: "  ",
  };

  it("has its lines in order, without those that are blank", () => {
    expect(read(addressRecord, record)).toEqual({
      lines: ["Bât. A", "BP 3"],
      postalCode: "94200",
      city: "Ivry",
      country: "FR",
    });
  });

  it("is abroad when it says so", () => {
    expect(read(addressRecord, { ...record, Pays: "BE" }).country).toBe("BE");
  });
});

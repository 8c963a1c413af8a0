import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  asMessage,
  Decimal,
  dayOf,
  Fields,
  lesserOf,
  opposite,
  signOf,
  Stamp,
  sumOf,
  Words,
} from "./values.ts";

const cents = fc.bigInt({ min: -(10n ** 13n), max: 10n ** 13n });
const written = (value: bigint) => {
  const digits = String(value < 0n ? -value : value).padStart(3, "0");
  return `${value < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

describe("an amount", () => {
  test("of any size comes through to the cent, with any number of zeros behind", () => {
    fc.assert(
      fc.property(cents, fc.nat(8), (value, zeros) => {
        expect(Decimal.parse(written(value) + "0".repeat(zeros))).toBe(written(value));
      }),
    );
  });

  test("may be a number, as far as a number is exact", () => {
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 11), max: 10 ** 11 }), (value) => {
        expect(Decimal.parse(value / 100)).toBe(written(BigInt(value)));
      }),
    );
  });

  test.each([
    [735.5, "735.50"],
    ["0", "0.00"],
    ["335.5", "335.50"],
    ["-735.50", "-735.50"],
    ["1071", "1071.00"],
  ])("%j is %s", (given, amount) => {
    expect(Decimal.parse(given)).toBe(amount);
  });

  test.each(["", "735,50", "1.005", "0.00000001", "1e3", "NaN", " 1", "+1", ".5", "1.", null])(
    "%j is none",
    (given) => {
      expect(Decimal.safeParse(given).success).toBe(false);
    },
  );

  test("is counted with in whole cents", () => {
    fc.assert(
      fc.property(fc.array(cents, { maxLength: 20 }), cents, (values, other) => {
        const sum = values.reduce((total, value) => total + value, 0n);
        expect(sumOf(values.map(written))).toBe(written(sum));
        expect(opposite(written(other))).toBe(written(-other));
        expect(signOf(written(other))).toBe(other === 0n ? 0 : other < 0n ? -1 : 1);
        expect(lesserOf(written(sum), written(other))).toBe(written(sum < other ? sum : other));
      }),
    );
  });
});

describe("a day", () => {
  test("is that of the wall, whenever the clock is changed", () => {
    const days = fc.integer({ min: 0, max: 36_500 });
    fc.assert(
      fc.property(days, fc.constantFrom(0, 1, 2), (count, hoursAhead) => {
        const day = new Date(count * 86_400_000).toISOString().slice(0, 10);
        const midnight = Date.parse(`${day}T00:00:00Z`) / 1000 - hoursAhead * 3600;
        const zone = ["UTC", "Africa/Lagos", "Africa/Johannesburg"][hoursAhead]!;
        expect(dayOf(midnight, zone)).toBe(day);
      }),
    );
  });

  test.each([
    [1790805600, "2026-10-01"],
    [1767268800, "2026-01-01"],
    [479602800, "1985-03-14"],
    [-1009846800, "1937-12-31"],
  ])("%d is %s in France", (seconds, day) => {
    expect(dayOf(seconds, "Europe/Paris")).toBe(day);
  });

  test("may be missing in three ways", () => {
    expect([null, undefined, ""].map((value) => Stamp.parse(value))).toEqual([null, null, null]);
  });
});

test("text loses tags and has its entities read, and keeps its lines", () => {
  expect(Words.parse("Bonjour,\nune fuite <b>importante</b>")).toBe(
    "Bonjour,\nune fuite importante",
  );
  expect(Words.parse("Jamais contact&eacute;")).toBe("Jamais contacté");
  expect([null, undefined, " ", "<br>"].map((value) => Words.parse(value))).toEqual([
    null,
    null,
    null,
    null,
  ]);
});

test("a message is read back as it was written, whatever looks like HTML in it", () => {
  const word = fc.constantFrom(
    "<b>",
    "</p>",
    "&amp;",
    "&lt;x",
    "a < b",
    "&",
    "<br>",
    "R&D",
    "é",
    "<",
  );
  const lines = fc.array(fc.array(word, { minLength: 1, maxLength: 4 }), { minLength: 1 });
  fc.assert(
    fc.property(lines, (written) => {
      const text = written.map((words) => words.join(" ")).join("\n");
      expect(Words.parse(asMessage(text))).toBe(text);
    }),
  );
  expect(asMessage("L'eau coule & monte.\nVite !")).toBe("L'eau coule & monte.\nVite !");
});

test("an empty object is written as a list", () => {
  expect(Fields.parse([])).toEqual({});
  expect(Fields.parse({ options_lot_ref: "A" })).toEqual({ options_lot_ref: "A" });
  expect(Fields.safeParse(["A"]).success).toBe(false);
});

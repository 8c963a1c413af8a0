import fc from "fast-check";
import { expect, test } from "vitest";
import { exactAmount } from "./amount.ts";

test.each<[boolean, string, string, string]>([
  [false, "1234", "56", "1234.56"],
  [true, "3", "", "-3.00"],
  [false, "007", "5", "7.50"],
  [true, "0", "00", "0.00"],
  [false, "000", "0500", "0.05"],
  [false, "999999999999", "99", "999999999999.99"],
])("a minus %s, %j and %j make %s", (negative, whole, fraction, amount) => {
  expect(exactAmount(negative, whole, fraction)).toBe(amount);
});

test.each([
  ["", "50"],
  ["1", "005"],
  ["1 234", "56"],
  ["1", "5O"],
  ["1234567890123", ""],
])("%j and %j make none", (whole, fraction) => {
  expect(() => exactAmount(false, whole, fraction)).toThrow(
    expect.objectContaining({ code: "BAD_RESPONSE" }),
  );
});

test("every cent is kept", () => {
  const cents = fc.bigInt({ min: -99_999_999_999_999n, max: 99_999_999_999_999n });
  fc.assert(
    fc.property(cents, (value) => {
      const negative = value < 0n;
      const digits = String(negative ? -value : value).padStart(3, "0");
      const amount = exactAmount(negative, digits.slice(0, -2), digits.slice(-2));
      expect(BigInt(amount.replace(".", ""))).toBe(value);
    }),
  );
});

import { describe, expect, it } from "vitest";
import { readReference } from "./reference.ts";

const rules = {
  clean: [
    { pattern: "[.\\-]", replacement: "" },
    { pattern: "^L/?", replacement: "" },
  ],
  accepts: [
    { kind: "CUSTOMER" as const, pattern: "^\\d{7}$" },
    { kind: "CONTRACT" as const, pattern: "^\\d{10}B$" },
  ],
};

describe("a typed reference", () => {
  it.each([
    "1234567",
    "L1234567",
    "L/1234567",
    "l 1234567",
    " 12 34 567 ",
    "1.234.567",
    "１２３４５６７",
    "1234\u00a0567",
  ])("%j is the customer reference 1234567", (typed) => {
    expect(readReference(typed, rules)).toEqual({ kind: "CUSTOMER", reference: "1234567" });
  });
  it("is a contract number where the second pattern fits", () => {
    expect(readReference("0030020788b", rules)).toEqual({
      kind: "CONTRACT",
      reference: "0030020788B",
    });
  });
  it.each([
    "",
    "   ",
    "123456",
    "12345678",
    "LL1234567",
    "1234567; DROP",
    "\u0000",
    "1".repeat(100_000),
  ])("%j is none", (typed) => {
    expect(readReference(typed, rules)).toBeNull();
  });
  it("is none when nothing is left of it, whatever the patterns accept", () => {
    const lax = { clean: [], accepts: [{ kind: "CUSTOMER" as const, pattern: "" }] };
    expect(readReference(" ", lax)).toBeNull();
  });
  it("is none when it grows under way", () => {
    const all = { clean: [], accepts: [{ kind: "CUSTOMER" as const, pattern: "." }] };
    expect(readReference("\ufdfa".repeat(8), all)).toBeNull();
    const twice = { pattern: "(.+)", replacement: "$1$1" };
    expect(readReference("A", { ...all, clean: [twice] })?.reference).toBe("AA");
    expect(
      readReference("A", { ...all, clean: Array.from({ length: 40 }, () => twice) }),
    ).toBeNull();
  });
  it("does not keep the house busy, whatever the pattern", () => {
    const slow = "^(A+)+$";
    const typed = `${"a".repeat(60)}!`;
    const accepts = [{ kind: "CUSTOMER" as const, pattern: slow }];
    expect(() => readReference(typed, { clean: [], accepts })).toThrow("takes too long");
  });
});

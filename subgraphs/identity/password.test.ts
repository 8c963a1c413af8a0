import { parseOptions } from "@node-rs/argon2";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PasswordRules } from "../kernel/landlord.ts";
import { hashPassword, nobodysHash, passwordFits } from "../kernel/password-hash.ts";
import { passwordFaults, passwordPolicy } from "./password.ts";

const none: PasswordRules = {
  minLength: 1,
  minUpper: 0,
  minLower: 0,
  minDigits: 0,
  minSpecial: 0,
  minClasses: 1,
};
const owner = { email: "jeanne.moreau@example.fr", reference: "1234567" };
const codes = (typed: string, rules: Partial<PasswordRules>) =>
  passwordFaults(typed, passwordPolicy({ ...none, ...rules }), owner).map((fault) => fault.code);

describe("the policy of a landlord", () => {
  it.each<[string, Partial<PasswordRules>, number, number]>([
    [
      "upper, lower and digit, 8 long",
      { minLength: 8, minUpper: 1, minLower: 1, minDigits: 1 },
      9,
      53,
    ],
    ["3 of 4 classes, no length", { minClasses: 3 }, 9, 53],
    [
      "upper, digit and special, 8 long",
      { minLength: 8, minUpper: 1, minDigits: 1, minSpecial: 1 },
      9,
      55,
    ],
    ["2 digits and a special, 8 long", { minLength: 8, minDigits: 2, minSpecial: 1 }, 10, 55],
    ["all four classes, 8 long", { minLength: 8, minClasses: 4 }, 8, 53],
    ["no rule at all", {}, 16, 53],
    ["14 long already", { minLength: 14, minClasses: 3 }, 14, 83],
  ])("%s: at least %s", (_name, rules, minLength, entropyBits) => {
    expect(passwordPolicy({ ...none, ...rules })).toMatchObject({ minLength, entropyBits });
  });
  it("is never below 50 bits nor below its own rules", () => {
    const few = fc.integer({ min: 0, max: 4 });
    const rules = fc.record({
      minLength: fc.integer({ min: 1, max: 64 }),
      minUpper: few,
      minLower: few,
      minDigits: few,
      minSpecial: few,
      minClasses: fc.integer({ min: 1, max: 4 }),
    });
    fc.assert(
      fc.property(rules, (any) => {
        const policy = passwordPolicy(any);
        expect(policy.entropyBits).toBeGreaterThanOrEqual(50);
        expect(policy.minLength).toBeGreaterThanOrEqual(any.minLength);
      }),
    );
  });
});

describe("a password", () => {
  const strict = { minLength: 10, minUpper: 1, minLower: 1, minDigits: 2, minSpecial: 1 };

  it("is acceptable when all rules hold", () => {
    expect(codes("Tr0ub4dor&3", strict)).toEqual([]);
    expect(codes("ÉTÉ à 2 h 45 !", strict)).toEqual([]);
  });
  it("is told all that it lacks at once", () => {
    expect(codes("abc", strict)).toEqual([
      "PASSWORD_TOO_SHORT",
      "PASSWORD_NEEDS_UPPER",
      "PASSWORD_NEEDS_DIGIT",
      "PASSWORD_NEEDS_SPECIAL",
    ]);
    expect(codes("ABCDEFGHIJ", { minLower: 1 })).toContain("PASSWORD_NEEDS_LOWER");
  });
  it("is told how many classes are asked for", () => {
    expect(
      passwordFaults("abcdefghijkl", passwordPolicy({ ...none, minClasses: 3 }), owner),
    ).toEqual([{ code: "PASSWORD_NEEDS_MORE_CLASSES", count: 3 }]);
  });
  it("may be 200 characters long, and not 201", () => {
    expect(codes("é".repeat(200), {})).toEqual([]);
    expect(codes("é".repeat(201), {})).toEqual(["PASSWORD_TOO_LONG"]);
    expect(codes("x".repeat(1_000_000), strict)).toEqual(["PASSWORD_TOO_LONG"]);
  });
  it("A-16 counts an emoji as one character", () => {
    expect(codes("😀".repeat(15), {})).toEqual(["PASSWORD_TOO_SHORT"]);
    expect(codes("😀".repeat(16), {})).toEqual([]);
  });
  it.each(["\u0000", "\n", "\u007f", "\ud800"])("A-16 holds no %j", (character) => {
    expect(codes(`longue phrase ${character} de passe`, {})).toEqual([
      "PASSWORD_CHARACTER_NOT_ALLOWED",
    ]);
  });
  it("holds neither the e-mail's local part nor the reference", () => {
    expect(codes("Mon JEANNE.Moreau 75!", {})).toEqual(["PASSWORD_CONTAINS_EMAIL"]);
    expect(codes("Mon contrat 1234567 !", {})).toEqual(["PASSWORD_CONTAINS_REFERENCE"]);
  });
  it("may hold a local part too short to mean anything", () => {
    const policy = passwordPolicy(none);
    expect(passwordFaults("une phrase de passe", policy, { email: "a@example.fr" })).toEqual([]);
  });
});

describe("a hash", () => {
  it("is Argon2id at the recommended cost, and never twice the same", async () => {
    const [first, second] = await Promise.all([hashPassword("secret"), hashPassword("secret")]);
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(first).not.toBe(second);
  });
  it("fits its password and no other", async () => {
    const made = await hashPassword("Élan vital 2026");
    expect(await passwordFits("Élan vital 2026", made)).toBe(true);
    expect(await passwordFits("Élan vital 2027", made)).toBe(false);
    expect(await passwordFits("", made)).toBe(false);
  });
  it("fits however the keyboard composed accents and spaces", async () => {
    const made = await hashPassword("Élan vital");
    expect(await passwordFits("E\u0301lan\u00a0vital", made)).toBe(true);
  });
  it("A-16 tells characters apart that only look alike", async () => {
    expect(await passwordFits("ﬁn²", await hashPassword("fin2"))).toBe(false);
  });
  it("A-16 is of the whole password, however long", async () => {
    const long = "a".repeat(199);
    const made = await hashPassword(`${long}1`);
    expect(await passwordFits(`${long}2`, made)).toBe(false);
    expect(await passwordFits(long.slice(0, 72), made)).toBe(false);
  });
  it("A-16 is not even tried for what no policy accepts", async () => {
    expect(await passwordFits("x".repeat(1_000_000), nobodysHash)).toBe(false);
    expect(await passwordFits("\ud800", await hashPassword("\ufffd"))).toBe(false);
  });
  it("A-02 of nobody costs as much as a real one", async () => {
    expect(parseOptions(nobodysHash)).toEqual(parseOptions(await hashPassword("secret")));
    expect(await passwordFits("secret", nobodysHash)).toBe(false);
  });
});

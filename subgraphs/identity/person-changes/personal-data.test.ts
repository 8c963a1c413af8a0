import { describe, expect, test } from "vitest";
import { personFields, type PersonField } from "../../kernel/form-rules.ts";
import { readPersonalData, type TypedPersonalData } from "./personal-data.ts";

const rulesOf = (changeable: readonly PersonField[], maxPhones = 3) => ({
  personalData: { changeable: [...changeable], maxPhones },
  addresses: { maxLines: 4, foreign: true },
});
const read = (typed: Partial<TypedPersonalData>, rules = rulesOf(personFields)) =>
  readPersonalData({ personId: "p", idempotencyKey: "k", ...typed }, rules);

/** Code and path of each fault. */
function faultsOf(typed: Partial<TypedPersonalData>, rules = rulesOf(personFields)): string[] {
  const reading = read(typed, rules);
  return "faults" in reading
    ? reading.faults.map(({ code, field }) => `${code} ${field.join(".")}`.trim())
    : [];
}

describe("personal data as typed", () => {
  test("is only what was given", () => {
    const typed = { title: null, surname: " Léger " };
    expect(read(typed)).toEqual({ change: { surname: "Léger" } });
  });

  test("has phones as the telephone network writes them, each once", () => {
    const phones = ["05 46 00 49 94", "+33 (0)5.46.00.49.94", "0044 20 7946 0018"];
    expect(read({ phones })).toEqual({ change: { phones: ["+33546004994", "+442079460018"] } });
  });

  test("may take all phones away", () => {
    expect(read({ phones: [] })).toEqual({ change: { phones: [] } });
  });

  test.each<[string, Partial<TypedPersonalData>, string[]]>([
    ["nothing", {}, ["NOTHING_TO_CHANGE"]],
    ["nothing but nulls", { email: null, phones: null }, ["NOTHING_TO_CHANGE"]],
    ["an empty name", { surname: " " }, ["REQUIRED surname"]],
    ["a name without a letter", { givenName: "-" }, ["INVALID_FORMAT givenName"]],
    ["a long name", { surname: "a".repeat(51) }, ["TOO_LONG surname"]],
    ["an e-mail that is none", { email: "a@b" }, ["INVALID_FORMAT email"]],
    ["a long e-mail", { email: `${"a".repeat(99)}@b.fr` }, ["TOO_LONG email"]],
    ["a phone that is none", { phones: ["0546004994", "12"] }, ["INVALID_FORMAT phones.1"]],
    ["an extension", { phones: ["0546004994 ext. 12"] }, ["INVALID_FORMAT phones.0"]],
    [
      "several things wrong",
      { email: "", phones: ["x"] },
      ["REQUIRED email", "INVALID_FORMAT phones.0"],
    ],
  ])("is refused with %s", (_what, typed, faults) => {
    expect(faultsOf(typed)).toEqual(faults);
  });

  test("is refused where it is not for the person to change, beside what else is wrong", () => {
    const typed = { surname: "Neuf", title: "MR", email: "x" };
    expect(faultsOf(typed, rulesOf(["email"]))).toEqual([
      "NOT_CHANGEABLE title",
      "NOT_CHANGEABLE surname",
      "INVALID_FORMAT email",
    ]);
  });

  test("is refused with more phones than the landlord's system keeps", () => {
    const phones = ["0546004994", "0546004995"];
    expect(faultsOf({ phones })).toEqual([]);
    expect(faultsOf({ phones }, rulesOf(["phones"], 1))).toEqual(["TOO_MANY_PHONES phones"]);
  });
});

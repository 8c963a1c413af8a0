import { describe, expect, test } from "vitest";
import { readAddress, type TypedAddress } from "./address-input.ts";

const typed: TypedAddress = {
  lines: ["2 avenue de Varsovie"],
  postalCode: "17000",
  city: "La Rochelle",
  countryCode: "FR",
};
const anywhere = { maxLines: 4, foreign: true };
const read = (more: Partial<TypedAddress>, rules = anywhere) =>
  readAddress({ ...typed, ...more }, ["address"], rules);

/** Code and path of each fault. */
function faultsOf(more: Partial<TypedAddress>, rules = anywhere): string[] {
  const reading = read(more, rules);
  return "faults" in reading
    ? reading.faults.map(({ code, field }) => `${code} ${field.join(".")}`)
    : [];
}

describe("an address as typed", () => {
  test("loses stray spaces and empty lines", () => {
    const lines = ["  Résidence du Port ", "", "2 avenue de Varsovie"];
    expect(read({ lines, city: " La Rochelle " })).toEqual({
      address: {
        lines: ["Résidence du Port", "2 avenue de Varsovie"],
        postalCode: "17000",
        city: "La Rochelle",
        country: "FR",
      },
    });
  });

  test.each([
    ["FR", " 17 000 ", "17000"],
    ["GB", "sw1a  1aa", "SW1A 1AA"],
  ])("has the postal code of %s as the post writes it", (countryCode, postalCode, written) => {
    expect(read({ countryCode, postalCode })).toMatchObject({ address: { postalCode: written } });
  });

  test.each<[string, Partial<TypedAddress>, string[]]>([
    ["no line", { lines: [" "] }, ["REQUIRED address.lines"]],
    ["a long line", { lines: ["a", "b".repeat(39)] }, ["TOO_LONG address.lines.1"]],
    ["a line that breaks", { lines: ["a\nb"] }, ["INVALID_FORMAT address.lines.0"]],
    ["half a character", { lines: ["\ud800"] }, ["INVALID_FORMAT address.lines.0"]],
    ["too many lines", { lines: ["a", "b", "c", "d", "e"] }, ["TOO_MANY_LINES address.lines"]],
    ["no postal code", { postalCode: " " }, ["REQUIRED address.postalCode"]],
    ["four figures in France", { postalCode: "1700" }, ["INVALID_FORMAT address.postalCode"]],
    ["letters in France", { postalCode: "2A004" }, ["INVALID_FORMAT address.postalCode"]],
    [
      "signs abroad",
      { postalCode: "10_115", countryCode: "DE" },
      ["INVALID_FORMAT address.postalCode"],
    ],
    ["a long city", { city: "c".repeat(33) }, ["TOO_LONG address.city"]],
    [
      "all of it",
      { lines: [], postalCode: "", city: "" },
      ["REQUIRED address.lines", "REQUIRED address.postalCode", "REQUIRED address.city"],
    ],
  ])("is refused with %s", (_what, more, faults) => {
    expect(faultsOf(more)).toEqual(faults);
  });

  test("is refused abroad, or with more lines, where the landlord's system cannot hold it", () => {
    const narrow = { maxLines: 1, foreign: false };
    const more = { lines: ["a", "b"], countryCode: "BE", postalCode: "1000" };
    expect(faultsOf(more)).toEqual([]);
    expect(faultsOf(more, narrow)).toEqual([
      "TOO_MANY_LINES address.lines",
      "ABROAD address.countryCode",
    ]);
  });
});

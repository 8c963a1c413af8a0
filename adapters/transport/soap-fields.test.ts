import { describe, expect, test } from "vitest";
import { z } from "zod";
import { flag, listOf, whole } from "./soap-fields.ts";

describe("fields as XML Schema declares them", () => {
  test.each([
    ["true", true],
    [" 1 ", true],
    ["false", false],
    ["0", false],
    ["oui", undefined],
    ["", undefined],
  ])("a boolean %j", (text, expected) => {
    expect(flag.safeParse(text).data).toBe(expected);
  });

  test.each([
    ["12", 12],
    ["-3", -3],
    ["+4", 4],
    ["1e3", undefined],
    ["12345678901", undefined],
    ["1.5", undefined],
  ])("an int %j", (text, expected) => {
    expect(whole.safeParse(text).data).toBe(expected);
  });

  test.each<[unknown, string[]]>([
    [undefined, []],
    [null, []],
    ["a", ["a"]],
    [
      ["a", "b"],
      ["a", "b"],
    ],
  ])("a list from %j", (given, expected) => {
    const record = given === undefined ? {} : { of: given };
    expect(z.object({ of: listOf(z.string()) }).parse(record)).toEqual({ of: expected });
  });
});

import { expect, test } from "vitest";
import { z } from "zod";
import { codeOf, optionalText, text } from "./fields.ts";

test("optional text is null when it is absent, nil, empty or blank", () => {
  const read = (value: unknown) => optionalText.parse(value);
  expect([undefined, null, "", " \n ", " à l’Œillet "].map(read)).toEqual([
    null,
    null,
    null,
    null,
    "à l’Œillet",
  ]);
});

test.each([[undefined], [null], ["  "], [["twice"]], [{ an: "element" }]])(
  "mandatory text is not %j",
  (value) => {
    expect(text.safeParse(value).success).toBe(false);
  },
);

test("a code stands for what is known of it, and nothing else fits", () => {
  const way = z.object({ mode: codeOf({ PRE: "DIRECT_DEBIT" }) });
  expect(way.parse({ mode: " PRE " })).toEqual({ mode: "DIRECT_DEBIT" });
  for (const mode of ["TROC", "pre", "", "constructor", null]) {
    expect(way.safeParse({ mode }).success, String(mode)).toBe(false);
  }
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseJson } from "./json.ts";

const badResponse = expect.objectContaining({ code: "BAD_RESPONSE" });

test("reads what JSON says", () => {
  const text = ` {"a": [1, -2.50, 0, 1e3, 9007199254740991, -0.0], "b": {"a": "x\\"{,:[1e400"}, "é": null} `;
  expect(parseJson(text)).toEqual({
    a: [1, -2.5, 0, 1000, 9007199254740991, -0],
    b: { a: 'x"{,:[1e400' },
    é: null,
  });
});

test("reads whatever was written from plain values", () => {
  const safe = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.boolean(),
    fc.constant(null),
    fc.integer(),
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      safe,
      fc.array(tie("tree")),
      fc.dictionary(fc.string(), tie("tree")),
    ),
  }));
  fc.assert(
    fc.property(tree, (value) => {
      const text = JSON.stringify(value);
      fc.pre(!text.includes("__proto__"));
      expect(parseJson(text)).toEqual(JSON.parse(text));
    }),
  );
});

const keyed = (count: number) =>
  JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, n])));

describe("E-13 refuses", () => {
  test.each([
    ["text that ends too early", '{"a": [1, 2'],
    ["nothing", ""],
    ["a page", "<html></html>"],
    ["a key twice", '{"a": 1, "b": {"a": 1}, "a": 2}'],
    ["a key twice, once escaped", '{"a": 1, "\\u0061": 2}'],
    ["a key twice in an object of a list", '[{"a": 1}, {"b": {}, "c": [], "b": 1}]'],
    ["the key __proto__", '{"__proto__": {"admin": true}}'],
    ["the key __proto__, escaped", '{"a": [{"\\u005f_proto__": 1}]}'],
    ["65 levels", "[".repeat(65) + "]".repeat(65)],
    ["millions of levels", "[".repeat(2_000_000) + "]".repeat(2_000_000)],
    ["millions of levels that never end", '{"a":'.repeat(1_000_000)],
    ["a number that becomes infinite", "[1e400]"],
    ["a number that becomes zero", "1e-400"],
    ["a number of millions of digits", `[1${"0".repeat(5_000_000)}1]`],
    ["a hundred thousand values", `[${"{},".repeat(60_000)}{}]`],
    ["an object of thousands of keys", keyed(5_001)],
    ["a text that never ends", '{"a": "b\\"'],
    ["a key that is no text", '{"\\x": 1}'],
    ["an integer beyond 2^53", '{"id": 9007199254740993}'],
    ["an integer of 20 digits", "12345678901234567890"],
    ["more than 15 significant digits", '{"a": -0.1234567890123456}'],
    ["a large amount that a float rounds", "99999999999999.99"],
  ])("%s", (_what, text) => {
    expect(() => parseJson(text)).toThrow(badResponse);
  });
});

test.each([
  ["64 levels", "[".repeat(64) + "]".repeat(64)],
  ["fifty thousand values and five thousand keys", `[${"{},".repeat(24_000)}${keyed(5_000)}]`],
  ["15 significant digits", "1234567890123.45"],
  ["zeros that add nothing", "0.10000000000000000000"],
  ["a key and a text that are the same", '{"a": ["a", "a"], "b": "a"}'],
])("takes %s", (_what, text) => {
  expect(parseJson(text)).toEqual(JSON.parse(text));
});

test("an error does not quote the text", () => {
  let caught: unknown;
  try {
    parseJson('{"iban": FR7630006000011234567890189}');
  } catch (error) {
    caught = error;
  }
  expect(caught).toEqual(badResponse);
  expect(JSON.stringify([String(caught), String((caught as Error).cause)])).not.toContain("FR76");
});

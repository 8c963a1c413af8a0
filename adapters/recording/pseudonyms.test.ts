/** What adapters rely on in an ERP's own keys and texts stays so in their replacements. */
import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { collectOriginals, createPseudonyms } from "./pseudonyms.ts";

function replaced(texts: readonly string[]): string[] {
  const originals = collectOriginals();
  for (const text of texts) originals.text(text);
  const pseudonyms = createPseudonyms(randomBytes(32), originals);
  return texts.map((text) => pseudonyms.text(text));
}

test("numbers that are given out one after the other stay in order", () => {
  const high = ["E00010001", "E00010002", "E00010003"];
  const low = ["E00001068", "E00001069", "E00001070"];
  const came = replaced([...high.toReversed(), ...low.toReversed()]);
  const [newHigh, newLow] = [came.slice(0, 3).toReversed(), came.slice(3).toReversed()];
  expect([newHigh.toSorted(), newLow.toSorted()]).toEqual([newHigh, newLow]);
  expect(came.filter((one) => [...high, ...low].includes(one))).toEqual([]);
});

test("more short numbers than there is room for stay different from each other", () => {
  const came = replaced(Array.from({ length: 9 }, (_, n) => `LIEU-0${n + 1}`));
  expect(new Set(came).size).toBe(9);
});

test("signs of HTML that stand as text stay what they are", () => {
  const [came] = replaced(["Martin &amp; Durand &lt; 3"]);
  expect(came).toMatch(/^[A-Z][a-z]{5} &amp; [A-Z][a-z]{5} &lt; \d$/);
});

import { expect, test } from "vitest";
import { DocumentHead } from "./documents.ts";
import { Key, Text } from "./values.ts";

test.each([
  ["controls", "Loyer\u0000\u0007 de\u009b mai", "Loyer de mai"],
  ["marks of direction", "Avis\u202e fdp.exe\u202c \u2066x\u2069", "Avis fdp.exe x"],
  ["halves of characters", "Loyer \ud83d de mai\udfe0", "Loyer  de mai"],
])("%s are left out of a text", (_what, given, read) => {
  expect(Text.parse(given)).toBe(read);
});

test("what a person writes stays in a text as it is", () => {
  const text = "Hélène L’Hôpital 🏠 👩‍👧\n\tפנחס \u200f(1)\r\n«\u00a0oui\u00a0»";
  expect(Text.parse(text)).toBe(text);
});

test("a text of nothing that can be seen is none", () => {
  expect(Text.safeParse("\u0000\u202e ").success).toBe(false);
});

test.each(["", "D\u00001", "D\n1", "\ud800", "x".repeat(201)])("%j is no key", (key) => {
  expect(Key.safeParse(key).success).toBe(false);
});

test.each(["avis\u202efdp.exe", "\ud800.pdf", "a/b.pdf", "a\nb.pdf"])(
  "%j is no name of a file",
  (fileName) => {
    const head = { fileName, mediaType: "application/pdf", sizeBytes: null };
    expect(DocumentHead.safeParse(head).success).toBe(false);
  },
);

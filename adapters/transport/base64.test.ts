import fc from "fast-check";
import { expect, test } from "vitest";
import { createBase64Reader } from "./base64.ts";

function read(...pieces: string[]): string {
  const reader = createBase64Reader();
  const bytes = pieces.map((piece) => reader.read(piece));
  reader.end();
  return Buffer.concat(bytes).toString("latin1");
}

test.each([
  [["UXVpIHZpdmU="], "Qui vive"],
  [["UX", "Vp", "IHZpdmU", "="], "Qui vive"],
  [["UXVp\r\nIHZp\r\n", "\tdmU =\n"], "Qui vive"],
  [["UQ=", "="], "Q"],
  [["UQ==", "\n"], "Q"],
  [[""], ""],
])("%j is %j", (pieces, text) => {
  expect(read(...pieces)).toBe(text);
});

test.each([
  ["ends in the middle", ["UXVpI"]],
  ["has other signs", ["UXVp-_"]],
  ["goes on behind its end", ["UQ==", "UXVp"]],
  ["has its end in the middle", ["UQ==UXVp"]],
  ["has too much of an end", ["UXVp", "===="]],
])("what %s is BAD_RESPONSE", (_what, pieces) => {
  expect(() => read(...pieces)).toThrow(expect.objectContaining({ code: "BAD_RESPONSE" }));
});

test("any bytes come back from any pieces", () => {
  const cuts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), cuts, (bytes, sizes) => {
      const text = Buffer.from(bytes).toString("base64");
      const pieces: string[] = [];
      for (let at = 0, i = 0; at < text.length; i++) {
        const size = sizes[i % sizes.length]!;
        pieces.push(text.slice(at, at + size));
        at += size;
      }
      expect(read(...pieces)).toBe(Buffer.from(bytes).toString("latin1"));
    }),
  );
});

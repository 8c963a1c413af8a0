import { assert, property, uint8Array } from "fast-check";
import { expect, it } from "vitest";
import { inPieces, pdfName, pdfOfBase64 } from "./base64-pdf.ts";

const pdf = (inside: Uint8Array | string) =>
  Buffer.concat([
    Buffer.from("%PDF-1.4\n"),
    Buffer.from(inside as string),
    Buffer.from("\n%%EOF\n"),
  ]);
const bad = expect.objectContaining({ code: "BAD_RESPONSE" });

it("gives every byte, whatever line breaks there are", () => {
  assert(
    property(uint8Array({ maxLength: 400 }), (inside) => {
      const file = pdf(inside);
      const written = file.toString("base64");
      const broken = `\r\n ${written.replace(/(.{76})/g, "$1\r\n")}\n`;
      expect(pdfOfBase64(written, file.length).equals(file)).toBe(true);
      expect(pdfOfBase64(broken, null).equals(file)).toBe(true);
    }),
  );
});

it.each([
  ["no base64", "<html>Connexion</html>", null],
  ["base64 with something in it", `${pdf("x").toString("base64").slice(0, -4)}*AAA`, null],
  ["base64 that was cut", pdf("abcd").toString("base64").slice(0, -1), null],
  ["nothing", "", null],
  ["no PDF", Buffer.from("<html>%%EOF").toString("base64"), null],
  ["a PDF without its end", Buffer.from("%PDF-1.4\nrien").toString("base64"), null],
  [
    "an end too far from the end",
    pdf(`%%EOF${" ".repeat(2000)}`)
      .subarray(0, -8)
      .toString("base64"),
    null,
  ],
  ["a PDF longer than announced", pdf("x").toString("base64"), pdf("x").length - 1],
  ["a PDF shorter than announced", pdf("x").toString("base64"), pdf("x").length + 1],
])("refuses %s", (_, written, size) => {
  expect(() => pdfOfBase64(written, size)).toThrow(bad);
});

it("hands a file on in pieces, each byte once", async () => {
  const bytes = Buffer.from(Array.from({ length: 150_000 }, (_, i) => i % 251));
  const pieces: Uint8Array[] = [];
  for await (const piece of inPieces(bytes)) pieces.push(piece);
  expect(pieces.length).toBeGreaterThan(1);
  expect(Buffer.concat(pieces).equals(bytes)).toBe(true);
});

it("gives a name without paths or control characters", () => {
  expect(pdfName("../../etc/passwd\u0000")).toBe("..-..-etc-passwd-.pdf");
  expect(pdfName("Avis d'échéance.PDF  ".trim())).toBe("Avis d'échéance.pdf");
  expect(pdfName(" .pdf")).toBe("document.pdf");
  expect(pdfName("a".repeat(300))).toHaveLength(154);
});

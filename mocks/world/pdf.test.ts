import { expect, it } from "vitest";
import { pdfOf } from "./pdf.ts";

const latin = (pdf: Buffer) => pdf.toString("latin1");

it("begins and ends as a PDF does", () => {
  const pdf = latin(pdfOf("Avis", ["une ligne"]));
  expect(pdf.startsWith("%PDF-1.4\n")).toBe(true);
  expect(pdf.endsWith("%%EOF\n")).toBe(true);
});

it.each([0, 100_000])(
  "has a cross-reference table that points at each object (padded to %i)",
  (size) => {
    const pdf = latin(pdfOf("Avis", ["une ligne"], size));
    const start = Number(/startxref\n(\d+)\n/.exec(pdf)![1]);
    expect(pdf.slice(start, start + 5)).toBe("xref\n");
    const lines = pdf
      .slice(start)
      .split("\n")
      .filter((line) => line.endsWith(" 00000 n "));
    expect(lines.length).toBeGreaterThanOrEqual(5);
    lines.forEach((line, i) => {
      expect(pdf.slice(Number(line.slice(0, 10))).startsWith(`${i + 1} 0 obj\n`)).toBe(true);
    });
  },
);

it("tells the true length of its content", () => {
  const pdf = latin(pdfOf("Avis", ["une (ligne)"]));
  const [, length, content] = /\/Length (\d+) >>\nstream\n([^]*?)\nendstream/.exec(pdf)!;
  expect(content!.length).toBe(Number(length));
});

it("writes French in WinAnsi, escapes what PDF reserves, shows ? for the rest", () => {
  const pdf = pdfOf("Échéance", ["L’Œillet (1 234,05 €) \\ 漢"]);
  expect(latin(pdf)).toContain("(\xc9ch\xe9ance)");
  expect(latin(pdf)).toContain("(L\x92\x8cillet \\(1 234,05 \x80\\) \\\\ ?)");
});

it("takes letters written as base and accent", () => {
  expect(latin(pdfOf("e\u0301", []))).toContain("(\xe9)");
});

it.each([0, 1000, 5000, 5_000_000])("is at least %i bytes long", (size) => {
  expect(pdfOf("Avis", [], size).length).toBeGreaterThanOrEqual(size);
});

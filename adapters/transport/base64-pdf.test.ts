import { expect, it } from "vitest";
import { pdfName } from "./base64-pdf.ts";

it("is a name without paths or control characters, of some length, for a PDF", () => {
  expect(pdfName("../../etc/passwd\u0000")).toBe("..-..-etc-passwd-.pdf");
  expect(pdfName("Avis d'échéance.PDF")).toBe("Avis d'échéance.pdf");
  expect(pdfName(" .pdf")).toBe("document.pdf");
  expect(pdfName("a".repeat(300))).toHaveLength(154);
});

import { describe, expect, test } from "vitest";
import { pdfBody, pdfName, sizeOf } from "./pdf.ts";

const pdf = Buffer.from("%PDF-1.4\n1 0 obj\nendobj\ntrailer\n%%EOF\n");
const headers = { "content-type": "application/pdf" };

/** A body in chunks of `size` bytes that counts how often it was closed. */
function bodyOf(bytes: Buffer, size = 3) {
  const state = { closed: 0, read: 0 };
  const body: AsyncIterable<Uint8Array> = {
    [Symbol.asyncIterator]: () => {
      let at = 0;
      return {
        next: async () => {
          if (at >= bytes.length) return { done: true, value: undefined };
          const value = bytes.subarray(at, (at += size));
          state.read += value.length;
          return { done: false, value };
        },
        return: async () => {
          state.closed += 1;
          return { done: true, value: undefined };
        },
      };
    },
  };
  return { body, state };
}

async function read(bytes: Buffer, size: number | null, chunk = 3) {
  const chunks = [];
  const body = await pdfBody(headers, bodyOf(bytes, chunk).body, size);
  for await (const part of body) chunks.push(part);
  return Buffer.concat(chunks);
}

const bad = expect.objectContaining({ code: "BAD_RESPONSE" });

describe("G-07 the body of a file", () => {
  test.each([1, 3, 7, 1000])("comes whole in chunks of %i", async (chunk) => {
    expect(await read(pdf, pdf.length, chunk)).toEqual(pdf);
    expect(await read(pdf, null, chunk)).toEqual(pdf);
  });

  test("is refused when it is no PDF, and the exchange closed", async () => {
    const page = bodyOf(Buffer.from("<!doctype html><title>Connexion</title>"));
    await expect(pdfBody(headers, page.body, null)).rejects.toEqual(bad);
    expect(page.state.closed).toBe(1);
    const html = bodyOf(pdf);
    await expect(pdfBody({ "content-type": "text/html" }, html.body, null)).rejects.toEqual(bad);
    expect(html.state.closed).toBe(1);
    await expect(pdfBody(headers, bodyOf(Buffer.alloc(0)).body, null)).rejects.toEqual(bad);
  });

  test("fails when it ends early, late, or in the middle", async () => {
    await expect(read(pdf, pdf.length + 1)).rejects.toThrow(/before its length/);
    await expect(read(pdf, pdf.length - 1)).rejects.toThrow(/longer than its length/);
    await expect(read(pdf.subarray(0, 20), null)).rejects.toThrow(/no end/);
  });

  test("is read no further than its reader goes, then closed", async () => {
    const long = bodyOf(Buffer.concat([pdf, Buffer.alloc(100_000)]), 10);
    for await (const part of await pdfBody(headers, long.body, null)) {
      expect(part.length).toBe(10);
      break;
    }
    expect(long.state).toEqual({ closed: 1, read: 10 });
  });
});

test.each([
  [{ "content-length": "123" }, 123],
  [{ "content-length": "123", "content-encoding": "gzip" }, null],
  [{ "content-length": "0" }, null],
  [{ "content-length": "-1" }, null],
  [{}, null],
])("the size that %j tells is %j", (given, size) => {
  expect(sizeOf(given as Record<string, string>)).toBe(size);
});

test("the name of a PDF has no path or control characters, and some length at most", () => {
  expect(pdfName("../../etc/passwd\u0000")).toBe("..-..-etc-passwd-.pdf");
  expect(pdfName("Avis d'échéance.PDF")).toBe("Avis d'échéance.pdf");
  expect(pdfName("Procès-verbal de l’assemblée")).toBe("Procès-verbal de l’assemblée.pdf");
  expect(pdfName(" .pdf")).toBe("document.pdf");
  expect(pdfName("..")).toBe("document.pdf");
  expect(pdfName("..pdf", "AE-1")).toBe("AE-1.pdf");
  expect(pdfName("a".repeat(300))).toHaveLength(154);
  expect(pdfName("avis\u202efdp.exe")).toBe("avis-fdp.exe.pdf");
  expect(pdfName(`${"a".repeat(149)}🏠`)).toBe(`${"a".repeat(149)}-.pdf`);
});

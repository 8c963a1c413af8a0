import { expect, it } from "vitest";
import { pdfFile, wholeOf } from "../world/pdf.ts";
import { fileBody, filled, hole } from "./file.ts";
import { bytesOf } from "./send.ts";

const answer = (body: ReturnType<typeof filled>) => ({ status: 200, headers: {}, body });
const latin1 = (text: string) => Buffer.from(text, "latin1");

it.each([0, 1000, 70_001, 2_000_000])(
  "puts a file of %i bytes at least into the hole of a text, as base64",
  async (size) => {
    const file = pdfFile("Avis", ["une ligne"], size);
    const text = String(await bytesOf(answer(filled(`<é>${hole}</é>`, file, Buffer.from))));
    const [, written] = /^<é>([\w+/=]*)<\/é>$/.exec(text)!;
    expect(Buffer.from(written!, "base64").equals(wholeOf(file))).toBe(true);
  },
);

it("writes base64 in lines where it is told", async () => {
  const file = pdfFile("Avis", [], 200_000);
  const bytes = await bytesOf(answer(filled(`é${hole}!`, file, latin1, 76)));
  const lines = bytes.toString("latin1").slice(1, -1).split("\n");
  expect(lines.slice(0, -1).every((line) => line.length === 76)).toBe(true);
  expect(lines.at(-1)!.length).toBeLessThanOrEqual(76);
  expect(Buffer.from(lines.join(""), "base64").equals(wholeOf(file))).toBe(true);
});

it("gives a big file in pieces, a small one at once", async () => {
  const big = fileBody(pdfFile("Avis", [], 5_000_000));
  if (typeof big === "string" || Buffer.isBuffer(big)) throw new Error("it is in memory");
  let size = 0;
  for await (const piece of big) {
    expect(piece.length).toBeLessThanOrEqual(65_536);
    size += piece.length;
  }
  expect(size).toBe(5_000_000);
  expect(Buffer.isBuffer(fileBody(pdfFile("Avis", [])))).toBe(true);
});

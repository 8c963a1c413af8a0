import type { World } from "./types.ts";

/** A PDF that is written as it is read: a big one is never in memory as a whole. */
export interface PdfFile {
  readonly size: number;
  /** From the beginning, each time. */
  pieces(): Generator<Buffer>;
}

/** Makes the files of a world's documents, as big as the world says, or as `leastBytes`. */
export type Printer = (title: string, lines: string[], leastBytes?: number) => PdfFile;

export const printerOf =
  (world: World): Printer =>
  (title, lines, leastBytes = 0) =>
    pdfFile(title, lines, Math.max(leastBytes, world.leastFileBytes));

/** The whole file at once. */
export const pdfOf = (title: string, lines: string[], padToBytes = 0): Buffer =>
  wholeOf(pdfFile(title, lines, padToBytes));

export const wholeOf = (file: PdfFile): Buffer => Buffer.concat([...file.pieces()]);

/**
 * A valid one-page PDF 1.4, A4, in Helvetica with WinAnsi encoding: French accents and `€` show,
 * other characters become `?`. `padToBytes` makes the file at least that big.
 */
export function pdfFile(title: string, lines: string[], padToBytes = 0): PdfFile {
  const shown = [
    text(title, 18, 60, 780),
    ...lines.map((line, i) => text(line, 11, 60, 740 - 16 * i)),
  ];
  const content = Buffer.concat(shown);
  const objects = [
    ascii("<< /Type /Catalog /Pages 2 0 R >>"),
    ascii("<< /Type /Pages /Kids [3 0 R] /Count 1 >>"),
    ascii(
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R " +
        "/Resources << /Font << /F1 4 0 R >> >> >>",
    ),
    ascii("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"),
    stream(content),
  ];
  return assemble(objects, padToBytes);
}

/** Bytes, or so many spaces. */
type Part = Buffer | number;

function assemble(objects: Buffer[], padToBytes: number): PdfFile {
  // The second line's four bytes beyond ASCII tell transfer programs that the file is binary.
  const parts: Part[] = [Buffer.from("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", "latin1")];
  let length = sizeOf(parts);
  const offsets: number[] = [];
  const add = (...more: Part[]) => {
    parts.push(...more);
    length += sizeOf(more);
  };
  objects.forEach((object, i) => {
    offsets.push(length);
    add(Buffer.concat([ascii(`${i + 1} 0 obj\n`), object, ascii("\nendobj\n")]));
  });
  const tail = 200 + 20 * (objects.length + 1);
  if (padToBytes > length + tail) {
    offsets.push(length);
    const padding = padToBytes - length - tail;
    add(
      ascii(`${objects.length + 1} 0 obj\n<< /Length ${padding} >>\nstream\n`),
      padding,
      ascii("\nendstream\nendobj\n"),
    );
  }
  const size = offsets.length + 1;
  const xref = [
    "0000000000 65535 f \n",
    ...offsets.map((o) => `${String(o).padStart(10, "0")} 00000 n \n`),
  ];
  const start = length;
  add(ascii(`xref\n0 ${size}\n${xref.join("")}trailer\n<< /Size ${size} /Root 1 0 R >>\n`));
  add(ascii(`startxref\n${start}\n%%EOF\n`));
  const missing = padToBytes - length;
  // A few bytes may be left to fill: white space after %%EOF is allowed.
  if (missing > 0) add(Buffer.alloc(missing, 10));
  return { size: length, pieces: () => piecesOf(parts) };
}

const sizeOf = (parts: readonly Part[]) =>
  parts.reduce<number>((sum, part) => sum + (typeof part === "number" ? part : part.length), 0);

const spaces = Buffer.alloc(65_536, " ");

function* piecesOf(parts: readonly Part[]): Generator<Buffer> {
  for (const part of parts) {
    if (typeof part !== "number") yield part;
    else for (let left = part; left > 0; left -= spaces.length) yield spaces.subarray(0, left);
  }
}

const ascii = (value: string) => Buffer.from(value, "latin1");

const stream = (content: Buffer) =>
  Buffer.concat([
    ascii(`<< /Length ${content.length} >>\nstream\n`),
    content,
    ascii("\nendstream"),
  ]);

function text(value: string, size: number, x: number, y: number): Buffer {
  return Buffer.concat([
    ascii(`BT /F1 ${size} Tf ${x} ${y} Td (`),
    winAnsi(value),
    ascii(") Tj ET\n"),
  ]);
}

/** The characters that WinAnsi has between 0x80 and 0x9F and French needs. */
const beyondLatin1: Record<string, number> = {
  "€": 0x80,
  "…": 0x85,
  Œ: 0x8c,
  "‘": 0x91,
  "’": 0x92,
  "“": 0x93,
  "”": 0x94,
  "–": 0x96,
  "—": 0x97,
  œ: 0x9c,
  Ÿ: 0x9f,
};

function winAnsi(value: string): Buffer {
  const bytes: number[] = [];
  for (const character of value.normalize("NFC")) {
    if ("()\\".includes(character)) bytes.push(0x5c);
    bytes.push(byteOf(character));
  }
  return Buffer.from(bytes);
}

function byteOf(character: string): number {
  const code = character.codePointAt(0)!;
  if (code >= 0x20 && code < 0x7f) return code;
  if (code >= 0xa0 && code <= 0xff) return code;
  return beyondLatin1[character] ?? 0x3f;
}

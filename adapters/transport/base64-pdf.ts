/** A PDF that an ERP sends as base64 inside its answer: whole in memory, so checked as a whole. */
import { PortError } from "../ports/errors.ts";

/** Readers of PDF look for the end mark in the last 1,024 bytes. */
const tailBytes = 1024;

/**
 * The bytes behind `written`, base64 with or without line breaks. `size` is the length that was
 * announced, null where none was. Throws BAD_RESPONSE for what is no base64, no PDF by its first
 * and last bytes, or of another length.
 */
export function pdfOfBase64(written: string, size: number | null): Buffer {
  const text = written.replace(/[ \t\r\n]/g, "");
  const bytes = Buffer.from(text, "base64");
  // Buffer skips what it does not know: only a way there and back tells.
  if (bytes.toString("base64") !== text) throw broken("the file is no base64");
  if (!bytes.subarray(0, 5).equals(Buffer.from("%PDF-"))) throw broken("the file is no PDF");
  if (!bytes.subarray(-tailBytes).includes("%%EOF")) throw broken("the file has no end");
  if (size !== null && bytes.length !== size) throw broken("the file has another length");
  return bytes;
}

const pieceBytes = 65_536;

/** The bytes in pieces, for whoever reads a file as it comes. */
export async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}

/** A name without path, control characters and excess length, that ends in `.pdf`. */
export function pdfName(written: string): string {
  const base = written
    .replace(/[/\\\p{Cc}]/gu, "-")
    .replace(/\.pdf$/i, "")
    .trim();
  return `${base.slice(0, 150) || "document"}.pdf`;
}

const broken = (what: string) => new PortError("BAD_RESPONSE", what);

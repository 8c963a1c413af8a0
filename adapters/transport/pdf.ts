/** A PDF on its way from an ERP: whether it is what it says, looked at while it flows. */
import { PortError } from "../ports/errors.ts";

type Headers = Record<string, string>;

/**
 * A name for a file without path, what cannot be seen and excess length, that ends in `.pdf`;
 * `otherwise` where nothing but dots is left of what was written.
 */
export function pdfName(written: string, otherwise = "document"): string {
  const base = written
    .replace(/\.pdf$/i, "")
    .trim()
    .slice(0, 150)
    .replace(/[/\\\p{Cc}\p{Cf}\p{Cs}]/gu, "-");
  return `${/^\.*$/.test(base) ? otherwise : base}.pdf`;
}

/** Content-Length, or null where it says nothing about the file itself. */
export function sizeOf(headers: Headers): number | null {
  const length = headers["content-length"] ?? "";
  const encoding = headers["content-encoding"] ?? "identity";
  return encoding === "identity" && /^[1-9]\d{0,11}$/.test(length) ? Number(length) : null;
}

/**
 * Reads far enough to see that a PDF comes (BAD_RESPONSE otherwise), then hands the bytes on as
 * they are asked for. The reading fails with BAD_RESPONSE when the end comes too early, too late,
 * or without the mark that ends a PDF. Whoever stops early closes the exchange.
 */
export async function pdfBody(
  headers: Headers,
  body: AsyncIterable<Uint8Array>,
  size: number | null,
): Promise<AsyncIterable<Uint8Array>> {
  const source = body[Symbol.asyncIterator]();
  const head = await headOf(source);
  const type = (headers["content-type"] ?? "").split(";")[0]!.trim().toLowerCase();
  if (type !== "application/pdf" || !head.subarray(0, 5).equals(Buffer.from("%PDF-"))) {
    await source.return?.();
    throw broken("no PDF came");
  }
  return { [Symbol.asyncIterator]: () => checked(head, source, size) };
}

async function headOf(source: AsyncIterator<Uint8Array>): Promise<Buffer> {
  let head = Buffer.alloc(0);
  while (head.length < 5) {
    const { done, value } = await source.next();
    if (done) break;
    head = Buffer.concat([head, value]);
  }
  return head;
}

/** Readers of PDF look for the end mark in the last 1,024 bytes. */
const tailBytes = 1024;

function checked(
  head: Buffer,
  source: AsyncIterator<Uint8Array>,
  size: number | null,
): AsyncIterator<Uint8Array> {
  let waiting: Uint8Array | null = head;
  let total = 0;
  let tail = Buffer.alloc(0);
  const next = async (): Promise<IteratorResult<Uint8Array>> => {
    const step: IteratorResult<Uint8Array> = waiting
      ? { done: false, value: waiting }
      : await source.next();
    waiting = null;
    if (step.done) {
      if (size !== null && total !== size) throw broken("the file ended before its length");
      if (!tail.includes("%%EOF")) throw broken("the file has no end");
      return step;
    }
    total += step.value.length;
    tail = Buffer.concat([tail, step.value.subarray(-tailBytes)]).subarray(-tailBytes);
    if (size === null || total <= size) return step;
    await source.return?.();
    throw broken("the file is longer than its length");
  };
  const close = async (): Promise<IteratorResult<Uint8Array>> => {
    await source.return?.();
    return { done: true, value: undefined };
  };
  return { next, return: close };
}

const broken = (what: string) => new PortError("BAD_RESPONSE", what);

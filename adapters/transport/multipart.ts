import { PortError } from "../ports/errors.ts";

export interface Part {
  /** Names in lower case. */
  readonly headers: Record<string, string>;
  /**
   * Ends where the part ends; throws BAD_RESPONSE when the answer ends before. Leaving the loop
   * closes the source.
   */
  readonly body: AsyncIterable<Uint8Array>;
}

/** The parts of a multipart answer one after the other, none of them kept in memory. */
export interface Multipart {
  /** The next part, or null after the last. What was not read of the part before is skipped. */
  next(): Promise<Part | null>;
  /** Closes the source. */
  abandon(): Promise<void>;
}

const maxHeader = 16 * 1024;
const newLine = Buffer.from("\r\n");

/** The `boundary` of a multipart Content-Type. Throws BAD_RESPONSE where there is none. */
export function boundaryOf(contentType: string): string {
  const [, quoted, bare] = /;\s*boundary\s*=\s*(?:"([^"]+)"|([^\s;",]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? bare;
  if (!boundary || boundary.length > 200) throw refused("has parts, but no boundary");
  return boundary;
}

/** Reads RFC 2046 multipart from a source whose errors pass through as they are. */
export function readMultipart(source: AsyncIterable<Uint8Array>, boundary: string): Multipart {
  const chunks = source[Symbol.asyncIterator]();
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  // A first delimiter without anything before it has no line end of its own.
  let pending: Buffer = newLine;
  let open: AsyncGenerator<Uint8Array> | null = null;

  const pull = async () => {
    const { done, value } = await chunks.next();
    if (done) throw refused("ends in the middle of a part");
    pending = Buffer.concat([pending, value]);
  };

  /** Up to the next delimiter, which is taken away; what cannot be part of it is given at once. */
  async function* upToDelimiter(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const at = pending.indexOf(delimiter);
      const sure = at >= 0 ? at : Math.max(0, pending.length - delimiter.length + 1);
      const piece = pending.subarray(0, sure);
      pending = pending.subarray(at >= 0 ? at + delimiter.length : sure);
      if (piece.length > 0) yield piece;
      if (at >= 0) return;
      await pull();
    }
  }

  const leave = async (): Promise<IteratorResult<Uint8Array>> => {
    await chunks.return?.();
    return { done: true, value: undefined };
  };

  async function headers(): Promise<Record<string, string> | null> {
    while (pending.length < 2) await pull();
    if (pending.toString("latin1", 0, 2) === "--") return null;
    let end: number;
    while ((end = pending.indexOf("\r\n\r\n")) < 0) {
      if (pending.length > maxHeader) throw refused("has a part whose headers do not end");
      await pull();
    }
    const block = pending.toString("latin1", 0, end);
    pending = pending.subarray(end + 4);
    return parseHeaders(block);
  }

  return {
    async next() {
      open ??= upToDelimiter();
      while (!(await open.next()).done);
      const found = await headers();
      if (!found) return null;
      open = upToDelimiter();
      const piece = open;
      const body = { [Symbol.asyncIterator]: () => ({ next: () => piece.next(), return: leave }) };
      return { headers: found, body };
    },
    async abandon() {
      await leave();
    },
  };
}

/** The rest of the delimiter's own line comes first, and may hold nothing but blanks. */
function parseHeaders(block: string): Record<string, string> {
  const [rest, ...lines] = block.replace(/\r\n[ \t]+/g, " ").split("\r\n");
  if (rest?.trim()) throw refused("has a part whose boundary goes on");
  return Object.fromEntries(lines.map(parseHeader));
}

function parseHeader(line: string): [string, string] {
  const colon = line.indexOf(":");
  if (colon < 1) throw refused("has a part with a broken header");
  return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
}

function refused(what: string): PortError {
  return new PortError("BAD_RESPONSE", `An answer that ${what}`);
}

import { Transform, pipeline, type Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { PortError } from "../ports/errors.ts";

export interface ByteLimits {
  /** As they come over the wire. */
  readonly maxBytes: number;
  /** After decompression. */
  readonly maxDecodedBytes: number;
}

/** What we can undo. */
export const acceptEncoding = "gzip, deflate, br";

/** No real answer is packed so well: from here on it is a bomb, and not worth unpacking to its limit. */
const mostTimes = 200;
/** Short answers of blanks may be. */
const neverABombBytes = 512 * 1024;

/**
 * The decoded body of an answer, cut with BAD_RESPONSE when either limit is passed, when it unpacks to
 * more than 200 times what was read of it, or when the
 * `Content-Encoding` is one that we did not ask for. Destroying the result closes the connection.
 */
export function decoded(
  wire: Readable,
  encoding: string | undefined,
  limits: ByteLimits,
): Readable {
  const decoder = decoderFor(encoding ?? "");
  if (decoder === null) {
    wire.destroy();
    throw new PortError("BAD_RESPONSE", "An answer in a content encoding that was not asked for");
  }
  const stages = decoder
    ? [counter(limits.maxBytes), decoder, unpacked(decoder, limits.maxDecodedBytes)]
    : [counter(Math.min(limits.maxBytes, limits.maxDecodedBytes))];
  const last = pipeline([wire, ...stages], () => {}) as unknown as Readable;
  // Somebody may stop reading before the error comes; it must not become an uncaught one.
  last.on("error", () => {});
  return last;
}

/** `bytesWritten`: how much of what came was read to make what went out. */
type Decoder = Transform & { readonly bytesWritten: number };

/** A decoder, undefined where none is needed, null where we have none. */
function decoderFor(encoding: string): Decoder | undefined | null {
  switch (encoding.trim().toLowerCase()) {
    case "":
    case "identity":
      return undefined;
    case "gzip":
    case "x-gzip":
      return createGunzip();
    case "deflate":
      return createInflate();
    case "br":
      return createBrotliDecompress();
    default:
      return null;
  }
}

const unpacked = (decoder: Decoder, max: number): Transform =>
  counter(max, (seen) => seen > neverABombBytes && seen > mostTimes * decoder.bytesWritten);

function counter(max: number, isBomb = (_seen: number) => false): Transform {
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      if (isBomb(seen)) done(new PortError("BAD_RESPONSE", "An answer that unpacks without end"));
      else if (seen > max)
        done(new PortError("BAD_RESPONSE", `An answer of more than ${max} bytes`));
      else done(null, chunk);
    },
  });
}

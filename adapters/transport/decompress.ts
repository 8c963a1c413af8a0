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

/**
 * The decoded body of an answer, cut with BAD_RESPONSE when either limit is passed, or when the
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
    ? [counter(limits.maxBytes), decoder, counter(limits.maxDecodedBytes)]
    : [counter(Math.min(limits.maxBytes, limits.maxDecodedBytes))];
  const last = pipeline([wire, ...stages], () => {}) as unknown as Readable;
  // Somebody may stop reading before the error comes; it must not become an uncaught one.
  last.on("error", () => {});
  return last;
}

/** A decoder, undefined where none is needed, null where we have none. */
function decoderFor(encoding: string): Transform | undefined | null {
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

function counter(max: number): Transform {
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      if (seen > max) done(new PortError("BAD_RESPONSE", `An answer of more than ${max} bytes`));
      else done(null, chunk);
    },
  });
}

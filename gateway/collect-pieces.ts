/**
 * The pieces of a file lie outside V8's heap, which sees no hurry to collect them: twenty downloads
 * leave over 100 MB of pieces that nobody needs any more. So the young ones are collected after
 * every few megabytes, which takes about a millisecond.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Measured: with eight times as much, twenty downloads take over 100 MB. */
const everyBytes = 1024 * 1024;

// A context that is made while the flag is set has the function; no other one gets it.
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as NonNullable<typeof globalThis.gc>;
setFlagsFromString("--no-expose-gc");

/** Of all downloads together. */
let sinceLast = 0;

/** The same pieces. Leaving the loop closes the source. */
export async function* collectingPieces(
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  for await (const piece of body) {
    sinceLast += piece.length;
    if (sinceLast >= everyBytes) {
      sinceLast = 0;
      collect({ type: "minor" });
    }
    yield piece;
  }
}

/**
 * The object streams of a PDF, inflated. They are told by what they hold, not by what is said of
 * them: pairs of numbers first (object, offset). So nothing is hidden by a dictionary that lies.
 */
import { constants, inflateSync } from "node:zlib";
import { Refusal } from "../refusal.ts";

/** In all of one file: objects are text, and few. */
const mostInflated = 16 * 1024 * 1024;
const mostStreams = 50_000;
const startsWithPairs = /^(?:[\s\0]|%[^\r\n]*[\r\n])*\d+[\s\0]+\d+[\s\0]/;

export function* objectStreams(bytes: Buffer): Generator<string> {
  let left = mostInflated;
  let count = 0;
  for (let at = bytes.indexOf("stream"); at !== -1; at = bytes.indexOf("stream", at + 6)) {
    const data = dataAfter(bytes, at + 6);
    if (data) count += 1;
    if (count > mostStreams) throw new Refusal("DAMAGED");
    if (!data || !isZlib(data) || !startsWithPairs.test(beginningOf(data))) continue;
    const text = inflate(data, left);
    left -= text.length;
    yield text;
  }
}

function dataAfter(bytes: Buffer, at: number): Buffer | null {
  if (bytes[at] === 0x0a) return bytes.subarray(at + 1);
  if (bytes[at] !== 0x0d) return null;
  return bytes.subarray(bytes[at + 1] === 0x0a ? at + 2 : at + 1);
}

const isZlib = (data: Buffer) =>
  data.length > 2 && (data[0]! & 15) === 8 && data.readUInt16BE(0) % 31 === 0;

function beginningOf(data: Buffer): string {
  try {
    return inflateSync(data.subarray(0, 512), { finishFlush: constants.Z_SYNC_FLUSH })
      .subarray(0, 512)
      .toString("latin1");
  } catch {
    return "";
  }
}

function inflate(data: Buffer, most: number): string {
  try {
    // What stands behind the stream's own end is not looked at.
    return inflateSync(data, {
      finishFlush: constants.Z_SYNC_FLUSH,
      maxOutputLength: Math.max(1, most),
    }).toString("latin1");
  } catch (cause) {
    throw new Refusal("DAMAGED", { cause });
  }
}

/** Boxes of an ISO media file (HEIC): they stand one after the other, and some hold others. */
import { Refusal } from "../refusal.ts";

export interface Box {
  readonly type: string;
  /** Offsets in the file, of what the box holds. */
  readonly start: number;
  readonly end: number;
}

/** The boxes that fill this part of the file, exactly. */
export function boxesIn(bytes: Buffer, start: number, end: number): Box[] {
  const boxes: Box[] = [];
  let at = start;
  while (at < end) {
    const box = boxAt(bytes, at, end);
    boxes.push(box);
    at = box.end;
  }
  return boxes;
}

function boxAt(bytes: Buffer, at: number, end: number): Box {
  if (at + 8 > end) throw new Refusal("DAMAGED");
  const type = bytes.subarray(at + 4, at + 8).toString("latin1");
  const size = bytes.readUInt32BE(at);
  if (size === 0) return { type, start: at + 8, end };
  const large = size === 1;
  if (large && at + 16 > end) throw new Refusal("DAMAGED");
  const length = large ? Number(bytes.readBigUInt64BE(at + 8)) : size;
  const head = large ? 16 : 8;
  if (length < head || at + length > end) throw new Refusal("DAMAGED");
  return { type, start: at + head, end: at + length };
}

/** Reads numbers one after the other, within a box. */
export function readerOf(bytes: Buffer, { start, end }: Box) {
  let at = start;
  const number = (size: number): number => {
    if (at + size > end) throw new Refusal("DAMAGED");
    let value = 0;
    for (; size > 0; size -= 1, at += 1) value = value * 256 + bytes[at]!;
    return value;
  };
  return {
    number,
    text: (size: number) =>
      Buffer.from(Array.from({ length: size }, () => number(1))).toString("latin1"),
    get at() {
      return at;
    },
  };
}
export type Reader = ReturnType<typeof readerOf>;

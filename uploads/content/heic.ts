/**
 * HEIC. What cameras write beside the picture (place, time, owner) lies in items of its own, which
 * are overwritten with zeros where they stand: which side is up is said elsewhere in this format.
 */
import { Refusal } from "../refusal.ts";
import { boxesIn, readerOf, type Box, type Reader } from "./boxes.ts";
import { checkPixels } from "./limits.ts";

const brands = new Set(["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"]);
/** A film, or another file inside, would need to be understood too. */
const topLevel = new Set(["ftyp", "meta", "mdat", "free", "skip"]);

export function isHeic(bytes: Buffer): boolean {
  if (bytes.length < 16 || bytes.subarray(4, 8).toString("latin1") !== "ftyp") return false;
  return brands.has(bytes.subarray(8, 12).toString("latin1"));
}

export function cleanHeic(original: Buffer): Buffer {
  const bytes = Buffer.from(original);
  const top = boxesIn(bytes, 0, bytes.length);
  if (top.some(({ type }) => !topLevel.has(type))) throw new Refusal("DAMAGED");
  const metas = top.filter(({ type }) => type === "meta");
  if (metas.length !== 1 || !top.some(({ type }) => type === "mdat")) throw new Refusal("DAMAGED");
  const meta = boxesIn(bytes, metas[0]!.start + 4, metas[0]!.end);
  checkSizes(bytes, meta);
  const places = placesOf(bytes, meta);
  for (const id of describingItems(bytes, meta)) {
    const own = places.get(id);
    if (!own) throw new Refusal("DAMAGED");
    for (const { start, end } of own) bytes.fill(0, start, end);
  }
  for (const { start, end } of top.filter(({ type }) => type === "free" || type === "skip")) {
    bytes.fill(0, start, end);
  }
  return bytes;
}

const only = (boxes: readonly Box[], type: string): Box => {
  const found = boxes.filter((box) => box.type === type);
  if (found.length !== 1) throw new Refusal("DAMAGED");
  return found[0]!;
};

function checkSizes(bytes: Buffer, meta: readonly Box[]): void {
  const properties = only(meta, "iprp");
  const container = only(boxesIn(bytes, properties.start, properties.end), "ipco");
  const sizes = boxesIn(bytes, container.start, container.end).filter(
    ({ type }) => type === "ispe",
  );
  if (sizes.length === 0) throw new Refusal("DAMAGED");
  for (const size of sizes) {
    const reader = readerOf(bytes, size);
    reader.number(4);
    checkPixels(reader.number(4), reader.number(4));
  }
}

/** Items that are neither pictures nor made of pictures. */
function describingItems(bytes: Buffer, meta: readonly Box[]): number[] {
  const info = only(meta, "iinf");
  const head = readerOf(bytes, info);
  const version = head.number(1);
  head.number(3);
  head.number(version === 0 ? 2 : 4);
  return boxesIn(bytes, head.at, info.end).flatMap((entry) => {
    if (entry.type !== "infe") throw new Refusal("DAMAGED");
    const reader = readerOf(bytes, entry);
    const form = reader.number(1);
    if (form < 2) throw new Refusal("DAMAGED");
    reader.number(3);
    const id = reader.number(form === 2 ? 2 : 4);
    reader.number(2);
    const pictures = ["hvc1", "grid", "iden", "iovl", "tmap"];
    return pictures.includes(reader.text(4)) ? [] : [id];
  });
}

interface Place {
  readonly start: number;
  readonly end: number;
}

/** Where in the file the bytes of each item stand. */
function placesOf(bytes: Buffer, meta: readonly Box[]): Map<number, Place[]> {
  const reader = readerOf(bytes, only(meta, "iloc"));
  const data = meta.find(({ type }) => type === "idat") ?? null;
  const version = reader.number(1);
  reader.number(3);
  const [first, second] = [reader.number(1), reader.number(1)];
  const sizes = {
    offset: first >> 4,
    length: first & 15,
    base: second >> 4,
    index: version === 0 ? 0 : second & 15,
  };
  const places = new Map<number, Place[]>();
  const count = reader.number(version < 2 ? 2 : 4);
  for (let item = 0; item < count; item += 1) {
    const id = reader.number(version < 2 ? 2 : 4);
    const method = version === 0 ? 0 : reader.number(2) & 15;
    reader.number(2);
    const origin = method === 0 ? 0 : data?.start;
    if (origin === undefined || method > 1) throw new Refusal("DAMAGED");
    const within = method === 0 ? bytes.length : data!.end;
    places.set(id, extentsOf(reader, sizes, origin, within));
  }
  return places;
}

function extentsOf(
  reader: Reader,
  sizes: { offset: number; length: number; base: number; index: number },
  origin: number,
  within: number,
): Place[] {
  const base = origin + reader.number(sizes.base);
  const count = reader.number(2);
  return Array.from({ length: count }, () => {
    reader.number(sizes.index);
    const start = base + reader.number(sizes.offset);
    const end = start + reader.number(sizes.length);
    if (end <= start || end > within) throw new Refusal("DAMAGED");
    return { start, end };
  });
}

/**
 * JPEG, without what cameras write beside the picture: place, time, owner, previews. Kept of it is
 * only which side is up, and the colours. Nothing stays behind the end of the picture.
 */
import { Refusal } from "../refusal.ts";
import { orientationOf } from "./exif.ts";
import { checkPixels } from "./limits.ts";

const startOfImage = 0xd8;
const endOfImage = 0xd9;
const startOfScan = 0xda;
const app1 = 0xe1;

/** Kinds of frames: all SOFn but for the tables and markers that stand between them. */
const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
/** What a decoder needs, and no application's own words nor comments. */
const isNeeded = (marker: number) =>
  (marker >= 0xc0 && marker <= 0xcf) || (marker >= 0xda && marker <= 0xdf);

interface Segment {
  readonly marker: number;
  /** Marker and length included. */
  readonly whole: Buffer;
  readonly content: Buffer;
  readonly end: number;
}

export function cleanJpeg(bytes: Buffer): Buffer {
  const kept: Buffer[] = [];
  let orientation = 1;
  let [frames, scans] = [0, 0];
  let at = 2;
  for (;;) {
    at = skipFill(bytes, at);
    const marker = markerAt(bytes, at);
    if (marker === endOfImage) break;
    const segment = segmentAt(bytes, at, marker);
    if (marker === app1) orientation = orientationOf(segment.content) ?? orientation;
    if (isFrame(marker)) {
      frames += 1;
      checkFrame(segment.content);
    }
    if (isNeeded(marker) || isColour(segment)) kept.push(segment.whole);
    at = segment.end;
    if (marker === startOfScan) {
      if (frames === 0) throw new Refusal("DAMAGED");
      scans += 1;
      const end = endOfScan(bytes, at);
      kept.push(bytes.subarray(at, end));
      at = end;
    }
  }
  if (frames !== 1 || scans === 0) throw new Refusal("DAMAGED");
  const start = Buffer.of(0xff, startOfImage);
  return Buffer.concat([start, ...upright(orientation), ...kept, Buffer.of(0xff, endOfImage)]);
}

/** More than one 0xff may stand before a marker. */
function skipFill(bytes: Buffer, start: number): number {
  let at = start;
  while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at += 1;
  return at;
}

function markerAt(bytes: Buffer, at: number): number {
  const marker = bytes[at + 1];
  if (bytes[at] !== 0xff || marker === undefined || marker < 0xc0) throw new Refusal("DAMAGED");
  return marker;
}

function segmentAt(bytes: Buffer, at: number, marker: number): Segment {
  if (at + 4 > bytes.length || marker === startOfImage) throw new Refusal("DAMAGED");
  const end = at + 2 + bytes.readUInt16BE(at + 2);
  if (end < at + 4 || end > bytes.length) throw new Refusal("DAMAGED");
  return { marker, whole: bytes.subarray(at, end), content: bytes.subarray(at + 4, end), end };
}

function checkFrame(content: Buffer): void {
  if (content.length < 6) throw new Refusal("DAMAGED");
  checkPixels(content.readUInt16BE(3), content.readUInt16BE(1));
}

/** JFIF, an ICC profile, Adobe's word on how colours are meant. */
function isColour({ marker, content }: Segment): boolean {
  const name = content.subarray(0, 12).toString("latin1");
  if (marker === 0xe0) return name.startsWith("JFIF\0") && content.length === 14;
  if (marker === 0xe2) return name.startsWith("ICC_PROFILE\0");
  return marker === 0xee && name.startsWith("Adobe") && content.length === 12;
}

/** Where the next marker stands that is neither a stuffed byte nor a restart. */
function endOfScan(bytes: Buffer, start: number): number {
  for (let at = bytes.indexOf(0xff, start); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next === undefined) break;
    const restart = next >= 0xd0 && next <= 0xd7;
    if (next !== 0 && next !== 0xff && !restart) return at;
  }
  throw new Refusal("DAMAGED");
}

/** An EXIF segment that says nothing but which side is up. */
function upright(orientation: number): Buffer[] {
  if (orientation === 1) return [];
  const entry = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0];
  const tiff = [0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8, 0, 1, ...entry, 0, 0, 0, 0];
  const content = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), Buffer.from(tiff)]);
  const head = Buffer.of(0xff, app1, 0, content.length + 2);
  return [Buffer.concat([head, content])];
}

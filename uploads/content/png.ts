/**
 * PNG, without what is not needed to show it: place, texts, times, and whatever a programme put
 * beside. Nothing stays behind the end of the picture.
 */
import { crc32 } from "node:zlib";
import { Refusal } from "../refusal.ts";
import { checkPixels } from "./limits.ts";

const needed = new Set([
  "IHDR",
  "PLTE",
  "IDAT",
  "IEND",
  "tRNS",
  "gAMA",
  "cHRM",
  "sRGB",
  "sBIT",
  "pHYs",
]);
const signatureSize = 8;

export function cleanPng(bytes: Buffer): Buffer {
  const kept = [bytes.subarray(0, signatureSize)];
  const types: string[] = [];
  let at = signatureSize;
  while (types.at(-1) !== "IEND") {
    const chunk = chunkAt(bytes, at);
    if (types.length === 0) checkHeader(chunk);
    types.push(chunk.type);
    if (needed.has(chunk.type)) kept.push(chunk.whole);
    // A critical chunk that is not known cannot be left out.
    else if (/^[A-Z]/.test(chunk.type)) throw new Refusal("DAMAGED");
    at += chunk.whole.length;
  }
  const once = types.filter((type) => type === "IHDR").length === 1;
  if (!once || !types.includes("IDAT")) throw new Refusal("DAMAGED");
  return Buffer.concat(kept);
}

function chunkAt(bytes: Buffer, at: number) {
  if (at + 12 > bytes.length) throw new Refusal("DAMAGED");
  const end = at + 12 + bytes.readUInt32BE(at);
  if (end > bytes.length) throw new Refusal("DAMAGED");
  const type = bytes.subarray(at + 4, at + 8).toString("latin1");
  const right = crc32(bytes.subarray(at + 4, end - 4)) === bytes.readUInt32BE(end - 4);
  if (!right || !/^[A-Za-z]{4}$/.test(type)) throw new Refusal("DAMAGED");
  return { type, whole: bytes.subarray(at, end), content: bytes.subarray(at + 8, end - 4) };
}

function checkHeader({ type, content }: ReturnType<typeof chunkAt>): void {
  if (type !== "IHDR" || content.length !== 13) throw new Refusal("DAMAGED");
  checkPixels(content.readUInt32BE(0), content.readUInt32BE(4));
}

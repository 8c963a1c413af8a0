/**
 * PDF: taken as it is, or not at all. Refused is what acts when it is opened, holds other files, is a
 * page or an archive at the same time, or hides its objects from this look. What is looked for are
 * names, wherever they stand: in the file, and in its compressed object streams.
 */
import { Refusal } from "../refusal.ts";
import { objectStreams } from "./pdf-streams.ts";

/** What acts, or holds files. `JavaScript` needs no `JS` beside: it is the action's own name. */
const active = [
  "JavaScript",
  "Launch",
  "EmbeddedFile",
  "EmbeddedFiles",
  "RichMedia",
  "Rendition",
  "Movie",
  "Sound",
  "SubmitForm",
  "ImportData",
  "GoToE",
  "GoToR",
  "XFA",
];
/** Filters under which object streams would have to be looked for, that no programme uses for them. */
const veils = [
  "ASCIIHexDecode",
  "AHx",
  "ASCII85Decode",
  "A85",
  "LZWDecode",
  "LZW",
  "RunLengthDecode",
  "RL",
];

const html = /<(script|html|iframe|svg)[\s>/]|<!doctype\s+html/i;
const zipEnd = Buffer.from("PK\x05\x06", "latin1");

export function checkPdf(bytes: Buffer): Buffer {
  checkFrame(bytes);
  const text = bytes.toString("latin1");
  if (html.test(text) || bytes.includes(zipEnd)) throw new Refusal("ACTIVE_CONTENT");
  const names = namesIn(text);
  refuseActive(names);
  const packed = names.has("ObjStm") || names.has("XRef");
  if (packed && names.has("Encrypt")) throw new Refusal("PROTECTED");
  if (packed && veils.some((veil) => names.has(veil))) throw new Refusal("ACTIVE_CONTENT");
  for (const stream of objectStreams(bytes)) refuseActive(namesIn(stream));
  return bytes;
}

/** From `%PDF-` at the very start to `%%EOF` at the end, and nothing behind but blanks. */
function checkFrame(bytes: Buffer): void {
  const end = bytes.lastIndexOf("%%EOF");
  if (end === -1) throw new Refusal("DAMAGED");
  const rest = bytes.subarray(end + 5).toString("latin1");
  if (!/^[\s\0]*$/.test(rest)) throw new Refusal("ACTIVE_CONTENT");
  if (!bytes.includes("startxref")) throw new Refusal("DAMAGED");
}

function refuseActive(names: ReadonlySet<string>): void {
  if (active.some((name) => names.has(name))) throw new Refusal("ACTIVE_CONTENT");
}

/** The names (`/Type`) of a text, with their escapes (`/J#61vaScript`) undone. */
function namesIn(text: string): Set<string> {
  const names = new Set<string>();
  for (const [, name] of text.matchAll(/\/([A-Za-z0-9#]{2,60})/g)) {
    const plain = name!.replace(/#([0-9A-Fa-f]{2})/g, (_escape, hex: string) =>
      String.fromCodePoint(Number.parseInt(hex, 16)),
    );
    names.add(plain);
  }
  return names;
}

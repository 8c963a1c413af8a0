/** A body of whatever kind, with nothing personal left in it. */
import { readText } from "./charset.ts";
import { harmlessFile, isFile } from "./files.ts";
import { scrubJson } from "./json.ts";
import { scrubLeaf, type Rules } from "./leaf.ts";
import { scrubMultipart } from "./multipart.ts";
import { scrubXml } from "./xml.ts";

/** `asked`: whether it is what we sent. */
export function scrubBody(
  bytes: Uint8Array,
  contentType: string | undefined,
  rules: Rules,
  asked: boolean,
): Buffer {
  if (bytes.length === 0) return Buffer.alloc(0);
  const type = contentType ?? "";
  if (/^\s*multipart\//i.test(type)) return scrubMultipart(bytes, type, rules, asked, scrubBody);
  if (
    isFile(bytes) ||
    /^\s*(image|audio|video|font)\/|application\/(pdf|octet-stream|zip)/i.test(type)
  ) {
    return harmlessFile(bytes);
  }
  const { text, encode } = readText(bytes, contentType);
  if (/x-www-form-urlencoded/i.test(type)) return encode(scrubQuery(text, rules, asked));
  return encode(scrubText(text, rules, asked));
}

function scrubText(text: string, rules: Rules, asked: boolean): string {
  const inner = scrubNested(text, rules, asked);
  return (
    inner ??
    text
      .split("\n")
      .map((line) => rules.pseudonyms.text(line))
      .join("\n")
  );
}

/** Null where a text is neither XML nor JSON. */
export function scrubNested(text: string, rules: Rules, asked: boolean): string | null {
  const start = text.replace(/^\ufeff/, "").trimStart();
  if (/^<[?!\p{L}_]/u.test(start)) return scrubXml(text, rules, asked);
  if (/^[[{]/.test(start)) return scrubJson(text, rules, asked);
  return null;
}

/** The path and query of an address, without its origin. */
export function scrubPath(target: string, rules: Rules): string {
  const at = target.indexOf("?");
  const path = at < 0 ? target : target.slice(0, at);
  const query = at < 0 ? "" : `?${scrubQuery(target.slice(at + 1), rules, true)}`;
  return (
    path
      .split("/")
      .map((part) => scrubPart(part, "", rules, true))
      .join("/") + query
  );
}

const scrubQuery = (query: string, rules: Rules, asked: boolean): string =>
  query
    .split("&")
    .map((pair) => {
      const [name = "", ...value] = pair.split("=");
      if (value.length === 0) return scrubPart(name, "", rules, asked);
      const named = decodedPart(name);
      const kept = rules.vocabulary.has(named) || /^[A-Za-z_][\w.[\]-]*$/.test(named);
      const fresh = scrubPart(value.join("="), named, rules, asked);
      return `${kept ? name : scrubPart(name, "", rules, asked)}=${fresh}`;
    })
    .join("&");

function scrubPart(part: string, name: string, rules: Rules, asked: boolean): string {
  const value = decodedPart(part);
  const fresh = scrubLeaf(value, { name, asked }, rules);
  return fresh === value ? part : encodeURIComponent(fresh);
}

function decodedPart(part: string): string {
  const spaced = part.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

import { PortError } from "../ports/errors.ts";

const maxDepth = 64;

/**
 * Reads JSON that can be trusted to say what was sent. Refused with BAD_RESPONSE, beside what is
 * not JSON: a key twice in one object, the key `__proto__`, more than 64 levels, and numbers that
 * a JavaScript number cannot hold exactly (integers beyond 2^53, more than 15 significant digits,
 * 1e400).
 */
export function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    // The parser's message quotes the text.
    throw refused("is not JSON", (error as Error).name);
  }
  inspect(text);
  return value;
}

function refused(what: string, cause?: string): PortError {
  return new PortError("BAD_RESPONSE", `An answer that ${what}`, cause ? { cause } : undefined);
}

const quote = 0x22;
const backslash = 0x5c;

/** Walks over text that is JSON, with the keys of each open object, null for an open list. */
function inspect(text: string): void {
  const open: (Set<string> | null)[] = [];
  let keyNext = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      const end = endOfString(text, at);
      if (keyNext) checkKey(text.slice(at, end + 1), open.at(-1));
      keyNext = false;
      at = end;
    } else if (code === 0x7b || code === 0x5b) {
      keyNext = code === 0x7b;
      open.push(keyNext ? new Set() : null);
      if (open.length > maxDepth) throw refused(`has more than ${maxDepth} levels`);
    } else if (code === 0x7d || code === 0x5d) open.pop();
    else if (code === 0x2c) keyNext = open.at(-1) !== null;
    else if (code === 0x2d || isDigit(code)) {
      const end = endOfNumber(text, at);
      checkNumber(text.slice(at, end));
      at = end - 1;
    }
  }
}

function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text.charCodeAt(at - 1 - slashes) === backslash) slashes++;
  return slashes % 2 === 1;
}

const isDigit = (code: number) => code >= 0x30 && code <= 0x39;

/** Digits, `.`, `e`, `E`, `+`, `-`. */
function endOfNumber(text: string, start: number): number {
  let end = start + 1;
  while (end < text.length && /[\d.eE+-]/.test(text[end]!)) end++;
  return end;
}

function checkKey(quoted: string, keys: Set<string> | null | undefined): void {
  const key = quoted.includes("\\") ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
  if (key === "__proto__") throw refused("has a key __proto__");
  if (keys?.has(key)) throw refused("has a key twice in one object");
  keys?.add(key);
}

function checkNumber(source: string): void {
  if (source.length <= 15 && !/e/i.test(source)) return;
  const value = Number(source);
  const mantissa = source.replace(/e.*$/i, "").replace(/[-.]/g, "");
  const digits = mantissa.replace(/^0+/, "").replace(/0+$/, "").length;
  const safe = Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
  const kept = Number.isInteger(value) && !source.includes(".") ? digits <= 16 : digits <= 15;
  const vanished = value === 0 && digits > 0;
  if (!safe || !kept || vanished) throw refused("has a number of too many digits");
}

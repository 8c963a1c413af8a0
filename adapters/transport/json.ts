import { PortError } from "../ports/errors.ts";

const maxDepth = 64;
/** Of texts, numbers, lists, objects and the like: what the largest honest answer has, and more. */
const maxValues = 100_000;
const maxKeys = 5_000;
/** Of one number, as it is written. */
const maxDigits = 400;

/**
 * Reads JSON that can be trusted to say what was sent. Refused with BAD_RESPONSE, beside what is
 * not JSON: a key twice in one object, the key `__proto__`, more than 64 levels, 100,000 values or
 * 5,000 keys in one object, and numbers that a JavaScript number cannot hold exactly (integers
 * beyond 2^53, more than 15 significant digits, 1e400).
 */
export function parseJson(text: string): unknown {
  // Before the parser: what is refused here could keep it, and everybody, busy for seconds.
  inspect(text);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    // The parser's message quotes the text.
    throw refused("is not JSON", (error as Error).name);
  }
}

function refused(what: string, cause?: string): PortError {
  return new PortError("BAD_RESPONSE", `An answer that ${what}`, cause ? { cause } : undefined);
}

const quote = 0x22;
const backslash = 0x5c;

/** The keys of an object that is open, made when there is one; null for a list. */
type Keys = { seen: Set<string> | undefined } | null;

/** Walks over text that may be JSON, with the keys of each open object. */
function inspect(text: string): void {
  const open: Keys[] = [];
  let keyNext = false;
  let values = 0;
  let numbers = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      const end = endOfString(text, at);
      if (keyNext) checkKey(text.slice(at, end + 1), open.at(-1));
      keyNext = false;
      at = end;
    } else if (code === 0x7b || code === 0x5b) {
      keyNext = code === 0x7b;
      open.push(keyNext ? { seen: undefined } : null);
      if (open.length > maxDepth) throw refused(`has more than ${maxDepth} levels`);
      values++;
    } else if (code === 0x7d || code === 0x5d) {
      open.pop();
      keyNext = false;
    } else if (code === 0x2c) {
      keyNext = !!open.at(-1);
      values++;
    } else if (code === 0x2d || isDigit(code)) {
      const end = endOfNumber(text, at);
      if (++numbers > maxValues) throw refused(`has more than ${maxValues} numbers`);
      checkNumber(text.slice(at, end));
      at = end - 1;
    }
    if (values > maxValues) throw refused(`has more than ${maxValues} values`);
  }
}

function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end > 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  if (end < 0) throw refused("is not JSON");
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
  while (end < text.length && /[\d.eE+-]/.test(text[end]!)) {
    if (++end - start > maxDigits) throw refused("has a number of too many digits");
  }
  return end;
}

function checkKey(quoted: string, keys: Keys | undefined): void {
  if (!keys) return;
  const key = quoted.includes("\\") ? unescaped(quoted) : quoted.slice(1, -1);
  if (key === "__proto__") throw refused("has a key __proto__");
  keys.seen ??= new Set();
  if (keys.seen.has(key)) throw refused("has a key twice in one object");
  keys.seen.add(key);
  if (keys.seen.size > maxKeys) throw refused(`has an object with more than ${maxKeys} keys`);
}

function unescaped(quoted: string): string {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    throw refused("is not JSON");
  }
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

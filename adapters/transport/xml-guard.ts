import { PortError } from "../ports/errors.ts";

/** What XML 1.0 cannot hold, half surrogate pairs included, escaped or not. */
export const notXmlCharacter = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** Where the first element begins at the latest. */
const longestStart = 64 * 1024;

const skipped = /\s+|<!--[\s\S]*?-->|<\?[\s\S]*?\?>/y;

/**
 * Looks at what comes before the first element, before any parser does. Throws BAD_RESPONSE for an
 * empty text, more than 64 K characters before the first element, a DOCTYPE (in any case), an HTML page, something before the XML declaration, and
 * whatever does not start an element.
 */
export function refuseUnsafe(text: string): void {
  const beginning = text.slice(0, longestStart);
  const start = startOfContent(beginning);
  if (start === text.length) throw refused("is empty");
  if (start === beginning.length) throw refused("begins too late");
  const head = beginning.slice(start, start + 9).toLowerCase();
  if (head === "<!doctype") throw refused("has a DOCTYPE");
  if (/^<html\b/.test(head)) throw refused("is a page");
  if (!/^<[^\s!?/]/.test(head)) throw refused("is not XML");
}

function startOfContent(text: string): number {
  let at = 0;
  for (;;) {
    skipped.lastIndex = at;
    const match = skipped.exec(text);
    if (!match) return at;
    if (at > 0 && /^<\?xml\s/i.test(match[0]))
      throw refused("has something before its declaration");
    at = skipped.lastIndex;
  }
}

function refused(what: string): PortError {
  return new PortError("BAD_RESPONSE", `An answer that ${what}`);
}

/** Values of JSON replaced where they stand: spaces, order and names of fields stay. */
import { plain, scrubLeaf, type Rules } from "./leaf.ts";

const token = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[{}[\]]/g;

/** Null where the text is no JSON. */
export function scrubJson(text: string, rules: Rules, asked: boolean): string | null {
  if (!isJson(text)) return null;
  const around: string[] = [];
  let name = "";
  return text.replace(token, (found: string, at: number) => {
    if (found === "{" || found === "[") {
      around.push(name);
      return found;
    }
    if (found === "}" || found === "]") {
      name = around.pop() ?? "";
      return found;
    }
    if (!found.startsWith('"')) return scrubNumber(found, name, rules, asked);
    const value = JSON.parse(found) as string;
    if (/^\s*:/.test(text.slice(at + found.length, at + found.length + 100))) {
      name = value;
      // A field that is named by a key or an address, as in a dictionary of contracts.
      const telling = /\d{4}|@|\s/.test(value) || rules.personal.has(plain(value));
      return telling ? quoted(found, rules.pseudonyms.text(value)) : found;
    }
    // In a list, each value bears the name of the list.
    const place = { name: name || (around.at(-1) ?? ""), asked };
    const fresh = scrubLeaf(value, place, rules);
    return fresh === value ? found : quoted(found, fresh);
  });
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text.replace(/^\ufeff/, "")) === "object";
  } catch {
    return false;
  }
}

function scrubNumber(found: string, name: string, rules: Rules, asked: boolean): string {
  const fresh = scrubLeaf(found, { name, asked }, rules);
  return /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(fresh) ? fresh : "0";
}

/** Escaped as it was: accents by their numbers where it had such. */
function quoted(was: string, value: string): string {
  const text = JSON.stringify(value);
  const slashes = was.includes("\\/") ? text.replaceAll("/", "\\/") : text;
  if (!/\\u[\da-f]{4}/i.test(was)) return slashes;
  return Array.from({ length: slashes.length }, (_sign, at) => {
    const code = slashes.charCodeAt(at);
    return code < 128 ? slashes[at]! : `\\u${code.toString(16).padStart(4, "0")}`;
  }).join("");
}

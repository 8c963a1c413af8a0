/** The few headers that an adapter goes by; all others, cookies and credentials among them, are left out. */
import { recordedOrigin, scrubLeaf, type Rules } from "./leaf.ts";

/** What is kept of a header; null where nothing is. `name` in lower case. */
export function keptHeader(name: string, value: string, rules: Rules): string | null {
  if (name === "content-type")
    return value.replace(/(;\s*(?:file)?name\*?\s*=\s*)("[^"]*"|[^;]*)/gi, "");
  if (name === "content-id") return /^<?[\w.@%+-]+>?$/.test(value) ? value : null;
  if (name === "content-transfer-encoding" || name === "retry-after") return value;
  if (name === "soapaction") return value;
  // Whether there is one counts, not what it is.
  if (name === "etag" || name === "if-none-match") return '"recorded"';
  if (name === "content-disposition") return disposition(value, rules);
  if (/^x-[\w-]*(total|count|page)[\w-]*$/.test(name))
    return /^\d{1,6}$/.test(value) ? value : null;
  if (name === "link" || name === "location") {
    return value
      .split(rules.origin)
      .join(recordedOrigin)
      .replace(/\/[^\s<>"/?]+(?=[/?>"]|$)|=[^&>"]+/g, (part) =>
        part.startsWith(`//${new URL(recordedOrigin).host}`)
          ? part
          : part[0]! + scrubLeaf(part.slice(1), { name: "", asked: false }, rules),
      );
  }
  return null;
}

const names = /(filename\*?\s*=\s*)("[^"]*"|[^;]*)/gi;

function disposition(value: string, rules: Rules): string {
  return value.replace(names, (_whole, start: string, raw: string) => {
    const [, charset, encoded] = /^([\w-]+'[\w-]*')(.*)$/.exec(raw) ?? [];
    const name = encoded === undefined ? raw.replace(/^"|"$/g, "") : decodeURIComponent(encoded);
    const fresh = scrubLeaf(name, { name: "filename", asked: false }, rules);
    if (charset !== undefined) return `${start}${charset}${encodeURIComponent(fresh)}`;
    return `${start}"${fresh}"`;
  });
}

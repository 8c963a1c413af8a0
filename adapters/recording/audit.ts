/** The last look before anything is kept: whether a value that is personal still stands there. */
import type { KeptExchange, Heard } from "./exchanges.ts";

/** Shorter ones stand in anything. */
const least = 6;

/** Whether any of the personal values, or a secret, is in there, in any of the usual ways of writing. */
export function leaks(
  { path, headers, requestHeaders, requestBody, body }: KeptExchange,
  personal: ReadonlySet<string>,
  { secrets, vocabulary }: Pick<Heard, "secrets" | "vocabulary">,
): boolean {
  const heads = JSON.stringify([path, headers, requestHeaders]);
  const texts = [heads, ...[requestBody, body].flatMap(readings)].map((text) => text.toLowerCase());
  const common = new Set([...vocabulary].map((word) => word.toLowerCase()));
  const sought = [...personal, ...secrets.map((secret) => secret.toLowerCase())].filter(
    (value) =>
      value.length >= least && !common.has(value) && !/^9+$/.test(value.replace(/\D/g, "")),
  );
  const looked = texts.map((text) => ({ text, starts: startsIn(text) }));
  return sought.some((value) =>
    writings(value).some((form) =>
      looked.some(({ text, starts }) => starts.has(form.slice(0, least)) && text.includes(form)),
    ),
  );
}

/** All pieces of that length: most values are not even begun. */
function startsIn(text: string): Set<string> {
  const starts = new Set<string>();
  for (let at = 0; at <= text.length - least; at += 1) starts.add(text.slice(at, at + least));
  return starts;
}

const readings = (bytes: Buffer): string[] => [
  bytes.toString("utf8"),
  bytes.toString("latin1"),
  ...(bytes.includes(0) ? [bytes.toString("utf16le")] : []),
];

/** In lower case; what is the same as the plain one is there once. */
function writings(value: string): string[] {
  const numbered = (form: (code: number) => string) =>
    value.replace(/\P{ASCII}/gu, (sign) => form(sign.codePointAt(0)!));
  return [
    ...new Set([
      value,
      encodeURIComponent(value),
      numbered((code) => `&#${code};`),
      numbered((code) => `&#x${code.toString(16)};`),
      numbered((code) => `\\u${code.toString(16).padStart(4, "0")}`),
    ]),
  ].map((form) => form.toLowerCase());
}

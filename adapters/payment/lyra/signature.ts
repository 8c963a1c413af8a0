/** Lyra's signature: base64 of HMAC-SHA-256 over the values of all `vads_` fields, and the key. */
import { createHmac, timingSafeEqual } from "node:crypto";

type Fields = Iterable<readonly [name: string, value: string]>;

/** The values in the order of their names, joined with `+`, the key last. */
export function sign(fields: Fields, key: string): string {
  const values = [...fields]
    .filter(([name]) => name.startsWith("vads_"))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, value]) => value);
  return createHmac("sha256", key)
    .update([...values, key].join("+"), "utf8")
    .digest("base64");
}

/** Over the fields as they came, whichever they are. Takes as long for a wrong one as for a right one. */
export function isSigned(fields: Fields, signature: string, key: string): boolean {
  const expected = Buffer.from(sign(fields, key));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

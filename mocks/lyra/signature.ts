/** Lyra's signature, as its guide explains it: nothing here is shared with the client under test. */
import { createHmac } from "node:crypto";

export type Fields = Readonly<Record<string, string>>;

export function signatureOf(fields: Fields, key: string): string {
  const names = Object.keys(fields)
    .filter((name) => name.startsWith("vads_"))
    .toSorted();
  const message = [...names.map((name) => fields[name]!), key].join("+");
  return createHmac("sha256", key).update(Buffer.from(message, "utf8")).digest("base64");
}

export const signed = (fields: Fields, key: string): Fields => ({
  ...fields,
  signature: signatureOf(fields, key),
});

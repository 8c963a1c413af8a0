/** Values of which no two are equal, so that what is there already is never taken for ours. */
import { randomInt, randomUUID } from "node:crypto";
import type { FileRef } from "../../ports/changes.ts";

/** So many letters, as part of a name. */
export const letters = (count: number): string =>
  Array.from({ length: count }, () => String.fromCharCode(97 + randomInt(26))).join("");

export const digits = (count: number): string =>
  Array.from({ length: count }, () => String(randomInt(10))).join("");

/** A French one with right check digits, of a bank that does not exist. */
export function newIban(): string {
  const [bank, branch, account] = ["99101", "00042", digits(11)];
  const key = 97n - ((89n * BigInt(bank) + 15n * BigInt(branch) + 3n * BigInt(account)) % 97n);
  const whole = `${bank}${branch}${account}${String(key).padStart(2, "0")}`;
  // F is 15, R is 27.
  const check = 98n - (BigInt(`${whole}152700`) % 97n);
  return `FR${String(check).padStart(2, "0")}${whole}`;
}

export const bic = "BQTRFRP0";

const pdf = Buffer.from(
  "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n" +
    "trailer<</Root 1 0 R>>\n%%EOF\n",
);

export const newFile = (): FileRef => ({
  uploadId: randomUUID(),
  fileName: "attestation d'été.pdf",
  mediaType: "application/pdf",
  sizeBytes: pdf.length,
});

/** The bytes of any such file. */
export async function* openFile(): AsyncIterable<Uint8Array> {
  yield pdf.subarray(0, 40);
  yield pdf.subarray(40);
}

/** So many days from now. */
export const dayIn = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

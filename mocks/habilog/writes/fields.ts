/** What Habilog looks at in the fields of a write, and how it says no. */
import type { Fields } from "../call.ts";
import type { HabilogAddress } from "../format.ts";

/** A business rule says no: the text goes out as an error message, or as the reason of a demand. */
export class Refused extends Error {}

/** Its columns are ISO-8859-1, and not those of Windows that its own screens write into. */
export function refuseForeignCharacters(fields: Fields): void {
  const bad = Object.entries(fields).find(([, text]) => /[^\0-\xFF]/u.test(text));
  if (bad) throw new Refused(`Caractère non admis : ${bad[0]}`);
}

export function required(fields: Fields, name: string): string {
  const text = fields[name]!;
  if (text === "") throw new Refused(`Zone obligatoire : ${name}`);
  return text;
}

/** `20/11/2026` to `2026-11-20`; null where it is blank. */
export function optionalDay(fields: Fields, name: string): string | null {
  if (fields[name] === "") return null;
  const iso = fields[name]!.split("/").toReversed().join("-");
  const time = Date.parse(`${iso}T00:00:00Z`);
  const real = !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === iso;
  if (!real) throw new Refused(`Date incorrecte : ${name}`);
  return iso;
}

export function dayIn(fields: Fields, name: string): string {
  required(fields, name);
  return optionalDay(fields, name)!;
}

/** Throws unless the days that are known come one after the other, or on one day. */
export function inThisOrder(...days: (string | null)[]): void {
  const known = days.filter((day) => day !== null);
  const wrong = known.some((day, i) => i > 0 && day < known[i - 1]!);
  if (wrong) throw new Refused("Dates incohérentes");
}

/** Without the spaces between the groups. Throws where the check digits are wrong (ISO 7064, 97-10). */
export function ibanIn(fields: Fields): string {
  const iban = required(fields, "IBAN").replaceAll(" ", "");
  const figures = (iban.slice(4) + iban.slice(0, 4)).replace(/[A-Z]/g, (letter) =>
    String(letter.charCodeAt(0) - 55),
  );
  if (BigInt(figures) % 97n !== 1n) throw new Refused("IBAN incorrect");
  return iban;
}

/** `1 234,56` to cents. */
export const centsIn = (fields: Fields, name: string): number =>
  Number(fields[name]!.replace(/[^\d-]/g, ""));

/** Throws where a French postal code has not five digits; whether it exists, the night's batch knows. */
export function addressIn(fields: Fields): HabilogAddress {
  const address = {
    lines: required(fields, "Voie").split("\n"),
    postalCode: required(fields, "CodePostal"),
    city: required(fields, "Ville"),
  };
  if (fields["Pays"] !== "") return { ...address, country: fields["Pays"]! };
  if (!/^\d{5}$/.test(address.postalCode)) throw new Refused("Code postal incorrect");
  return address;
}

/** The departments end at 95; 97 and 98 are overseas. */
export function refuseUnknownPostalCode({ postalCode, country }: HabilogAddress): void {
  if (country !== undefined || /^(0[1-9]|[1-8]\d|9[0-578])/.test(postalCode)) return;
  throw new Refused("Code postal inconnu");
}

import type { Address } from "../../adapters/ports/values.ts";
import type { fieldMessages } from "./change-faults.ts";
import type { Texts } from "./landlord.ts";
import type { Fault } from "./user-errors.ts";

/** An address as it was typed. */
export interface TypedAddress {
  readonly lines: readonly string[];
  readonly postalCode: string;
  readonly city: string;
  readonly countryCode: string;
}

type AddressFault = Fault<keyof typeof fieldMessages>;

const labels = {
  lines: { fr: "Adresse", en: "Address" },
  postalCode: { fr: "Code postal", en: "Postal code" },
  city: { fr: "Ville", en: "City" },
} as const satisfies Record<string, Texts>;

const mostLines = 4;
const longestLine = 80;

/** The address, trimmed; or what is wrong with it. `path` leads to it in the mutation's input. */
export function readAddress(
  typed: TypedAddress,
  path: readonly string[],
): { readonly address: Address } | { readonly faults: readonly AddressFault[] } {
  const lines = typed.lines.map((line) => line.trim()).filter((line) => line !== "");
  const address = {
    lines,
    postalCode: typed.postalCode.trim(),
    city: typed.city.trim(),
    country: typed.countryCode,
  };
  const faults = [
    ...faultOf(lines.join(" "), "lines", lines.length > mostLines || lines.some(isTooLong)),
    ...faultOf(address.postalCode, "postalCode", !isPostalCode(address)),
    ...faultOf(address.city, "city", isTooLong(address.city)),
  ];
  if (faults.length > 0) {
    return { faults: faults.map((fault) => ({ ...fault, field: [...path, ...fault.field] })) };
  }
  return { address };
}

const isTooLong = (text: string) => text.length > longestLine;

function isPostalCode({ postalCode, country }: Address): boolean {
  return country === "FR" ? /^\d{5}$/.test(postalCode) : /^[\w -]{2,12}$/.test(postalCode);
}

function faultOf(value: string, name: keyof typeof labels, wrong: boolean): AddressFault[] {
  const values = { label: labels[name] };
  if (value === "") return [{ code: "REQUIRED", field: [name], values }];
  return wrong ? [{ code: "INVALID_FORMAT", field: [name], values }] : [];
}

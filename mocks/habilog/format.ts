/** How Habilog writes values. */
import { escapeXml } from "../kit/xml.ts";
import type { WorldAddress } from "../world/types.ts";
import { fieldsOf, isRecordType, widthOf } from "./schema.ts";

type Value = string | Values | readonly Values[];
export interface Values {
  readonly [field: string]: Value;
}

/**
 * A record as XML, its fields in the order of the XSD, CHAR columns filled up with spaces. Throws
 * when a field is missing or does not fit its column: a defect of the mock.
 */
export function record(element: string, values: Values, type = element): string {
  const inner = fieldsOf(type).map((field) => {
    const value = values[field.name];
    if (value === undefined) throw new Error(`${element} has no ${field.name}`);
    return [value]
      .flat()
      .map((one) => written(field, one))
      .join("");
  });
  return `<${element}>${inner.join("")}</${element}>`;
}

function written({ name, type }: { name: string; type: string }, value: string | Values): string {
  if (typeof value === "object") return record(name, value, type);
  if (isRecordType(type)) throw new Error(`${name} must be a record`);
  const width = widthOf(type);
  if (width > 0 && value.length > width) throw new Error(`${name} is longer than ${width}`);
  return `<${name}>${escapeXml(value.padEnd(width))}</${name}>`;
}

/** `20/11/2026`; ten spaces for no day. */
export function day(iso: string | null): string {
  return iso === null ? " ".repeat(10) : iso.split("-").toReversed().join("/");
}

/** `1 234,56` without its sign. Odd cents have no-break spaces between the thousands, even ones spaces. */
function digitsOf(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, "0");
  const space = cents % 2 === 0 ? " " : "\u00A0";
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, space);
  return `${whole},${digits.slice(-2)}`;
}

/** Right-aligned in twelve characters, the minus before the digits. */
export const amount = (cents: number): string =>
  `${cents < 0 ? "-" : ""}${digitsOf(cents)}`.padStart(12);

/** The same with the minus after the digits. */
export const amountSignedRight = (cents: number): string =>
  `${digitsOf(cents)}${cents < 0 ? "-" : ""}`.padStart(12);

export const flag = (value: boolean): string => (value ? "O" : "N");

/** The World's addresses are French; one that came from the portal may be elsewhere. */
export interface HabilogAddress extends WorldAddress {
  /** ISO 3166-1 alpha-2. */
  country?: string;
}

const lineWidth = 38;

/** The lines of the street in one column, each filled up with spaces. */
export function address(of: HabilogAddress): Values {
  return {
    Voie: of.lines.map((line) => line.padEnd(lineWidth)).join("\n"),
    CodePostal: of.postalCode,
    Ville: of.city,
    Pays: of.country ?? "",
  };
}

/** An IBAN in groups of four. */
export const grouped = (iban: string): string => iban.replace(/(.{4})(?=.)/g, "$1 ");

/** How Pavois writes values into its XML. */
import { escapeXml } from "../kit/xml.ts";
import type { WorldAddress } from "../world/types.ts";
import type { Prefix } from "./namespaces.ts";

/** An element, or nothing where the value is undefined; null gives xsi:nil. */
export function el(name: string, value: string | null | undefined): string {
  if (value === undefined) return "";
  if (value === null) return `<${name} xsi:nil="true"/>`;
  return `<${name}>${escapeXml(value)}</${name}>`;
}

/** An element with others inside. */
export const box = (name: string, ...inner: string[]): string =>
  `<${name}>${inner.join("")}</${name}>`;

/** xs:decimal without needless zeros: 48960 cents are `489.6`, 500 are `5`. No sign. */
export function decimal(cents: number): string {
  const text = String(Math.abs(cents)).padStart(3, "0");
  return `${text.slice(0, -2)}.${text.slice(-2)}`.replace(/\.?0+$/, "");
}

/** Montant and Sens: D what the tenant owes, C what is owed to the tenant. */
export const amount = (prefix: Prefix, cents: number, name = "Montant"): string =>
  el(`${prefix}:${name}`, decimal(cents)) + el(`${prefix}:Sens`, cents < 0 ? "C" : "D");

export const period = (name: string, { from, to }: { from: string; to: string }): string =>
  box(name, el("com:Debut", from), el("com:Fin", to));

export const address = (name: string, { lines, postalCode, city, country }: WorldAddress): string =>
  box(
    name,
    el("com:Ligne1", lines[0] ?? ""),
    el("com:Ligne2", lines[1] ?? null),
    el("com:Ligne3", lines[2]),
    el("com:CodePostal", postalCode),
    el("com:Ville", city),
    el("com:CodePays", country),
  );

const parisClock = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Europe/Paris",
  dateStyle: "short",
  timeStyle: "medium",
});

/** A moment as the clock on the wall in La Rochelle shows it, without a zone. */
export const wallClock = (moment: string): string =>
  parisClock.format(new Date(moment)).replace(" ", "T");

/** How Intitulo writes values into its flux. */
import { escapeXml } from "../kit/xml.ts";
import type { WorldAddress } from "../world/types.ts";

/** An element; what is missing stands there empty. */
export const el = (name: string, value: string | null): string =>
  value ? `<${name}>${escapeXml(value)}</${name}>` : `<${name}/>`;

export const box = (name: string, ...inner: string[]): string =>
  `<${name}>${inner.join("")}</${name}>`;

/** `-1234,50`, always with two places: a zero that was negative before it was rounded is `-0,00`. */
export function amount(cents: number): string {
  const text = String(Math.abs(cents)).padStart(3, "0");
  const sign = cents < 0 || Object.is(cents, -0) ? "-" : "";
  return `${sign}${text.slice(0, -2)},${text.slice(-2)}`;
}

const inOrder = (day: string, separator: string) => day.split("-").toReversed().join(separator);
/** `24/05/2019` */
export const slashed = (day: string): string => inOrder(day, "/");
/** `10.06.2019` */
export const dotted = (day: string): string => inOrder(day, ".");
/** `20190524` */
export const compact = (day: string): string => day.replaceAll("-", "");

export const address = ({ lines, postalCode, city, country = "" }: WorldAddress): string =>
  box(
    "adresse",
    ...lines.map((line) => el("ligne", line)),
    el("code_postal", postalCode),
    el("ville", city),
    el("pays", country),
  );

const parisClock = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Europe/Paris",
  dateStyle: "short",
  timeStyle: "medium",
});

/** The clock on the wall in Aubervilliers, with a Z that is not true. */
export const falseZulu = (moment: string): string =>
  `${parisClock.format(new Date(moment)).replace(" ", "T")}Z`;

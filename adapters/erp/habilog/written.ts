/** How values are written for Habilog, the other way round than in `map.ts`. */
import type { Rejection } from "../../ports/changes.ts";
import type { Address, Money } from "../../ports/values.ts";
import { inLatin1 } from "./latin1.ts";
import { timeZone } from "./map.ts";

/** The fields of an operation, without the credentials. */
export type Written = Record<string, string>;

/** What cannot be sent: the change is rejected, and Habilog is not called. */
export class Unsendable extends Error {
  readonly reason: Rejection;

  constructor(reason: Rejection) {
    super(reason);
    this.reason = reason;
  }
}

/** Text for a column of so many characters. */
export function column(text: string, width: number): string {
  const written = inLatin1(text);
  if (written === null || written.length > width) throw new Unsendable("INVALID");
  return written;
}

export const optionalColumn = (text: string | null, width: number): string =>
  text === null ? "" : column(text, width);

/** An address for mail is sent as it is or not at all: letters may not be changed in it. */
export function emailColumn(email: string): string {
  if (!/^[\x21-\x7E]{1,100}$/.test(email)) throw new Unsendable("INVALID");
  return email;
}

/** `2026-11-20` to `20/11/2026`; ten spaces for none. */
export const writtenDay = (day: string | null): string =>
  day === null ? " ".repeat(10) : day.split("-").toReversed().join("/");

/** `1234.50` to `1 234,50` */
export const writtenAmount = ({ amount }: Money): string =>
  amount.replace(".", ",").replace(/\B(?=(\d{3})+,)/g, " ");

/** A moment on the clocks of Habilog: the day, and `22:15`. */
export function onTheWall(moment: string): { day: string; hour: string } {
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    dateStyle: "short",
    timeStyle: "short",
  });
  const [day = "", hour = ""] = format.format(new Date(moment)).split(" ");
  return { day: writtenDay(day), hour };
}

/** `FR76 3000 …` */
export const writtenIban = (iban: string): string => iban.replace(/(.{4})(?=.)/g, "$1 ");

/** There is one column, and `*` empties it. `01 49 60 21 00` in France, `0049…` elsewhere. */
export function writtenPhones(phones: readonly string[]): string {
  const [phone, ...others] = phones;
  if (others.length > 0) throw new Unsendable("INVALID");
  if (phone === undefined) return "*";
  const [, national] = /^\+33([1-9]\d{8})$/.exec(phone) ?? [];
  return national === undefined
    ? `00${phone.slice(1)}`
    : `0${national}`.replace(/\B(?=(\d\d)+$)/g, " ");
}

const [mostLines, lineWidth] = [4, 38];

/** A postal code that people wrote with a space in it is one without in France. */
export function writtenAddress({ lines, postalCode, city, country }: Address): Written {
  if (lines.length > mostLines) throw new Unsendable("INVALID");
  const code = country === "FR" ? postalCode.replace(/\s/g, "") : column(postalCode, 10);
  if (!/^[A-Za-z0-9 -]{1,10}$/.test(code)) throw new Unsendable("INVALID");
  return {
    Voie: lines.map((line) => column(line, lineWidth)).join("\n"),
    CodePostal: code,
    Ville: column(city, 50),
    Pays: country === "FR" ? "" : country,
  };
}

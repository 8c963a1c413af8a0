/** Values as Pavois's schema takes them. Pure; throws Refused for what it has no room for. */
import type { Rejection } from "../../ports/changes.ts";
import type { Address, Money } from "../../ports/values.ts";
import { phoneOf } from "../../transport/phone.ts";
import { isContract, isPerson } from "./keys.ts";

/** Pavois would refuse it for certain, so it is not asked. */
export class Refused extends Error {
  readonly reason: Rejection;

  constructor(reason: Rejection) {
    super(reason);
    this.reason = reason;
  }
}

export function fit(holds: boolean): void {
  if (!holds) throw new Refused("INVALID");
}

/** `max` counts characters as XML does. Absent stays absent. */
export function upTo<T extends string | null | undefined>(max: number, text: T): T {
  fit(text === null || text === undefined || new RegExp(`^[^]{1,${max}}$`, "u").test(text));
  return text;
}

/** Elements that are there; what is null or undefined is left out. */
export const given = (elements: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(elements).filter(([, value]) => value !== null && value !== undefined),
  );

export function person(key: string): { NumeroTiers: string } {
  if (!isPerson(key)) throw new Refused("UNKNOWN_THING");
  return { NumeroTiers: key };
}

export function contract(key: string | null): { NumeroContrat: string } {
  if (key === null || !isContract(key)) throw new Refused("UNKNOWN_THING");
  return { NumeroContrat: key };
}

/** Three lines of 38 characters, as the post has it. */
export function address({ lines, postalCode, city, country }: Address): Record<string, unknown> {
  fit(lines.length <= 3 && /^[0-9A-Z][0-9A-Z -]{1,9}$/.test(postalCode));
  const [Ligne1, Ligne2, Ligne3] = lines.map((line) => upTo(38, line));
  return given({
    Ligne1,
    Ligne2,
    Ligne3,
    CodePostal: postalCode,
    Ville: upTo(32, city),
    CodePays: country === "FR" ? null : country,
  });
}

/** From E.164: by pairs of figures where it is French. What Pavois could not show again is refused. */
export function phone(number: string): string {
  const [, ...parts] = /^\+33(\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(number) ?? [];
  const written = parts.length > 0 ? `0${parts.join(" ")}` : number;
  fit(phoneOf(written) === number);
  return written;
}

/** More than nothing. */
export function positive({ amount }: Money): string {
  fit(!amount.startsWith("-") && /[1-9]/.test(amount));
  return amount;
}

export function notNegative({ amount }: Money): string {
  fit(!amount.startsWith("-"));
  return amount;
}

import type { Registrant } from "../../adapters/ports/identity.ts";
import { foldLetters } from "./fold.ts";

/** What a person typed to prove who they are; a field that the landlord's form lacks is absent. */
export interface TypedIdentity {
  readonly surname?: string | undefined;
  readonly givenName?: string | undefined;
  /** `YYYY-MM-DD`. */
  readonly birthDate?: string | undefined;
  readonly email: string;
}

/** Which fields prove: those of the landlord's form. */
export interface NameRule {
  readonly surname: boolean;
  readonly givenName: boolean;
}

/**
 * A name as it is compared: base letters in lower case and nothing else. `D'Hérouville-L’Œillet`
 * is `dherouvilleloeillet`; empty where no letter was typed.
 */
function fold(name: string): string {
  return foldLetters(name).replace(/[^\p{Ll}\p{Lo}\p{N}]/gu, "");
}

/** `Tour (de La)` is how some systems print `de La Tour`. */
function withParticleInFront(name: string): string {
  const behind = /^(.*\S)\s*\(([^()]+)\)\s*$/su.exec(name);
  return behind ? `${behind[2]} ${behind[1]}` : name;
}

/** The nobiliary particle, alone in French usage, that people and printers leave out. */
const particle = /^\s*(?:de\s+|d\s*['’ʼ‘`´′]\s*)(?=\p{L})/iu;

/** How a name may be written: whole and, where it begins with `de` or `d'`, without it. */
function writings(name: string): string[] {
  const whole = withParticleInFront(name);
  return [fold(whole), fold(whole.replace(particle, ""))].filter((writing) => writing !== "");
}

/**
 * Whether two writings are of the same name: without regard to accents, case, ligatures, hyphens,
 * apostrophes, spaces and a leading `de` or `d'`. Half of a double name is another name.
 */
export function sameName(typed: string, printed: string): boolean {
  const accepted = writings(printed);
  return writings(typed).some((writing) => accepted.includes(writing));
}

/**
 * Whether what was typed names this registrant: one of their surnames and, where the landlord's
 * form asks for it, the given name. A given name that the landlord does not know is not compared:
 * it is not on the rent notice either.
 */
export function matchesRegistrant(
  typed: Pick<TypedIdentity, "surname" | "givenName">,
  registrant: Registrant,
  rule: NameRule,
): boolean {
  const surname = typed.surname ?? "";
  if (rule.surname && !registrant.surnames.some((printed) => sameName(surname, printed))) {
    return false;
  }
  if (!rule.givenName || registrant.givenName === null) return true;
  return sameName(typed.givenName ?? "", registrant.givenName);
}

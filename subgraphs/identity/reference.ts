import type { RegistrationReference } from "../../adapters/ports/identity.ts";
import type { Cleaning, Landlord } from "../kernel/landlord.ts";

/** What a person typed, as the landlord writes it: upper case, no spaces, then the landlord's steps. */
function cleaned(typed: string, steps: Cleaning): string {
  return steps.reduce(
    (text, { pattern, replacement }) => text.replace(new RegExp(pattern, "gu"), replacement),
    typed.normalize("NFKC").toUpperCase().replace(/\s+/gu, ""),
  );
}

/** The longest thing that is still looked at: landlords' patterns never meet longer text. */
const longest = 64;

/**
 * What a person typed as their reference, cleaned, and what kind of reference that is. Null when no
 * pattern of the landlord's fits.
 */
export function readReference(
  typed: string,
  rules: Landlord["registration"]["reference"],
): RegistrationReference | null {
  if (typed.length > longest) return null;
  const reference = cleaned(typed, rules.clean);
  const accepted = rules.accepts.find(({ pattern }) => new RegExp(pattern, "u").test(reference));
  return accepted && reference !== "" ? { kind: accepted.kind, reference } : null;
}

type IdentifierRules = NonNullable<Landlord["registration"]["firstConnection"]>["identifier"];

/** What a person typed as the identifier that the landlord gave them, cleaned; null when it is none. */
export function readIdentifier(typed: string, rules: IdentifierRules): string | null {
  if (typed.length > longest) return null;
  const identifier = cleaned(typed, rules.clean);
  return identifier !== "" && new RegExp(rules.pattern, "u").test(identifier) ? identifier : null;
}

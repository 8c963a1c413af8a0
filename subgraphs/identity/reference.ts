import type { RegistrationReference } from "../../adapters/ports/identity.ts";
import type { Cleaning, Landlord } from "../kernel/landlord.ts";
import { fits, longestForPatterns, replaced } from "./pattern.ts";

/**
 * What a person typed, as the landlord writes it: upper case, no spaces, then the landlord's steps. Null
 * where that is longer than any reference: landlords' patterns never meet longer text.
 */
function cleaned(typed: string, steps: Cleaning): string | null {
  if (typed.length > longestForPatterns) return null;
  let text = typed.normalize("NFKC").toUpperCase().replace(/\s+/gu, "");
  for (const { pattern, replacement } of steps) {
    if (text.length > longestForPatterns) return null;
    text = replaced(text, pattern, replacement);
  }
  return text === "" || text.length > longestForPatterns ? null : text;
}

/**
 * What a person typed as their reference, cleaned, and what kind of reference that is. Null when no
 * pattern of the landlord's fits.
 */
export function readReference(
  typed: string,
  rules: Landlord["registration"]["reference"],
): RegistrationReference | null {
  const reference = cleaned(typed, rules.clean);
  if (reference === null) return null;
  const accepted = rules.accepts.find(({ pattern }) => fits(reference, pattern));
  return accepted ? { kind: accepted.kind, reference } : null;
}

type IdentifierRules = NonNullable<Landlord["registration"]["firstConnection"]>["identifier"];

/** What a person typed as the identifier that the landlord gave them, cleaned; null when it is none. */
export function readIdentifier(typed: string, rules: IdentifierRules): string | null {
  const identifier = cleaned(typed, rules.clean);
  return identifier !== null && fits(identifier, rules.pattern) ? identifier : null;
}

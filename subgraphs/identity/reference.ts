import type { RegistrationReference } from "../../adapters/ports/identity.ts";
import type { Landlord } from "../kernel/landlord.ts";

/** The longest thing that is still looked at: landlords' patterns never meet longer text. */
const longest = 64;

/**
 * What a person typed as their reference, as the landlord writes it: upper case, no spaces, then
 * the landlord's own steps; and what kind of reference that is. Null when no pattern of the
 * landlord's fits.
 */
export function readReference(
  typed: string,
  rules: Landlord["registration"]["reference"],
): RegistrationReference | null {
  if (typed.length > longest) return null;
  const reference = rules.clean.reduce(
    (text, { pattern, replacement }) => text.replace(new RegExp(pattern, "gu"), replacement),
    typed.normalize("NFKC").toUpperCase().replace(/\s+/gu, ""),
  );
  const accepted = rules.accepts.find(({ pattern }) => new RegExp(pattern, "u").test(reference));
  return accepted && reference !== "" ? { kind: accepted.kind, reference } : null;
}

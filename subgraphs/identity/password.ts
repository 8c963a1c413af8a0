import type { PasswordRules } from "../kernel/landlord.ts";
import { longestPassword, normalisePassword } from "../kernel/password-hash.ts";

/** The least entropy of a password behind a throttled sign-in, in bits (CNIL, délibération 2022-100). */
const leastBits = 50;

type CharacterClass = "upper" | "lower" | "digit" | "special";

/** How many characters each class offers; the special ones as the CNIL counts them. */
const alphabet: Readonly<Record<CharacterClass, number>> = {
  upper: 26,
  lower: 26,
  digit: 10,
  special: 37,
};

/** A landlord's rules, made strong enough. */
export interface PasswordPolicy extends PasswordRules {
  readonly maxLength: number;
  /** Bits of a random password that is just acceptable: 50 or more, rounded down. */
  readonly entropyBits: number;
}

/** The smallest set of characters out of which an acceptable password can be made. */
function weakestAlphabet(rules: PasswordRules): number {
  const required: Record<CharacterClass, boolean> = {
    upper: rules.minUpper > 0,
    lower: rules.minLower > 0,
    digit: rules.minDigits > 0,
    special: rules.minSpecial > 0,
  };
  const classes = Object.keys(alphabet) as CharacterClass[];
  const must = classes.filter((name) => required[name]);
  const others = classes
    .filter((name) => !required[name])
    .toSorted((a, b) => alphabet[a] - alphabet[b]);
  const more = others.slice(0, Math.max(0, rules.minClasses - must.length));
  return [...must, ...more].reduce((size, name) => size + alphabet[name], 0);
}

/**
 * What is asked of a password at this landlord: its own rules, with the least length raised until
 * the weakest password that they accept has 50 bits.
 */
export function passwordPolicy(rules: PasswordRules): PasswordPolicy {
  const bitsPerCharacter = Math.log2(weakestAlphabet(rules));
  const fromClasses = rules.minUpper + rules.minLower + rules.minDigits + rules.minSpecial;
  const needed = Math.ceil(leastBits / bitsPerCharacter);
  const minLength = Math.max(rules.minLength, fromClasses, needed);
  const entropyBits = Math.floor(minLength * bitsPerCharacter);
  return { ...rules, minLength, maxLength: longestPassword, entropyBits };
}

const countedCodes = [
  "PASSWORD_TOO_SHORT",
  "PASSWORD_TOO_LONG",
  "PASSWORD_NEEDS_UPPER",
  "PASSWORD_NEEDS_LOWER",
  "PASSWORD_NEEDS_DIGIT",
  "PASSWORD_NEEDS_SPECIAL",
  "PASSWORD_NEEDS_MORE_CLASSES",
] as const;
const plainCodes = [
  "PASSWORD_CHARACTER_NOT_ALLOWED",
  "PASSWORD_CONTAINS_EMAIL",
  "PASSWORD_CONTAINS_REFERENCE",
] as const;
export const passwordCodes = [...countedCodes, ...plainCodes] as const;

/** What a password lacks; `count` is how many of it the policy asks for or allows. */
export type PasswordFault =
  | { code: (typeof countedCodes)[number]; count: number }
  | { code: (typeof plainCodes)[number] };

/** What a password must not contain, of its owner. */
export interface PasswordOwner {
  readonly email: string;
  readonly reference?: string | undefined;
}

function classOf(character: string): CharacterClass {
  if (/\p{Lu}/u.test(character)) return "upper";
  if (/\p{Ll}/u.test(character)) return "lower";
  return /\p{Nd}/u.test(character) ? "digit" : "special";
}

/** Shorter pieces are in many good passwords by chance. */
const shortestPiece = 4;

function contains(password: string, piece: string): boolean {
  return piece.length >= shortestPiece && password.toLowerCase().includes(piece.toLowerCase());
}

/** Everything that a password lacks at once; empty when it is acceptable. */
export function passwordFaults(
  typed: string,
  policy: PasswordPolicy,
  owner: PasswordOwner,
): PasswordFault[] {
  const tooLong = { code: "PASSWORD_TOO_LONG", count: policy.maxLength } as const;
  if (typed.length > 4 * policy.maxLength) return [tooLong];
  const password = normalisePassword(typed);
  const characters = Array.from(password);
  const faults: PasswordFault[] = [];
  if (characters.length > policy.maxLength) faults.push(tooLong);
  if (characters.length < policy.minLength) {
    faults.push({ code: "PASSWORD_TOO_SHORT", count: policy.minLength });
  }
  if (/\p{Cc}/u.test(password) || !password.isWellFormed()) {
    faults.push({ code: "PASSWORD_CHARACTER_NOT_ALLOWED" });
  }
  faults.push(...classFaults(characters, policy));
  const [localPart = ""] = owner.email.split("@");
  if (contains(password, localPart)) faults.push({ code: "PASSWORD_CONTAINS_EMAIL" });
  if (contains(password, owner.reference ?? ""))
    faults.push({ code: "PASSWORD_CONTAINS_REFERENCE" });
  return faults;
}

function classFaults(characters: string[], policy: PasswordPolicy): PasswordFault[] {
  const found: Record<CharacterClass, number> = { upper: 0, lower: 0, digit: 0, special: 0 };
  for (const character of characters) found[classOf(character)] += 1;
  const classes = Object.values(found).filter((count) => count > 0).length;
  const checks: [missing: boolean, fault: PasswordFault][] = [
    [found.upper < policy.minUpper, { code: "PASSWORD_NEEDS_UPPER", count: policy.minUpper }],
    [found.lower < policy.minLower, { code: "PASSWORD_NEEDS_LOWER", count: policy.minLower }],
    [found.digit < policy.minDigits, { code: "PASSWORD_NEEDS_DIGIT", count: policy.minDigits }],
    [
      found.special < policy.minSpecial,
      { code: "PASSWORD_NEEDS_SPECIAL", count: policy.minSpecial },
    ],
    [
      classes < policy.minClasses,
      { code: "PASSWORD_NEEDS_MORE_CLASSES", count: policy.minClasses },
    ],
  ];
  return checks.filter(([missing]) => missing).map(([, fault]) => fault);
}

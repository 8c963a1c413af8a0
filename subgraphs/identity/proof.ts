import type { Registrant } from "../../adapters/ports/identity.ts";
import type { FieldName } from "../kernel/landlord.ts";
import { emailKey } from "./email.ts";
import type { Fault } from "./messages.ts";
import { matchesRegistrant, type TypedIdentity } from "./names.ts";

export const proofCodes = [
  "REFERENCE_UNKNOWN",
  "NAME_MISMATCH",
  "GIVEN_NAME_NEEDED",
  "BIRTH_DATE_MISMATCH",
  "BIRTH_DATE_NOT_ON_FILE",
  "EMAIL_NOT_ON_FILE",
] as const;
type ProofFault = Fault<(typeof proofCodes)[number]>;

export type Proof = { readonly registrant: Registrant } | { readonly fault: ProofFault };

/**
 * Which of the people behind a reference is the one who typed. The landlord's form says what
 * proves: name and birth date, where it asks for them. Where it asks for neither, the reference
 * alone would prove nothing, and the e-mail must be the one that the landlord has on file.
 */
export function prove(
  typed: TypedIdentity,
  registrants: readonly Registrant[],
  asked: readonly FieldName[],
): Proof {
  const people = [...new Map(registrants.map((each) => [each.personKey, each])).values()];
  if (people.length === 0) return failed("REFERENCE_UNKNOWN", "reference");
  const rule = { surname: asked.includes("surname"), givenName: asked.includes("givenName") };
  const named = people.filter((each) => matchesRegistrant(typed, each, rule));
  if (named.length === 0) return failed("NAME_MISMATCH", rule.surname ? "surname" : "givenName");
  if (asked.includes("birthDate")) return one(typed, named, bornThatDay);
  return one(typed, named, rule.surname ? anybody : withThatEmail);
}

type Sieve = (typed: TypedIdentity, people: Registrant[]) => Registrant[] | ProofFault;

const anybody: Sieve = (_typed, people) => people;

const bornThatDay: Sieve = (typed, people) => {
  const born = people.filter(
    ({ birthDate }) => birthDate !== null && birthDate === typed.birthDate,
  );
  if (born.length > 0) return born;
  const known = people.some(({ birthDate }) => birthDate !== null);
  return { code: known ? "BIRTH_DATE_MISMATCH" : "BIRTH_DATE_NOT_ON_FILE", field: ["birthDate"] };
};

const onFile = (typed: TypedIdentity, { email }: Registrant) =>
  email !== null && emailKey(email) === emailKey(typed.email);

const withThatEmail: Sieve = (typed, people) => {
  const found = people.filter((each) => onFile(typed, each));
  return found.length > 0 ? found : { code: "EMAIL_NOT_ON_FILE", field: ["email"] };
};

/**
 * The one person that the sieve leaves. Signatories of one contract who share a surname are told
 * apart by their given name, whether the form asks for it or not, or by the e-mail on file: to take
 * the first would show one of them what is the other's.
 */
function one(typed: TypedIdentity, named: Registrant[], sieve: Sieve): Proof {
  const left = sieve(typed, named);
  if (!Array.isArray(left)) return { fault: left };
  if (left.length === 1) return { registrant: left[0]! };
  const given = { surname: false, givenName: true };
  const called = typed.givenName?.trim()
    ? left.filter((each) => matchesRegistrant(typed, each, given))
    : left;
  if (called.length === 0) return failed("NAME_MISMATCH", "givenName");
  const [only, another] =
    called.length === 1 ? called : called.filter((each) => onFile(typed, each));
  return only && !another ? { registrant: only } : failed("GIVEN_NAME_NEEDED", "givenName");
}

function failed(code: ProofFault["code"], name: string): Proof {
  return { fault: { code, field: [name] } };
}

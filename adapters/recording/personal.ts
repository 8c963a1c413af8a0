/** Which values are somebody's, by what the ports call them. */
import { plain } from "./leaf.ts";

export interface Personal {
  /** As `plain` makes them. */
  readonly values: ReadonlySet<string>;
  /** `1980-03-31` */
  readonly birthDays: ReadonlySet<string>;
}

const fields = new Set(
  [
    "surname surnames birthSurname givenName email phone phones iban bic holder employer",
    "lines postalCode city recipient signatories name insurer policyNumber mandateReference",
    "description comment identifier password",
  ].flatMap((line) => line.split(" ")),
);
/** Names of people, contracts and things: short ones are counted, and could be anybody's. */
const keys = new Set(
  "key contractKey personKey personKeys number reference person contract persons contracts quiet".split(
    " ",
  ),
);
const leastKey = 4;

/**
 * Of answers of ports, and of what else is told by the same names. A key that is a word of the code,
 * as that of a kind of request, is nobody's.
 */
export function personalIn(answers: readonly unknown[], vocabulary: ReadonlySet<string>): Personal {
  const values = new Set<string>();
  const birthDays = new Set<string>();
  const look = (value: unknown, field: string): void => {
    if (Array.isArray(value)) return value.forEach((one) => look(one, field));
    if (typeof value === "object" && value !== null) {
      return Object.entries(value).forEach(([name, inner]) => look(inner, name));
    }
    if (typeof value !== "string") return;
    if (field === "birthDate") birthDays.add(value);
    else if (fields.has(field) && value.length > 1) values.add(plain(value));
    else if (keys.has(field) && value.length >= leastKey && !vocabulary.has(value))
      values.add(plain(value));
  };
  look(answers, "");
  return { values, birthDays };
}

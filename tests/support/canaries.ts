/** Personal values of the mock world, and how they are found again in text, whatever stands around them. */
import type { MockErp } from "../../mocks/kit/product.ts";
import type { WorldContract, WorldPerson } from "../../mocks/world/types.ts";

export interface Canaries {
  /** How many values were planted, each place counted. */
  readonly planted: number;
  /** The values that stand in the text. Quick for many of them. */
  foundIn(text: string): string[];
}

const mostWords = 6;

export function canariesOf(erps: readonly MockErp[], more: readonly string[] = []): Canaries {
  const planted = erps.flatMap(({ world }) => [
    ...world.people.flatMap(ofPerson),
    ...world.contracts.flatMap(ofContract),
  ]);
  const all = new Set([...planted, ...more].map(normalized).filter((text) => text.length >= 6));
  return {
    planted: planted.length + more.length,
    foundIn: (text) => {
      const words = normalized(text).split(" ");
      const found = new Set<string>();
      for (const [start] of words.entries()) {
        for (let length = 1; length <= mostWords; length += 1) {
          const part = words.slice(start, start + length).join(" ");
          if (all.has(part)) found.add(part);
        }
      }
      return [...found];
    },
  };
}

/** Words only, so that a comma, a quote or a bracket hides nothing. */
const normalized = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}@._+-]+/gu, " ")
    .trim();

function ofPerson(person: WorldPerson): string[] {
  const { surname, givenName, birthDate, email, phone, address, credentials } = person;
  return [
    `${givenName} ${surname}`,
    `${surname} ${givenName}`,
    birthDate,
    email,
    phone,
    phone?.replaceAll(" ", ""),
    phone?.replaceAll(" ", "").replace(/^0/, "+33"),
    `${address.lines[0]} ${address.postalCode}`,
    credentials?.identifier,
    credentials?.password,
  ].filter((value) => typeof value === "string");
}

function ofContract({ bank, insurance, occupants }: WorldContract): string[] {
  return [
    bank?.iban,
    bank?.iban.replace(/(.{4})(?=.)/g, "$1 "),
    insurance?.policyNumber,
    ...occupants.flatMap(({ surname, givenName, birthDate }) => [
      `${givenName} ${surname}`,
      birthDate,
    ]),
  ].filter((value) => typeof value === "string");
}

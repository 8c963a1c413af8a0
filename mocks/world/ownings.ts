import { lazily } from "./lazily.ts";
import { numberWithin } from "./numbers.ts";
import type { WorldContract, WorldLedger, WorldPerson, WorldProperty } from "./types.ts";

const ledgerParts = ["ledgers"] as const;

/** Gives people their properties, and their ledgers when these are first read. */
export function giveOwnings(people: WorldPerson[], contracts: WorldContract[]): void {
  const signed = new Map<number, WorldContract[]>();
  for (const contract of contracts) {
    for (const number of contract.signatories) {
      signed.set(number, [...(signed.get(number) ?? []), contract]);
    }
  }
  for (const person of people) {
    const own = signed.get(person.number) ?? [];
    person.properties = own.flatMap(propertiesOf);
    lazily(person, ledgerParts, () => ({ ledgers: ledgersOf(person, own) }));
  }
}

function propertiesOf(contract: WorldContract): WorldProperty[] {
  if (contract.kind === "LEASE") return [];
  const kind = contract.kind === "CO_OWNERSHIP" ? "CO_OWNED" : "LET";
  return contract.units.map((unit, i) => ({
    number: numberWithin(contract.number, i + 1),
    reference: unit.reference,
    label: unit.label,
    kind,
    address: unit.address,
    shares: kind === "LET" ? null : sharesOf(unit.kind, contract.number),
  }));
}

/** Of 10,000 in the building: a dwelling has hundreds, a cellar a few. */
const sharesOf = (kind: "DWELLING" | "PARKING" | "STORAGE", contract: number): number =>
  ({ DWELLING: 120, PARKING: 15, STORAGE: 2 })[kind] + (contract % (kind === "DWELLING" ? 97 : 7));

const accounts = [
  { role: "TENANT", kind: "LEASE", label: "Compte locataire" },
  { role: "CO_OWNER", kind: "CO_OWNERSHIP", label: "Compte copropriétaire" },
  { role: "OWNER", kind: "MANAGEMENT", label: "Compte propriétaire" },
] as const;

/**
 * One for each role that has an account: what the person's contracts of that kind come to as they
 * stand now. `contracts` are those that the person signed.
 */
export function ledgersOf(person: WorldPerson, contracts: WorldContract[]): WorldLedger[] {
  return accounts.flatMap(({ role, kind, label }, i) => {
    const own = contracts.filter((contract) => contract.kind === kind);
    if (!person.roles.includes(role) || own.length === 0) return [];
    return {
      number: person.number * 10 + i + 1,
      kind: role,
      label,
      balanceCents: own.reduce((sum, { balanceCents }) => sum + balanceCents, 0),
      balanceAsOf: own[0]!.balanceAsOf,
      late: own.some((contract) => contract.late),
    };
  });
}

/** For tests: what should come out at the other end for a World, in none of Dolibarr's formats. */
import type {
  World,
  WorldContract,
  WorldEntry,
  WorldNotice,
  WorldPerson,
  WorldRequest,
} from "../world/types.ts";
import { leaseNumber } from "./records.ts";

export const money = (cents: number) => ({ amount: (cents / 100).toFixed(2), currency: "EUR" });

const e164 = (phone: string | null) =>
  phone ? [`+33${phone.replace(/\D/g, "").replace(/^(0|33)/, "")}`] : [];

export const person = (key: string, who: WorldPerson, { address }: WorldPerson) => ({
  key,
  title: who.title,
  surname: who.surname,
  birthSurname: null,
  givenName: who.givenName,
  birthDate: who.birthDate,
  email: who.email,
  phones: e164(who.phone),
  address: { country: "FR", ...address },
});

export function contract(held: WorldContract, people: readonly WorldPerson[], { today }: World) {
  const [unit] = held.units;
  const { lines, postalCode, city } = unit!.address;
  const hasEnded = held.end !== null && held.end < today;
  return {
    key: String(held.number),
    number: leaseNumber(held),
    kind: "LEASE",
    status: hasEnded ? "ENDED" : held.start > today ? "UPCOMING" : "ACTIVE",
    startDate: held.start,
    endDate: hasEnded ? held.end : null,
    signatories: people.map(({ surname, givenName }) => `${surname} ${givenName}`),
    units: [
      {
        reference: unit!.reference,
        kind: unit!.kind,
        label: unit!.label,
        address: { lines: [lines.join(", ")], postalCode, city, country: "FR" },
      },
    ],
    paymentMethod: null,
  };
}

/** Day, amount owed, and whether it is a payment: what an account says, however it is numbered. */
export const entry = ({ date, cents, label }: WorldEntry) => ({
  date,
  owed: money(cents),
  label: label.endsWith("rejeté") ? label.replace(" rejeté", " : annulation") : label,
});

export const notice = (held: WorldContract, { issuedOn, period, dueDate, lines }: WorldNotice) => ({
  contractKey: String(held.number),
  issuedOn,
  period,
  dueDate,
  total: money(lines.reduce((sum, { cents }) => sum + cents, 0)),
  lines: lines.map(({ label, cents }) => ({ label, amount: money(cents) })),
});

export const request = (held: WorldContract, one: WorldRequest) => {
  const last = one.updates.at(-1)!.status;
  return {
    key: String(one.number),
    contractKey: String(held.number),
    category: one.category,
    place: null,
    reason: one.reason,
    description: one.description,
    status: last === "SCHEDULED" ? "IN_PROGRESS" : last,
  };
};

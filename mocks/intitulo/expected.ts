/** For tests: what should come out at the other end, under Intitulo's keys and in none of its formats. */
import type {
  World,
  WorldAddress,
  WorldContract,
  WorldNotice,
  WorldPerson,
} from "../world/types.ts";
import { titleOf } from "./answers/avis.ts";
import { computedAt } from "./answers/compte.ts";
import { keyOfContract, keyOfEntry, keyOfNotice, keyOfPayment, keyOfPerson } from "./keys.ts";

const euros = (cents: number) => ({
  amount: (cents / 100).toFixed(2),
  currency: "EUR",
});
const address = (written: WorldAddress) => ({ country: "FR", ...written });
const phone = (written: string | null) =>
  written && `+33${written.replace(/\D/g, "").replace(/^(33|0)/, "")}`;

export const person = (of: WorldPerson) => ({
  key: keyOfPerson(of),
  title: of.title,
  surname: of.surname,
  birthSurname: of.birthSurname,
  givenName: of.givenName,
  birthDate: of.birthDate,
  email: of.email,
  phones: [phone(of.phone)].filter((each) => each !== null),
  address: address(of.address),
});

export const registrant = (of: WorldPerson) => ({
  personKey: keyOfPerson(of),
  surnames: [of.surname, of.birthSurname].filter((name) => name !== null),
  givenName: of.givenName,
  birthDate: of.birthDate,
  email: of.email,
});

const signatories = (of: WorldContract, { people }: World): WorldPerson[] =>
  of.signatories.map((number) => people.find((each) => each.number === number)!);

export function contract(of: WorldContract, world: World) {
  const names = signatories(of, world).map(({ givenName, surname }) => `${givenName} ${surname}`);
  const ended = of.end !== null && of.end < world.today;
  return {
    key: keyOfContract(of),
    number: keyOfContract(of),
    kind: "LEASE",
    status: of.start > world.today ? "UPCOMING" : ended ? "ENDED" : "ACTIVE",
    startDate: of.start,
    endDate: of.end,
    signatories: names,
    units: of.units.map((unit) => ({ ...unit, address: address(unit.address) })),
    paymentMethod: of.paymentMethod,
  };
}

export const contacts = (of: WorldContract) =>
  of.contacts.map((contact) => ({ ...contact, phone: phone(contact.phone) }));

/** `asOf` as an instant, whatever the zone it is told in. */
export const balance = (of: WorldContract) => ({
  owed: euros(of.balanceCents),
  late: of.late,
  asOf: Date.parse(computedAt(of.balanceAsOf)),
});

export const entries = (of: WorldContract) =>
  of.entries.map((entry) => ({
    key: keyOfEntry(entry),
    date: entry.date,
    label: entry.label,
    owed: euros(entry.cents),
    period: entry.period,
  }));

export const payments = (of: WorldContract) =>
  of.payments.map((payment) => ({
    key: keyOfPayment(payment),
    date: payment.date,
    amount: euros(payment.cents),
    method: payment.method,
    status: payment.status,
  }));

export const notice = (of: WorldContract, issued: WorldNotice) => ({
  key: keyOfNotice(issued),
  contractKey: keyOfContract(of),
  title: titleOf(issued),
  issuedOn: issued.issuedOn,
  period: issued.period,
  dueDate: issued.dueDate,
  total: euros(issued.lines.reduce((sum, { cents }) => sum + cents, 0)),
  lines: issued.lines.map(({ label, cents }) => ({ label, amount: euros(cents) })),
});

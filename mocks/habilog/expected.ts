/**
 * For tests: what should come out at the other end for a World, under Habilog's keys and in none of
 * its formats.
 */
import { monthInFrench } from "../world/days.ts";
import type {
  World,
  WorldAddress,
  WorldContract,
  WorldNotice,
  WorldPerson,
} from "../world/types.ts";
import {
  keyOfContract,
  keyOfEntry,
  keyOfNotice,
  keyOfOccupant,
  keyOfPayment,
  keyOfPerson,
} from "./keys.ts";

export const euros = (cents: number) => {
  const digits = String(Math.abs(cents)).padStart(3, "0");
  const sign = cents < 0 ? "-" : "";
  return { amount: `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`, currency: "EUR" };
};
const address = (written: WorldAddress) => ({ ...written, country: "FR" });
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
  phones: of.phone ? [phone(of.phone)] : [],
  address: address(of.address),
});

export const registrant = (of: WorldPerson) => ({
  personKey: keyOfPerson(of),
  surnames: of.birthSurname ? [of.surname, of.birthSurname] : [of.surname],
  givenName: of.givenName,
  birthDate: of.birthDate,
  email: of.email,
});

const status = ({ start, end }: WorldContract, today: string) =>
  start > today ? "UPCOMING" : end !== null && end < today ? "ENDED" : "ACTIVE";

export function contract(of: WorldContract, { people, today }: World) {
  const names = of.signatories.map((number) => {
    const { givenName, surname } = people.find((each) => each.number === number)!;
    return `${givenName} ${surname}`;
  });
  return {
    key: keyOfContract(of),
    number: keyOfContract(of),
    kind: "LEASE",
    status: status(of, today),
    startDate: of.start,
    endDate: of.end,
    signatories: names,
    units: of.units.map((unit) => ({ ...unit, address: address(unit.address) })),
    paymentMethod: of.paymentMethod,
  };
}

export const insurance = ({ insurance: policy }: WorldContract) =>
  policy && {
    insurer: policy.insurer,
    policyNumber: policy.policyNumber,
    holder: policy.holder,
    validFrom: policy.from,
    validTo: policy.to,
  };

export const billing = ({ billing: of }: WorldContract) => ({
  recipient: of.recipient,
  address: address(of.address),
});

export const contacts = (of: WorldContract) =>
  of.contacts.map((contact) => ({ ...contact, phone: phone(contact.phone) }));

export const occupants = (of: WorldContract) =>
  of.occupants.map(({ surname, givenName, birthDate, relationship, since, ...occupant }) => ({
    key: keyOfOccupant(occupant),
    contractKey: keyOfContract(of),
    surname,
    givenName,
    birthDate,
    relationship,
    since,
  }));

export const entries = (of: WorldContract) =>
  of.entries.map(({ cents, date, label, period, ...entry }) => ({
    key: keyOfEntry(entry),
    date,
    label,
    owed: euros(cents),
    period,
  }));

export const payments = (of: WorldContract) =>
  of.payments.map(({ cents, date, method, status: state, ...payment }) => ({
    key: keyOfPayment(payment),
    date,
    amount: euros(cents),
    method,
    status: state,
  }));

export const balance = (of: WorldContract) => ({
  owed: euros(of.balanceCents),
  late: of.late,
  /** On the wall in Ivry. */
  asOf: `${of.balanceAsOf}T22:15:00`,
});

export const bank = ({ bank: of }: WorldContract) => of;
export const directDebit = ({ directDebit: of }: WorldContract) => of;

export const paymentPlan = ({ paymentPlan: of }: WorldContract) =>
  of && {
    agreedOn: of.agreedOn,
    total: euros(of.instalments.reduce((sum, { cents }) => sum + cents, 0)),
    instalments: of.instalments.map(({ dueDate, cents, status: state }) => ({
      dueDate,
      amount: euros(cents),
      status: state,
    })),
  };

export const notice = (contractKey: string, of: WorldNotice) => ({
  key: keyOfNotice(of),
  contractKey,
  title: `Avis d'échéance ${monthInFrench(of.period.from)}`,
  issuedOn: of.issuedOn,
  period: of.period,
  dueDate: of.dueDate,
  total: euros(of.lines.reduce((sum, { cents }) => sum + cents, 0)),
  lines: of.lines.map(({ label, cents }) => ({ label, amount: euros(cents) })),
});

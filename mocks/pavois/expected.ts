/**
 * For tests: what should come out at the other end for a World, under Pavois's keys and in none of
 * its formats.
 */
import { monthInFrench } from "../world/days.ts";
import type {
  World,
  WorldAddress,
  WorldContract,
  WorldNotice,
  WorldPerson,
  WorldReceipt,
  WorldRegularisation,
  WorldRequest,
} from "../world/types.ts";
import {
  keyOfContract,
  keyOfDocument,
  keyOfMember,
  keyOfNews,
  keyOfOccupant,
  keyOfPerson,
  keyOfRequest,
  keyOfSurvey,
} from "./keys.ts";

const euros = (cents: number) => {
  const digits = String(Math.abs(cents)).padStart(3, "0");
  const sign = cents < 0 ? "-" : "";
  return { amount: `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`, currency: "EUR" };
};
const eurosOrNull = (cents: number | null) => (cents === null ? null : euros(cents));
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
    kind: of.kind,
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
  of.occupants.map(({ number, ...occupant }) => ({
    ...occupant,
    key: keyOfOccupant({ number }),
    contractKey: keyOfContract(of),
  }));

/** Newest first, 50 at most: what is for everybody, and for the buildings where they live. */
export function news(of: WorldPerson, { contracts, news: all, today }: World) {
  const lived = contracts
    .filter(({ signatories, end }) => signatories.includes(of.number) && (end ?? today) >= today)
    .map(({ building }) => building);
  return all
    .filter(({ buildings }) => !buildings || lived.some((one) => buildings.includes(one)))
    .slice(0, 50)
    .map(({ number, title, text, publishedOn }) => ({
      key: keyOfNews({ number }),
      title,
      text,
      publishedOn,
    }));
}

export const paymentPlan = ({ paymentPlan: plan }: WorldContract) =>
  plan && {
    agreedOn: plan.agreedOn,
    total: euros(plan.instalments.reduce((sum, { cents }) => sum + cents, 0)),
    instalments: plan.instalments.map(({ cents, ...instalment }) => ({
      ...instalment,
      amount: euros(cents),
    })),
  };

export const entries = (of: WorldContract) =>
  of.entries.map(({ number, date, label, cents, period }) => ({
    key: `E${number}`,
    date,
    label,
    owed: euros(cents),
    period,
  }));

export const payments = (of: WorldContract) =>
  of.payments.map(({ number, date, cents, method, status: state }) => ({
    key: `R${number}`,
    date,
    amount: euros(cents),
    method,
    status: state,
  }));

export const balance = (of: WorldContract) => ({
  owed: euros(of.balanceCents),
  late: of.late,
  /** On the wall in La Rochelle. */
  asOf: `${of.balanceAsOf}T20:30:00`,
});

export const notice = (contractKey: string, of: WorldNotice) => ({
  key: keyOfDocument("AE", of),
  contractKey,
  title: `Avis d'échéance ${monthInFrench(of.period.from)}`,
  issuedOn: of.issuedOn,
  period: of.period,
  dueDate: of.dueDate,
  total: euros(of.lines.reduce((sum, { cents }) => sum + cents, 0)),
  lines: of.lines.map(({ label, cents }) => ({ label, amount: euros(cents) })),
});

export const receipt = (contractKey: string, of: WorldReceipt) => ({
  key: keyOfDocument("QT", of),
  contractKey,
  title: `${of.kind === "FULL" ? "Quittance" : "Reçu"} ${monthInFrench(of.period.from)}`,
  issuedOn: of.issuedOn,
  kind: of.kind,
  period: of.period,
  paid: euros(of.paidCents),
  rent: eurosOrNull(of.rentCents),
  charges: eurosOrNull(of.chargesCents),
});

export const regularisation = (contractKey: string, of: WorldRegularisation) => ({
  key: keyOfDocument("RG", of),
  contractKey,
  title: `Régularisation des charges ${of.year}`,
  issuedOn: of.issuedOn,
  year: of.year,
  actual: euros(of.actualCents),
  provisions: euros(of.provisionsCents),
  difference: euros(of.actualCents - of.provisionsCents),
});

export const surveys = (of: WorldContract) =>
  of.surveys.map((survey) => ({
    key: keyOfSurvey(survey),
    contractKey: keyOfContract(of),
    kind: survey.kind,
    year: survey.year,
    dueDate: survey.dueDate,
    status: survey.status,
    householdStatus: survey.householdStatus,
    members: survey.members.map(({ number, taxIncomeCents, ...member }) => ({
      ...member,
      key: keyOfMember(survey, { number }),
      taxIncome: eurosOrNull(taxIncomeCents),
    })),
  }));

/** Moments as instants, so that zones do not matter. */
export const request = (contractKey: string, of: WorldRequest) => ({
  key: keyOfRequest(of),
  contractKey,
  number: keyOfRequest(of),
  category: of.category,
  place: of.place,
  reason: of.reason,
  description: of.description,
  status: of.updates.at(-1)!.status,
  createdAt: Date.parse(of.createdAt),
  updates: of.updates.map((update) => ({ ...update, at: Date.parse(update.at) })),
});

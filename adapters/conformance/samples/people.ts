import { occupants, billingAddresses, insurancePolicies } from "../../ports/contract.ts";
import { persons, professionalSituations } from "../../ports/identity.ts";
import { newCall, type Subject } from "../subject.ts";
import { isServed, ofContract, orNull, sampleOf, writingOf, type Sample } from "./sample.ts";
import { dayIn, digits, letters, newFile } from "./values.ts";

export async function newPersonChange(subject: Subject): Promise<Sample> {
  const { person } = writingOf(subject);
  const phone = `+3361${digits(7)}`;
  return sampleOf({ person, contract: null }, { phones: [phone] }, async ({ usual }) => {
    if (!isServed(usual.ports, persons)) return null;
    const [found] = await usual.ports.use(persons).byKeys([person], newCall());
    return found?.phones.join() === phone;
  });
}

export async function newSituation(subject: Subject): Promise<Sample> {
  const { person } = writingOf(subject);
  const employer = `Société ${letters(8)} & Œuvres`;
  const payload = { label: "Salarié", employer, since: "2024-01-15" };
  return sampleOf({ person, contract: null }, payload, async ({ usual }) => {
    if (!isServed(usual.ports, professionalSituations)) return null;
    const [found] = await usual.ports.use(professionalSituations).ofPersons([person], newCall());
    return found?.employer === employer;
  });
}

export async function newOccupant(subject: Subject): Promise<Sample> {
  const { person, contract } = writingOf(subject);
  const surname = `D'Épreuve-${letters(8)}`;
  const occupant = {
    surname,
    givenName: "Zoé",
    birthDate: "2019-02-28",
    relationship: "Enfant",
    since: null,
  };
  return sampleOf({ person, contract }, { action: "ADD", occupant }, async (now) => {
    const found = await ofContract(now, occupants, contract);
    // The ERP may keep names in capitals.
    const same = (name: string) => name.toLowerCase() === surname.toLowerCase();
    return orNull(found, (all) => all.filter((one) => same(one.surname)).length === 1);
  });
}

export async function newBillingAddress(subject: Subject): Promise<Sample> {
  const { person, contract, postalCode, city } = writingOf(subject);
  const recipient = `Mme Essai ${letters(6)}`;
  const address = { lines: ["3 bis, rue de l'Église"], postalCode, city, country: "FR" };
  return sampleOf({ person, contract }, { recipient, address }, async (now) =>
    orNull(await ofContract(now, billingAddresses, contract), (found) =>
      Boolean(found && found.recipient.toLowerCase() === recipient.toLowerCase()),
    ),
  );
}

export async function newInsurance(subject: Subject): Promise<Sample> {
  const { person, contract } = writingOf(subject);
  const policyNumber = `E-${digits(8)}`;
  const payload = {
    insurer: "Mutuelle d'Essai",
    policyNumber,
    holder: null,
    validFrom: dayIn(0),
    validTo: dayIn(365),
    certificate: newFile(),
  };
  return sampleOf({ person, contract }, payload, async (now) =>
    orNull(
      await ofContract(now, insurancePolicies, contract),
      (found) => found?.policyNumber === policyNumber,
    ),
  );
}

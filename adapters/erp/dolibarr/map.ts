/** Dolibarr's people, contracts and tickets into the ports' data. Pure. */
import type { Contract, InsurancePolicy, Occupant, Unit } from "../../ports/contract.ts";
import type { Person, Registrant } from "../../ports/identity.ts";
import type { RequestStatus, ServiceRequest } from "../../ports/requests.ts";
import { Day, type Address } from "../../ports/values.ts";
import { phoneOf } from "../../transport/phone.ts";
import type { Settings } from "./settings.ts";
import { dayOf, dayOrNull, momentOf } from "./values.ts";
import { stateOf, type ContractLine } from "./wire.ts";
import type * as wire from "./wire.ts";

/** A contact without a surname is known by what there is. */
const surnameOf = ({ lastname, firstname, id }: wire.Contact) => lastname ?? firstname ?? id;

export const registrant = (contact: wire.Contact, timeZone: string): Registrant => ({
  personKey: contact.id,
  surnames: [surnameOf(contact)],
  givenName: contact.lastname === null ? null : contact.firstname,
  birthDate: dayOrNull(contact.birthday, timeZone),
  email: contact.email,
});

const titles: Record<string, Person["title"]> = { MR: "MR", MME: "MRS", MLE: "MRS" };

/** The address is that of the third party: contacts of tenants have none of their own. */
export function person(
  contact: wire.Contact,
  thirdParty: wire.ThirdParty | null,
  timeZone: string,
): Person {
  const { phone_mobile, phone_perso, phone_pro } = contact;
  const phones = [phone_mobile, phone_perso, phone_pro].flatMap((phone) => phoneOf(phone) ?? []);
  return {
    key: contact.id,
    title: titles[contact.civility_code ?? ""] ?? null,
    surname: surnameOf(contact),
    birthSurname: null,
    givenName: contact.lastname === null ? null : contact.firstname,
    birthDate: dayOrNull(contact.birthday, timeZone),
    email: contact.email,
    phones: [...new Set(phones)],
    address: thirdParty && addressOf(thirdParty),
  };
}

export function addressOf(thirdParty: wire.ThirdParty): Address | null {
  const { address, zip, town, country_code } = thirdParty;
  if (address === null || zip === null || town === null) return null;
  const lines = address.split("\n").filter((line) => line !== "");
  return { lines, postalCode: zip, city: town, country: country_code ?? "FR" };
}

export const nameOf = ({ lastname, firstname }: wire.Contact): string | null =>
  [lastname, firstname].filter((name) => name !== null).join(" ") || null;

export const occupant = (
  contact: wire.Contact,
  contractKey: string,
  timeZone: string,
): Occupant => ({
  key: contact.id,
  contractKey,
  surname: surnameOf(contact),
  givenName: contact.lastname === null ? null : contact.firstname,
  birthDate: dayOrNull(contact.birthday, timeZone),
  relationship: contact.poste,
  since: null,
});

export interface Surroundings {
  readonly signatories: readonly string[];
  readonly fallbackAddress: Address | null;
}

/** Null where Dolibarr has no address for it, neither in its extra field nor of its third party. */
export function contract(
  contrat: wire.Contract,
  { signatories, fallbackAddress }: Surroundings,
  settings: Settings,
  today: string,
): Contract | null {
  const unit = unitOf(contrat, fallbackAddress, settings);
  const start = startOf(contrat, settings.timeZone);
  if (unit === null || start === null) return null;
  const status = statusOf(contrat, start, today);
  return {
    key: contrat.id,
    number: numberOf(contrat, settings),
    kind: "LEASE",
    status,
    startDate: start,
    endDate: status === "ENDED" ? endOf(contrat, settings.timeZone) : null,
    signatories: [...signatories],
    units: [unit],
    paymentMethod: null,
  };
}

export const numberOf = (contrat: wire.Contract, { contractNumber }: Settings): string =>
  contrat[contractNumber] ?? contrat.ref;

function startOf({ lines, date_contrat }: wire.Contract, timeZone: string): string | null {
  const days = lines.flatMap(({ date_start }) => dayOrNull(date_start, timeZone) ?? []);
  return days.toSorted()[0] ?? dayOrNull(date_contrat, timeZone);
}

/** The end that was planned says nothing: a lease goes on. */
function endOf({ lines }: wire.Contract, timeZone: string): string | null {
  const days = lines.flatMap(
    ({ date_end_real, date_end }) => dayOrNull(date_end_real ?? date_end, timeZone) ?? [],
  );
  return days.toSorted().at(-1) ?? null;
}

const isOpen = (line: ContractLine) => stateOf(line) === "4";
export const isRunning = (contrat: wire.Contract): boolean =>
  stateOf(contrat) === "1" && (contrat.lines.length === 0 || contrat.lines.some(isOpen));

/** A contract runs by its lines: 0 not yet in service, 4 in service, 5 closed. */
function statusOf(contrat: wire.Contract, start: string, today: string): Contract["status"] {
  if (isRunning(contrat)) return start > today ? "UPCOMING" : "ACTIVE";
  const isWaiting = contrat.lines.some((line) => stateOf(line) === "0");
  return stateOf(contrat) === "1" && isWaiting ? "UPCOMING" : "ENDED";
}

export function unitKindOf(contrat: wire.Contract, { unit }: Settings): Unit["kind"] {
  if (unit.kind === undefined) return "DWELLING";
  return unit.kinds[extraField(contrat, unit.kind) ?? ""] ?? "OTHER";
}

function unitOf(contrat: wire.Contract, fallback: Address | null, settings: Settings): Unit | null {
  const address = writtenAddress(extraField(contrat, settings.unit.address)) ?? fallback;
  return (
    address && {
      reference: extraField(contrat, settings.unit.reference) ?? contrat.ref,
      kind: unitKindOf(contrat, settings),
      label: contrat.lines[0]?.desc ?? null,
      address,
    }
  );
}

/** `12 rue des Lilas, 75011 Paris` */
function writtenAddress(written: string | null): Address | null {
  const [, street, postalCode, city] = /^(.+),\s*(\d{5})\s+([^,]+)$/.exec(written ?? "") ?? [];
  if (!street || !postalCode || !city) return null;
  return { lines: [street.trim()], postalCode, city: city.trim(), country: "FR" };
}

export function extraField({ array_options }: wire.Contract, code: string): string | null {
  const value = array_options[`options_${code}`];
  return typeof value === "string" ? value.trim() || null : null;
}

/** Null unless there is a whole one: the fields are filled by hand. */
export function insurancePolicy(
  contrat: wire.Contract,
  fields: NonNullable<Settings["insurance"]>,
): InsurancePolicy | null {
  const [insurer, policyNumber, holder, from, to] = [
    fields.insurer,
    fields.policyNumber,
    fields.holder,
    fields.validFrom,
    fields.validTo,
  ].map((code) => extraField(contrat, code));
  const [validFrom, validTo] = [Day.safeParse(from), Day.safeParse(to)];
  if (!insurer || !policyNumber || !validFrom.success || !validTo.success) return null;
  return {
    insurer,
    policyNumber,
    holder: holder ?? null,
    validFrom: validFrom.data,
    validTo: validTo.data,
  };
}

const requestStates: Record<string, RequestStatus> = {
  "0": "RECEIVED",
  "1": "RECEIVED",
  "2": "IN_PROGRESS",
  "3": "IN_PROGRESS",
  "5": "WAITING_FOR_TENANT",
  "7": "IN_PROGRESS",
  "8": "DONE",
  "9": "CANCELLED",
};

/** A state that is not in the list came after 22.0.4: somebody is at it. */
export const requestStatus = ({ fk_statut }: wire.Ticket): RequestStatus =>
  requestStates[fk_statut] ?? "IN_PROGRESS";

export function serviceRequest(
  ticket: wire.Ticket,
  contractKey: string,
  { requestTypes, login }: Settings,
): ServiceRequest {
  const type = requestTypes.find(({ code }) => code === ticket.type_code);
  return {
    key: ticket.id,
    contractKey,
    number: ticket.ref,
    category: type?.category ?? "ADMINISTRATIVE",
    place: null,
    reason: ticket.subject ?? type?.label ?? ticket.type_label ?? ticket.ref,
    description: ticket.message,
    status: requestStatus(ticket),
    createdAt: momentOf(ticket.datec),
    updates: updatesOf(ticket, login),
  };
}

/**
 * Dolibarr keeps no history of states: the first step is the creation, the last one what stands there
 * now, and what the landlord wrote in between was written while it was at work.
 */
function updatesOf(ticket: wire.Ticket, login: string): ServiceRequest["updates"] {
  const status = requestStatus(ticket);
  const created = { at: momentOf(ticket.datec), status: "RECEIVED" as const, comment: null };
  const told = ticket.messages
    .filter((one) => one.private !== "1" && one.fk_user_action_string !== login)
    .flatMap(({ datec, message }) => (datec === null || message === null ? [] : { datec, message }))
    .toSorted((a, b) => a.datec - b.datec);
  const comments = told.map(({ datec, message }, i) => ({
    at: momentOf(Math.max(datec, ticket.datec)),
    status: i === told.length - 1 ? status : ("IN_PROGRESS" as const),
    comment: message,
  }));
  if (comments.length > 0) return [created, ...comments];
  if (status === "RECEIVED") return [created];
  const changed = ticket.date_close ?? ticket.date_read ?? ticket.datec;
  return [created, { at: momentOf(Math.max(changed, ticket.datec)), status, comment: null }];
}

export const today = (now: Date, timeZone: string): string =>
  dayOf(Math.floor(now.getTime() / 1000), timeZone);

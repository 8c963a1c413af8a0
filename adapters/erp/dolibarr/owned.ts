/** Whose a thing is. The key of the service sees everything: each answer is looked at by us. */
import type { Submission, LookUp, Outcome, Rejection } from "../../ports/changes.ts";
import { PortError } from "../../ports/errors.ts";
import type { Call } from "../../ports/port.ts";
import { at, before, type Client } from "./client.ts";
import type { Settings } from "./settings.ts";
import { idPattern } from "./values.ts";
import {
  Charge,
  chargeProperties,
  Contact,
  contactProperties,
  Contract,
  linkedIds,
  stateOf,
} from "./wire.ts";

export interface Erp {
  readonly client: Client;
  readonly settings: Settings;
  now(): Date;
}
/** With a client that only reads. */
export type Reading = Omit<Erp, "client"> & { readonly client: Pick<Client, "read" | "list"> };

const notAskedFor = () =>
  new PortError("BAD_RESPONSE", "dolibarr: an answer holds what was not asked for");

/** Throws where an answer holds something else, which filters that Dolibarr ignores would bring. */
function checkAll<T>(things: readonly T[], isAskedFor: (thing: T) => boolean): readonly T[] {
  if (!things.every(isAskedFor)) throw notAskedFor();
  return things;
}

export const isHolder = ({ settings }: Reading, { poste }: Contact): boolean =>
  poste !== null && settings.holderPositions.includes(poste);

/** Somebody who signed: a contact in one of the positions that say so, of some third party. */
export async function holder(
  erp: Reading,
  key: string,
  call: Call,
): Promise<(Contact & { socid: string }) | null> {
  if (!idPattern.test(key)) return null;
  const contact = await erp.client.read({ path: at`/contacts/${key}`, shape: Contact }, call);
  if (!contact) return null;
  checkAll([contact], ({ id }) => id === key);
  const { socid } = contact;
  return socid !== null && isHolder(erp, contact) ? { ...contact, socid } : null;
}

/** Everybody whom Dolibarr has for a third party. */
export async function contactsOf(erp: Reading, socid: string, call: Call) {
  const query = { thirdparty_ids: socid, properties: contactProperties };
  const found = await erp.client.list({ path: "/contacts", query, shape: Contact }, call);
  return checkAll(found, (contact) => contact.socid === socid);
}

/** `0` is a draft: nobody's yet. */
const isDraft = (contract: Contract) => stateOf(contract) === "0";

export async function contractsOf(erp: Reading, socid: string, call: Call) {
  const query = { thirdparty_ids: socid };
  const found = await erp.client.list({ path: "/contracts", query, shape: Contract }, call);
  return checkAll(found, (one) => one.socid === socid).filter((one) => !isDraft(one));
}

export async function contract(erp: Reading, key: string, call: Call): Promise<Contract | null> {
  if (!idPattern.test(key)) return null;
  const found = await erp.client.read({ path: at`/contracts/${key}`, shape: Contract }, call);
  if (!found) return null;
  checkAll([found], ({ id }) => id === key);
  return isDraft(found) ? null : found;
}

/** Neither drafts (0) nor abandoned ones (3), no proforma (4). */
export const isCharge = (invoice: Pick<Charge, "type" | "status" | "statut">): boolean =>
  ["1", "2"].includes(stateOf(invoice)) && invoice.type !== "4";

/** What has been charged for a contract: the invoices of its third party that are linked to it. */
export async function chargesOf(erp: Reading, held: Contract, call: Call): Promise<Charge[]> {
  const linked = new Set(linkedIds(held.linkedObjectsIds, "facture"));
  if (linked.size === 0) return [];
  const query = { thirdparty_ids: held.socid, properties: chargeProperties };
  const found = await erp.client.list({ path: "/invoices", query, shape: Charge }, call);
  return checkAll(found, ({ socid }) => socid === held.socid).filter(
    (invoice) => linked.has(invoice.id) && isCharge(invoice),
  );
}

export const rejected = (reason: Rejection): Outcome => ({ state: "REJECTED", reason });
export const applied = (reference: string | null = null) =>
  ({ state: "APPLIED", reference }) as const;
export const absent: LookUp = { state: "ABSENT" };

/** Nothing is sent about a contract that the person does not hold. */
export async function asHolder(
  erp: Erp,
  { contractKey, personKey }: Pick<Submission<unknown>, "contractKey" | "personKey">,
  call: Call,
  send: (held: Contract) => Promise<Outcome>,
): Promise<Outcome> {
  const reading = { ...erp, client: before(erp.client) };
  const who = await holder(reading, personKey, call);
  const held = who && contractKey !== null ? await contract(reading, contractKey, call) : null;
  if (!who || !held) return rejected("UNKNOWN_THING");
  return held.socid === who.socid ? send(held) : rejected("NOT_POSSIBLE");
}

/** As it stands there afterwards, and as it is read. */
export const tidy = (text: string): string => text.replace(/\s+/g, " ").trim();

/**
 * Whether Dolibarr keeps a text as it is: it takes out whatever looks like a tag, and answers 200.
 * One line, so many characters at most.
 */
export const fits = (text: string, most: number): boolean =>
  text.trim() !== "" &&
  text.length <= most &&
  text.isWellFormed() &&
  !/[<>\p{Cc}]|&#?\w+;/u.test(text);

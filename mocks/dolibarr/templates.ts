/**
 * Objects as a real Dolibarr 22.0.4 sent them, with all their keys, most of them null. What the mock
 * knows is put in the place of what stood there.
 */
import { readFileSync } from "node:fs";

type Template = Record<string, unknown>;
const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`templates/${name}.json`, import.meta.url), "utf8"));
const objects = {
  thirdparty: read("thirdparty"),
  contact: read("contact"),
  contract: read("contract"),
  contractLine: read("contractLine"),
  invoice: read("invoice"),
  invoiceLine: read("invoiceLine"),
  ticket: read("ticket"),
  ticketMessage: read("ticketMessage"),
  bankAccount: read("bankAccount"),
  bankAccountWritten: read("bankAccountWritten"),
  document: read("document"),
} as Record<string, Template>;

/** Throws for a key that no such object has: a new one would be a guess. */
export function filled(name: keyof typeof objects, values: Template): Template {
  const template = objects[name]!;
  const unknown = Object.keys(values).filter((key) => !Object.hasOwn(template, key));
  if (unknown.length > 0) throw new Error(`no ${name} has ${unknown.join(", ")}`);
  return { ...template, ...values };
}

export const ticketTypes = read("ticketTypes") as { code: string; label: string }[];
export const paymentTypes = read("paymentTypes") as { id: string; code: string }[];

import {
  Role,
  persons,
  professionalSituations,
  roles,
  type Person as PersonRecord,
  type ProfessionalSituation,
} from "../../adapters/ports/identity.ts";
import { freshnessOf } from "../../adapters/ports/freshness.ts";
import type { RequestContext } from "../kernel/context.ts";
import { load } from "../kernel/loaders.ts";
import { signedIn } from "../kernel/ownership.ts";
import type { Person } from "./types.ts";

function showPerson(context: RequestContext, record: PersonRecord): Person {
  const { key, ...shown } = record;
  const displayName = [record.givenName, record.surname].filter(Boolean).join(" ");
  return { ...shown, id: context.ids.seal("Person", key), displayName, ...freshnessOf(record) };
}

/**
 * The person whom the viewer stands for. Null when the landlord's system no longer knows them.
 * Throws a GraphQLError when nobody is signed in, or the system cannot be asked.
 */
export async function ownPerson(context: RequestContext): Promise<Person | null> {
  const [key] = signedIn(context).personKeys;
  return key === undefined ? null : personByKey(context, key);
}

/** The person behind an id, or null when the viewer does not stand for that person. */
export async function ownPersonById(context: RequestContext, id: string): Promise<Person | null> {
  const key = ownKey(context, id);
  return key === null ? null : personByKey(context, key);
}

/** What that person lives on, or null when the viewer does not stand for them or nothing is on file. */
export async function ownSituation(
  context: RequestContext,
  id: string,
): Promise<ProfessionalSituation | null> {
  const key = ownKey(context, id);
  return key === null ? null : load(context, professionalSituations, "ofPersons", key);
}

/** What the viewer's persons are to the landlord. An ERP that does not tell has tenants only. */
export async function ownRoles(context: RequestContext): Promise<Role[]> {
  const { personKeys } = signedIn(context);
  if (!context.ports.served.includes(roles.name)) return ["TENANT"];
  const lists = await Promise.all(personKeys.map((key) => load(context, roles, "ofPersons", key)));
  const held = new Set(lists.flat());
  return Role.options.filter((role) => held.has(role));
}

/** The ERP's key behind a person's id; null when the viewer does not stand for that person. */
export function ownKey(context: RequestContext, id: string): string | null {
  const [key] = context.ids.open("Person", id) ?? [];
  return key !== undefined && context.viewer?.personKeys.includes(key) ? key : null;
}

async function personByKey(context: RequestContext, key: string): Promise<Person | null> {
  const record = await load(context, persons, "byKeys", key);
  return record && showPerson(context, record);
}

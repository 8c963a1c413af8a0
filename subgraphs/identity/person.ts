import { persons, type Person as PersonRecord } from "../../adapters/ports/identity.ts";
import type { RequestContext } from "../kernel/context.ts";
import { load } from "../kernel/loaders.ts";
import { signedIn } from "../kernel/ownership.ts";
import type { Person } from "./types.ts";

function showPerson(context: RequestContext, record: PersonRecord): Person {
  const { key, ...shown } = record;
  const displayName = [record.givenName, record.surname].filter(Boolean).join(" ");
  return { ...shown, id: context.ids.seal("Person", key), displayName };
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
  const [key] = context.ids.open("Person", id) ?? [];
  const own = key !== undefined && context.viewer?.personKeys.includes(key);
  return own ? personByKey(context, key) : null;
}

async function personByKey(context: RequestContext, key: string): Promise<Person | null> {
  const record = await load(context, persons, "byKeys", key);
  return record && showPerson(context, record);
}

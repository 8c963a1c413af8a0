/** Short lists of a contract, read whole. */
import type { Call } from "../../ports/port.ts";
import { at, type Client, type ListOf } from "./client.ts";
import { askedFor, wholeOf } from "./lists.ts";
import { Assurance, Occupant } from "./wire.ts";

/** Their records have no key of their own but all that they say. */
export async function whole<T>(client: Client, list: ListOf<T>, call: Call): Promise<T[]> {
  return (await wholeOf((window) => client.slice(list, window, call), JSON.stringify)) ?? [];
}

/** Null for a contract that beauceron does not know. */
export async function occupantsOf(client: Client, key: string, call: Call) {
  const list = { path: at`/v2/contrats/${key}/occupants`, shape: Occupant };
  const found = await wholeOf((window) => client.slice(list, window, call), JSON.stringify);
  return found && askedFor(found, ({ contrat }) => contrat === key);
}

/** Records of one contract from a list that many contracts share. */
export async function contractRecords<T extends { contrat: string }>(
  client: Client,
  list: ListOf<T>,
  key: string,
  call: Call,
): Promise<T[]> {
  const found = await whole(client, { ...list, query: { contrats: key } }, call);
  return [...askedFor(found, ({ contrat }) => contrat === key)];
}

export const policiesOf = (client: Client, key: string, call: Call): Promise<Assurance[]> =>
  whole(client, { path: at`/v2/contrats/${key}/assurances`, shape: Assurance }, call);

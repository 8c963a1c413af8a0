import {
  buildings,
  candidacies,
  news,
  occupants,
  properties,
} from "../../adapters/ports/contract.ts";
import type { BatchRead, Port } from "../../adapters/ports/port.ts";
import type { RequestContext } from "../kernel/context.ts";
import { load } from "../kernel/loaders.ts";
import { signedIn } from "../kernel/ownership.ts";
import type { Building } from "./building/types.ts";
import type { Candidacy, NewsItem, Occupant, Property } from "./types.ts";

export async function occupantsOf(
  context: RequestContext,
  contractKey: string,
): Promise<Occupant[]> {
  const found = await load(context, occupants, "ofContracts", contractKey);
  return found.map(({ key, contractKey: _contract, ...shown }) => ({
    ...shown,
    id: context.ids.seal("Occupant", contractKey, key),
  }));
}

export async function buildingOf(
  context: RequestContext,
  contractKey: string,
): Promise<Building | null> {
  const found = await load(context, buildings, "ofContracts", contractKey);
  if (!found) return null;
  const { key, ...shown } = found;
  return { ...shown, id: context.ids.seal("Building", key) };
}

/** What the ERP lists for the persons that the viewer stands for, under ids of `kind`. */
async function ofViewer<Thing extends { key: string }>(
  context: RequestContext,
  port: Port<{ ofPersons: BatchRead<string, Thing[]> }>,
  kind: string,
): Promise<(Omit<Thing, "key"> & { id: string })[]> {
  const { personKeys } = signedIn(context);
  const lists = await Promise.all(
    personKeys.map((person) => load(context, port, "ofPersons", person)),
  );
  return lists.flat().map(({ key, ...shown }) => ({ ...shown, id: context.ids.seal(kind, key) }));
}

export const propertiesOf = (context: RequestContext): Promise<Property[]> =>
  ofViewer(context, properties, "Property");

export const candidaciesOf = (context: RequestContext): Promise<Candidacy[]> =>
  ofViewer(context, candidacies, "Candidacy");

/** Newest first; what concerns two persons of the account is there once. */
export async function newsOf(context: RequestContext): Promise<NewsItem[]> {
  const items = await ofViewer(context, news, "NewsItem");
  const once = [...new Map(items.map((item) => [item.id, item])).values()];
  return once.toSorted((a, b) => b.publishedOn.localeCompare(a.publishedOn));
}

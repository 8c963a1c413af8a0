import { isAbstractType, isUnionType, type GraphQLObjectType, type GraphQLSchema } from "graphql";
import { faultsOf, type Client } from "./client.ts";
import { idPlaces } from "./id-places.ts";
import { harvestQueries } from "./selections.ts";

/** Ids by the name of their type. */
export type Ids = ReadonlyMap<string, ReadonlySet<string>>;

export interface Harvest {
  readonly ids: Ids;
  /** All that was answered, as JSON. */
  readonly text: string;
}

/** Asks for all that this client can reach without giving an id. Throws when any of it fails. */
export async function harvest(schema: GraphQLSchema, front: Client): Promise<Harvest> {
  const ids = new Map<string, Set<string>>();
  const texts: string[] = [];
  for (const query of harvestQueries(schema)) {
    const answer = await front(query);
    const { data } = answer;
    const faults = faultsOf(answer);
    if (faults.length > 0) throw new Error(`${query}: ${JSON.stringify(faults)}`);
    collect(data, ids);
    texts.push(JSON.stringify(data));
  }
  return { ids, text: texts.join("\n") };
}

/** Adds the id of everything in `value` that says its type. */
export function collect(value: unknown, ids: Map<string, Set<string>>): void {
  if (typeof value !== "object" || value === null) return;
  if ("__typename" in value && "id" in value) {
    const type = String(value.__typename);
    ids.set(type, (ids.get(type) ?? new Set()).add(String(value.id)));
  }
  for (const inner of Object.values(value)) collect(inner, ids);
}

/** The ids of `others` that `own` does not hold: what must be worthless to whoever holds `own`. */
export function without(own: Ids, ...others: Ids[]): Ids {
  const foreign = new Map<string, Set<string>>();
  for (const [type, ids] of others.flatMap((other) => [...other])) {
    const rest = [...ids].filter((id) => !own.get(type)?.has(id));
    if (rest.length > 0) foreign.set(type, new Set([...(foreign.get(type) ?? []), ...rest]));
  }
  return foreign;
}

/** Of each type that is not one of `kinds`, one id. */
export const oneOfOthers = (ids: Ids, kinds: readonly string[]): string[] =>
  [...ids].flatMap(([type, set]) => (kinds.includes(type) ? [] : [[...set][0]!]));

/** Of each of the types `kinds`, three ids: more would try the same code again. */
export const someOf = (ids: Ids, kinds: readonly string[]): string[] =>
  kinds.flatMap((kind) => {
    const all = [...(ids.get(kind) ?? [])];
    return [...new Set([all[0], all[all.length >> 1], all.at(-1)])].filter(
      (id) => id !== undefined,
    );
  });

/** The object types behind the name of one, or of an interface. */
export function typesBehind(schema: GraphQLSchema, kind: string): string[] {
  const type = schema.getType(kind);
  return isAbstractType(type) ? schema.getPossibleTypes(type).map(String) : [kind];
}

/** The ids that belong at a place that wants `kind`. */
export const idsOfKind = (schema: GraphQLSchema, ids: Ids, kind: string): string[] =>
  typesBehind(schema, kind).flatMap((name) => [...(ids.get(name) ?? [])]);

/** The types that a subgraph finds again by their key. */
export function entitiesOf(schema: GraphQLSchema): readonly GraphQLObjectType[] {
  const union = schema.getType("_Entity");
  return isUnionType(union) ? union.getTypes() : [];
}

/**
 * A sentence for each place that would go untested: no id for it was harvested, it does not tell what
 * it wants, or nothing leads there. `exempt`: places that take no id of anybody's, with the reason.
 */
export function untestedPlaces(
  schema: GraphQLSchema,
  ids: Ids,
  exempt: Readonly<Record<string, string>> = {},
): string[] {
  const places = idPlaces(schema);
  const stale = Object.keys(exempt).filter((name) => !places.some((place) => place.name === name));
  return [
    ...stale.map((name) => `${name} is exempt, and does not exist`),
    ...places.flatMap(({ name, kind, operation }) => {
      if (name in exempt) return [];
      if (!operation) return [`${name} cannot be reached from the root`];
      if (!kind) return [`${name} does not tell of what it wants the id`];
      const missing = typesBehind(schema, kind).filter((type) => !ids.get(type)?.size);
      return missing.map((type) => `${name}: no id of ${type} to try`);
    }),
  ];
}

/** The same for the entities of a subgraph. */
export const untestedEntities = (schema: GraphQLSchema, ids: Ids): string[] =>
  entitiesOf(schema)
    .filter(({ name }) => !ids.get(name)?.size)
    .map(({ name }) => `_entities: no id of ${name} to try`);

/** Every way into a schema, and what can be asked from there: made from the schema itself. */
import {
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isRequiredArgument,
  type GraphQLCompositeType,
  type GraphQLSchema,
} from "graphql";
import { entitiesOf, typesBehind } from "../support/harvest.ts";
import {
  fieldsOf,
  nest,
  ownFields,
  partsOf,
  targetOf,
  ways,
  type Way,
} from "../support/selections.ts";

export interface Entry {
  /** `Query.contract`, `Contract by _entities`. */
  readonly name: string;
  /** The types whose ids are sent there; null where it takes no id. */
  readonly takes: readonly string[] | null;
  /** Operations that together ask for all that lies behind; with the variable `$id` where it takes one. */
  readonly operations: readonly string[];
}

/** All root fields of queries, and what routers ask: `_entities` of each type. */
export function entriesOf(schema: GraphQLSchema): Entry[] {
  const fields = fieldsOf(schema.getQueryType()!).filter(({ name }) => !name.startsWith("_"));
  const roots = fields.map((field) => {
    const type = targetOf(field) as GraphQLCompositeType;
    const needed = field.args.filter(isRequiredArgument);
    if (needed.some((arg) => getNamedType(arg.type).name !== "ID")) {
      throw new Error(`tests/authorisation/entries.ts cannot ask for Query.${field.name}.`);
    }
    const given = needed.map(({ name }) => `${name}: $id`).join();
    const head = needed.length > 0 ? "query ($id: ID!) " : "";
    const call = given ? `${field.name}(${given})` : field.name;
    return {
      name: `Query.${field.name}`,
      takes: given ? typesBehind(schema, type.name) : null,
      operations: selections(schema, type).map((inner) => `${head}{ ${call} { ${inner} } }`),
    };
  });
  return [...roots, ...receipts(schema), ...entities(schema)];
}

/** The only field further in that takes something like an id. */
function receipts(schema: GraphQLSchema): Entry[] {
  const type = schema.getType("SupportChange");
  if (!isCompositeType(type) || !schema.getQueryType()!.getFields()["support"]) return [];
  const asked = `support { change(receipt: $id) { ${ownFields(schema, type)} } }`;
  const operations = [`query ($id: String!) { ${asked} }`];
  return [{ name: "Support.change", takes: ["Receipt"], operations }];
}

function entities(schema: GraphQLSchema): Entry[] {
  return entitiesOf(schema).map((type) => ({
    name: `${type.name} by _entities`,
    takes: [type.name],
    operations: selections(schema, type).map(
      (inner) =>
        `query ($id: ID!) { _entities(representations: [{__typename: "${type.name}", id: $id}]) { ... on ${type.name} { ${inner} } } }`,
    ),
  }));
}

/** What can be asked of a type, in parts: its own fields, then each way further on. */
function selections(schema: GraphQLSchema, type: GraphQLCompositeType): string[] {
  const further = shortest(ways(schema, type), type);
  const all = [{ steps: [], type }, ...further].map((way) =>
    nest(way.steps, allOf(schema, way.type)),
  );
  // Long pages of long pages are refused, and a short one shows as much.
  return all.map((text) => text.replaceAll("first: 50", "first: 5"));
}

/** Each field once: what lies behind a type is asked for where it is reached first. */
function shortest(all: readonly Way[], start: GraphQLCompositeType): Way[] {
  const expanded = new Map([[start.name, ""]]);
  const typeAt = new Map([["", start.name]]);
  return all
    .toSorted((a, b) => a.steps.length - b.steps.length)
    .filter(({ steps, type }) => {
      const before = steps.slice(0, -1).join();
      if (expanded.get(typeAt.get(before) ?? "") !== before) return false;
      typeAt.set(steps.join(), type.name);
      if (!expanded.has(type.name)) expanded.set(type.name, steps.join());
      return true;
    });
}

/** An interface's own fields beside those of its types; of a page its edges too. */
function allOf(schema: GraphQLSchema, type: GraphQLCompositeType): string {
  const own = ownFields(schema, type);
  if (isInterfaceType(type)) return `${own} ${partsOf(schema, type).join(" ")}`;
  const paged = fieldsOf(type).some(({ name }) => name === "edges");
  return paged ? `${own} edges { cursor node { __typename } }` : own;
}

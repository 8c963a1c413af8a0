import { buildSubgraphSchema } from "@apollo/subgraph";
import { printSchemaWithDirectives } from "@graphql-tools/utils";
import { Kind, parse, print, type GraphQLSchema } from "graphql";
import { buildSchemaSync, createResolversMap, type NonEmptyArray } from "type-graphql";
import type { RequestContext } from "./context.ts";

type Class = abstract new (...args: never[]) => unknown;

/** Finds an entity again by its key fields; null for what does not exist or is not the viewer's. */
export type ResolveReference = (
  reference: { readonly id: string },
  context: RequestContext,
) => Promise<object | null> | object | null;

export interface SubgraphDefinition {
  /** The domain: the folder's name, the name in rover.yaml. */
  readonly name: string;
  readonly resolvers: readonly Class[];
  /** Types that no field leads to by itself, such as those behind an interface. */
  readonly types?: readonly Class[];
  /** One for each entity that the subgraph knows. */
  readonly references: Readonly<Record<string, ResolveReference>>;
}

export interface Subgraph {
  readonly name: string;
  /** Federation SDL, as published in `schema/<name>.graphql`. */
  readonly sdl: string;
  /** Executable, with `_entities` and `_service`. */
  readonly schema: GraphQLSchema;
}

const federationLink =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])';

/**
 * Builds a subgraph out of its decorated classes. The registry behind type-graphql is global, so
 * each subgraph names all its resolvers, and is built once.
 */
export function defineSubgraph(definition: SubgraphDefinition): Subgraph {
  const schema = buildSchemaSync({
    resolvers: definition.resolvers as unknown as NonEmptyArray<() => unknown>,
    orphanedTypes: (definition.types ?? []) as unknown as (() => unknown)[],
    validate: false,
    skipCheck: true,
  });
  const sdl = `${federationLink}\n\n${printOwn(schema)}\n`;
  return { name: definition.name, sdl, schema: federated(sdl, schema, definition.references) };
}

/** Without the empty root types and the schema block that type-graphql adds: other subgraphs own those. */
function printOwn(schema: GraphQLSchema): string {
  const { definitions } = parse(printSchemaWithDirectives(schema), { noLocation: true });
  const own = definitions.filter((definition) => {
    if (definition.kind === Kind.SCHEMA_DEFINITION) return false;
    return definition.kind !== Kind.OBJECT_TYPE_DEFINITION || definition.fields?.length;
  });
  return print({ kind: Kind.DOCUMENT, definitions: own });
}

function federated(
  sdl: string,
  schema: GraphQLSchema,
  references: SubgraphDefinition["references"],
): GraphQLSchema {
  const resolvers = createResolversMap(schema) as Record<string, Record<string, unknown>>;
  for (const type of Object.values(resolvers)) {
    // type-graphql asks for instances of its classes; ours are plain data.
    if (typeof type === "object" && "__isTypeOf" in type) delete type["__isTypeOf"];
    // type-graphql's own is asynchronous, which graphql-jit takes for no answer.
    if (typeof type === "object" && "__resolveType" in type) type["__resolveType"] = typeNameOf;
  }
  for (const [type, resolve] of Object.entries(references)) {
    resolvers[type] = { ...resolvers[type], __resolveReference: resolve };
  }
  return buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }]);
}

/** What lies behind an interface or a union says itself what it is. */
const typeNameOf = (value: { readonly __typename?: string }) => value["__typename"];

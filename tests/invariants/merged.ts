/**
 * The whole schema without any federation: one GraphQLSchema whose fields are the subgraphs' own
 * resolvers, executed by graphql-js. Where a field belongs to another subgraph than the one that made
 * the object, the object is found again there by its id, as a router would have it done.
 */
import {
  buildSchema,
  defaultFieldResolver,
  getNamedType,
  isEnumType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isScalarType,
  type GraphQLEnumType,
  type GraphQLFieldResolver,
  type GraphQLNamedType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from "graphql";
import type { RequestContext } from "../../subgraphs/kernel/context.ts";
import type { ResolveReference, Subgraph } from "../../subgraphs/kernel/define.ts";

/** An object, and which subgraph made it. */
interface Made {
  readonly by: string;
  readonly value: object;
}

type Resolve = GraphQLFieldResolver<unknown, RequestContext, Record<string, unknown>>;

/** `sdl`: what clients see. Throws where a field is no subgraph's. */
export function merged(sdl: string, subgraphs: readonly Subgraph[]): GraphQLSchema {
  const schema = buildSchema(sdl);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!type.name.startsWith("__")) furnish(type, subgraphs);
  }
  return schema;
}

function furnish(type: GraphQLNamedType, subgraphs: readonly Subgraph[]): void {
  const knowing = subgraphs.filter(({ schema }) => schema.getType(type.name));
  const theirs = knowing[0]?.schema.getType(type.name);
  if (isScalarType(type) && isScalarType(theirs)) {
    const { serialize, parseValue, parseLiteral } = theirs;
    Object.assign(type, { serialize, parseValue, parseLiteral });
  }
  if (isEnumType(theirs)) refuseOwnValues(theirs);
  if (isInterfaceType(type)) {
    type.resolveType = (made: Made) => (made.value as { __typename: string }).__typename;
  }
  if (!isObjectType(type)) return;
  for (const field of Object.values(type.getFields())) {
    field.resolve = resolverOf(type.name, field.name, knowing) as NonNullable<typeof field.resolve>;
  }
}

/** Enums of the merged schema have no values but their names. */
function refuseOwnValues(type: GraphQLEnumType): void {
  const other = type.getValues().find(({ name, value }) => name !== value);
  if (other) throw new Error(`${type.name}.${other.name} has a value of its own.`);
}

function resolverOf(type: string, name: string, knowing: readonly Subgraph[]): Resolve {
  const owners = knowing.filter(({ schema }) => fieldIn(schema, type, name));
  if (owners.length === 0) throw new Error(`No subgraph has ${type}.${name}.`);
  return async (source, args, context, info) => {
    const made = source as Made | undefined;
    const owner = owners.find((one) => one.name === made?.by) ?? owners[0]!;
    const parent = made === undefined ? {} : await foundIn(owner, type, made, context, info);
    if (parent === null) return null;
    const field = fieldIn(owner.schema, type, name)!;
    const resolve: Resolve = field.resolve ?? defaultFieldResolver;
    const value: unknown = await resolve(parent, args, context, info);
    return isLeafType(getNamedType(field.type)) ? value : marked(owner.name, value);
  };
}

function fieldIn(schema: GraphQLSchema, type: string, name: string) {
  const found = schema.getType(type);
  return isObjectType(found) ? found.getFields()[name] : undefined;
}

/** Per object and subgraph: asked once, like a router does. */
const found = new WeakMap<Made, Map<string, Promise<object | null> | object | null>>();

/** The object as this subgraph makes it of its id; itself where the subgraph has made it. */
function foundIn(
  owner: Subgraph,
  type: string,
  made: Made,
  context: RequestContext,
  info: GraphQLResolveInfo,
): Promise<object | null> | object | null {
  if (made.by === owner.name) return made.value;
  const known = found.get(made) ?? new Map<string, Promise<object | null> | object | null>();
  found.set(made, known);
  if (!known.has(owner.name)) known.set(owner.name, refer(owner, type, made.value, context, info));
  return known.get(owner.name)!;
}

type Refer = (
  ...args: [...Parameters<ResolveReference>, GraphQLResolveInfo]
) => ReturnType<ResolveReference>;

function refer(
  owner: Subgraph,
  type: string,
  value: object,
  context: RequestContext,
  info: GraphQLResolveInfo,
): Promise<object | null> | object | null {
  const { extensions } = owner.schema.getType(type)!;
  const { subgraph } = (extensions["apollo"] ?? {}) as { subgraph?: { resolveReference?: Refer } };
  if (!subgraph?.resolveReference) throw new Error(`${owner.name} does not find ${type} again.`);
  const { id } = value as { id: string };
  return subgraph.resolveReference({ id }, context, info);
}

function marked(by: string, value: unknown): unknown {
  if (value === null || value === undefined || value instanceof Error) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => marked(by, item));
  return { by, value } satisfies Made;
}

/** Where a schema takes an id from a client, and whose ids are to be tried there. */
import {
  getNamedType,
  isCompositeType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from "graphql";
import { fieldsOf, hasId, nest, ownFields, targetOf, ways } from "./selections.ts";

export interface IdPlace {
  /** `Query.contract(id)`, `Mutation.pay(input.contractId)`. */
  readonly name: string;
  /** The type whose ids belong there; null when neither the argument nor the answer tells. */
  readonly kind: string | null;
  /** An operation with the variable `$id: ID!`; null when no way leads to the field. */
  readonly operation: string | null;
}

/** Every argument of type ID of every field, those within input objects too. */
export function idPlaces(schema: GraphQLSchema): IdPlace[] {
  return Object.values(schema.getTypeMap())
    .filter((type) => isCompositeType(type) && !type.name.startsWith("__"))
    .flatMap((type) =>
      fieldsOf(type).flatMap((field) =>
        field.args.flatMap((arg) =>
          pathsToIds(arg).map((path) => placeOf(schema, type, field, path)),
        ),
      ),
    );
}

type Input = GraphQLArgument | GraphQLInputField;

function pathsToIds({ name, type }: Input, passed: readonly string[] = []): string[][] {
  const named = getNamedType(type);
  if (named.name === "ID") return [[name]];
  if (!isInputObjectType(named) || passed.includes(named.name)) return [];
  return Object.values(named.getFields()).flatMap((field) =>
    pathsToIds(field, [...passed, named.name]).map((path) => [name, ...path]),
  );
}

function placeOf(
  schema: GraphQLSchema,
  parent: GraphQLNamedType,
  field: GraphQLField<unknown, unknown>,
  path: string[],
): IdPlace {
  return {
    name: `${parent.name}.${field.name}(${path.join(".")})`,
    kind: kindOf(schema, path.at(-1)!, targetOf(field)),
    operation: operationOf(schema, parent, field, path),
  };
}

/**
 * `contractId` wants a Contract, `memberId` a SurveyMember where no other type's name ends so; and a
 * field that answers with a Contract wants one.
 */
function kindOf(schema: GraphQLSchema, argument: string, answer: GraphQLNamedType): string | null {
  const said = /^(.+)Ids?$/.exec(argument)?.[1];
  const named = said && typeNamed(schema, said[0]!.toUpperCase() + said.slice(1));
  if (named) return named.name;
  if (hasId(answer)) return answer.name;
  const within = fieldsOf(answer).map(targetOf).filter(hasId);
  return within.length === 1 ? within[0]!.name : null;
}

function typeNamed(schema: GraphQLSchema, name: string): GraphQLNamedType | null {
  const exact = schema.getType(name);
  if (exact && hasId(exact)) return exact;
  const types = Object.values(schema.getTypeMap());
  const ending = types.filter((type) => type.name.endsWith(name) && hasId(type));
  return ending.length === 1 ? ending[0]! : null;
}

function operationOf(
  schema: GraphQLSchema,
  parent: GraphQLNamedType,
  field: GraphQLField<unknown, unknown>,
  path: string[],
): string | null {
  const answer = targetOf(field);
  const given = field.args
    .filter((arg) => arg.name === path[0] || isRequiredArgument(arg))
    .map((arg) => `${arg.name}: ${valueOf(arg, path)}`);
  const shown = isCompositeType(answer) ? ` { ${deepFields(schema, answer)} }` : "";
  const asked = `${field.name}(${given.join(", ")})${shown}`;
  if (parent === schema.getMutationType()) return `mutation ($id: ID!) { ${asked} }`;
  if (parent === schema.getQueryType()) return `query ($id: ID!) { ${asked} }`;
  const way = ways(schema).find(({ type }) => type === parent);
  return way ? `query ($id: ID!) { ${nest(way.steps, asked)} }` : null;
}

/** A payload says little itself: the things that it answers with are shown too. */
function deepFields(schema: GraphQLSchema, type: GraphQLCompositeType): string {
  const things = fieldsOf(type).filter(
    (field) => hasId(targetOf(field)) && !field.args.some(isRequiredArgument),
  );
  const deeper = hasId(type)
    ? []
    : things.map(
        (field) =>
          `${field.name} { ${ownFields(schema, targetOf(field) as GraphQLCompositeType)} }`,
      );
  return [ownFields(schema, type), ...deeper].join(" ");
}

export const samples: Record<string, string> = {
  ID: '"x"',
  String: '"x"',
  Int: "1",
  Float: "1",
  Boolean: "true",
  Date: '"2026-01-15"',
  Decimal: '"12.50"',
  DateTime: '"2026-01-15T12:00:00Z"',
  PhoneNumber: '"+33546004994"',
  CountryCode: '"FR"',
};

/** A value for an argument, with `$id` where `path` leads. Throws for a scalar that it does not know. */
function valueOf({ name, type }: Input, path: readonly string[]): string {
  const [here, ...rest] = path;
  const onPath = here === name;
  return literal(type, onPath ? rest : null);
}

function literal(type: GraphQLInputType, path: readonly string[] | null): string {
  if (isNonNullType(type)) return literal(type.ofType, path);
  if (isListType(type)) return path ? `[${literal(type.ofType, path)}]` : "[]";
  if (isInputObjectType(type)) {
    const parts = Object.values(type.getFields())
      .filter((field) => field.name === path?.[0] || isRequiredInputField(field))
      .map((field) => `${field.name}: ${valueOf(field, path ?? [])}`);
    return `{${parts.join(", ")}}`;
  }
  if (path) return "$id";
  if ("getValues" in type) return type.getValues()[0]!.name;
  const sample = samples[type.name];
  if (!sample) throw new Error(`tests/support/id-places.ts needs a sample of ${type.name}.`);
  return sample;
}

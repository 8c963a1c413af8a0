/**
 * graphql-jit leaves out the defaults of non-null variables and of non-null fields of input objects,
 * and then misses them. So they are filled in before it sees the variables.
 */
import {
  Kind,
  isInputObjectType,
  isListType,
  isNonNullType,
  typeFromAST,
  valueFromASTUntyped,
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";

export type Variables = Record<string, unknown>;

/** For an operation of `document`: its variables as sent, to its variables with every default. */
export function defaultsOf(
  schema: GraphQLSchema,
  document: DocumentNode,
): (sent: Variables) => Variables {
  const operation = document.definitions.find(
    (definition): definition is OperationDefinitionNode =>
      definition.kind === Kind.OPERATION_DEFINITION,
  );
  const variables = (operation?.variableDefinitions ?? []).map((definition) => ({
    name: definition.variable.name.value,
    type: typeFromAST(schema, definition.type as never) as GraphQLInputType | undefined,
    byDefault: definition.defaultValue && valueFromASTUntyped(definition.defaultValue),
  }));
  return (sent) => {
    const filled: Variables = { ...sent };
    for (const { name, type, byDefault } of variables) {
      const value = sent[name] === undefined ? byDefault : sent[name];
      if (value !== undefined) filled[name] = type ? fill(type, value) : value;
    }
    return filled;
  };
}

/** The schemas' own defaults are text, numbers and booleans: what is sent looks like what is meant. */
function fill(type: GraphQLInputType, value: unknown): unknown {
  if (isNonNullType(type)) return fill(type.ofType, value);
  if (value === null || typeof value !== "object") return value;
  if (isListType(type)) {
    return Array.isArray(value)
      ? value.map((item) => fill(type.ofType, item))
      : fill(type.ofType, value);
  }
  if (!isInputObjectType(type)) return value;
  const filled: Variables = { ...value };
  for (const field of Object.values(type.getFields())) {
    const given = filled[field.name] === undefined ? field.defaultValue : filled[field.name];
    if (given !== undefined) filled[field.name] = fill(field.type, given);
  }
  return filled;
}

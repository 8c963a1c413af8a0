/** Variables for any operation: something of the right shape for each, made by whoever asks. */
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  parse,
  typeFromAST,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";

/** The value of a scalar, by its type and by the name of the field or variable. */
export type Filler = (type: string, name: string) => unknown;

/** All fields of inputs are given, optional ones too; lists have one item. */
export function fillVariables(
  schema: GraphQLSchema,
  text: string,
  filler: Filler,
): Record<string, unknown> {
  const operation = parse(text).definitions.find(
    (one): one is OperationDefinitionNode => one.kind === "OperationDefinition",
  )!;
  const variables = operation.variableDefinitions ?? [];
  return Object.fromEntries(
    variables.map(({ variable, type }) => {
      const name = variable.name.value;
      return [name, fill(typeFromAST(schema, type as never) as GraphQLInputType, name, filler)];
    }),
  );
}

export function fill(type: GraphQLInputType, name: string, filler: Filler): unknown {
  if (isNonNullType(type)) return fill(type.ofType, name, filler);
  if (isListType(type)) return [fill(type.ofType, name, filler)];
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    return Object.fromEntries(
      fields.map((each) => [each.name, fill(each.type, each.name, filler)]),
    );
  }
  const scalar = getNamedType(type).name;
  if (scalar === "Boolean") return true;
  if (scalar === "Int" || scalar === "Float") return 1;
  return filler(scalar, name);
}

import {
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  parse,
  typeFromAST,
  valueFromASTUntyped,
  type GraphQLInputType,
  type GraphQLSchema,
} from "graphql";

/**
 * The variables of an operation that cannot be null, as JSON to fill in, with the operation's own
 * defaults; empty when there are none, or when the schema is not known.
 */
export function variablesFor(text: string, schema: GraphQLSchema | null | undefined): string {
  const operation = parse(text).definitions.find(({ kind }) => kind === "OperationDefinition");
  if (operation?.kind !== "OperationDefinition" || !schema) return "";
  const needed = (operation.variableDefinitions ?? []).flatMap(
    ({ variable, type, defaultValue }) => {
      const found = typeFromAST(schema, type) as GraphQLInputType | undefined;
      if (!found || !isNonNullType(found)) return [];
      const value = defaultValue ? valueFromASTUntyped(defaultValue) : blank(found);
      return [[variable.name.value, value] as const];
    },
  );
  return needed.length === 0 ? "" : JSON.stringify(Object.fromEntries(needed), null, 2);
}

/** The least value of its type. Required fields cannot nest for ever: no value could be given. */
function blank(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return blank(type.ofType);
  if (isListType(type)) return [];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter(isRequiredInputField);
    return Object.fromEntries(fields.map((field) => [field.name, blank(field.type)]));
  }
  return { Int: 0, Float: 0, Boolean: false }[type.name] ?? "";
}

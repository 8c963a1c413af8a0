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
 * The variables of an operation as JSON to fill in: those that cannot be null, with the operation's
 * own defaults, and the others as comments. Empty when there are none, or the schema is not known.
 */
export function variablesFor(text: string, schema: GraphQLSchema | null | undefined): string {
  const operation = parse(text).definitions.find(({ kind }) => kind === "OperationDefinition");
  if (operation?.kind !== "OperationDefinition" || !schema) return "";
  const lines = (operation.variableDefinitions ?? []).flatMap(
    ({ variable, type, defaultValue }) => {
      const found = typeFromAST(schema, type) as GraphQLInputType | undefined;
      if (!found) return [];
      const value = defaultValue ? valueFromASTUntyped(defaultValue) : blank(found);
      const pair = `"${variable.name.value}": ${JSON.stringify(value, null, 2)},`;
      const needed = isNonNullType(found);
      return [{ needed, text: pair.replace(/^/gm, needed ? "  " : "  // ") }];
    },
  );
  if (lines.length === 0) return "";
  const ordered = [
    ...lines.filter(({ needed }) => needed),
    ...lines.filter(({ needed }) => !needed),
  ];
  return ["{", ...ordered.map((line) => line.text), "}"].join("\n");
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

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
  type TypeNode,
} from "graphql";

/**
 * The variables of an operation as JSON to fill in: those that cannot be null, with the operation's
 * own defaults, and the others as comments. Empty when there are none. Where the schema is not known,
 * as in production, what is not a plain value is left empty.
 */
export function variablesFor(text: string, schema: GraphQLSchema | null | undefined): string {
  const operation = parse(text).definitions.find(({ kind }) => kind === "OperationDefinition");
  if (operation?.kind !== "OperationDefinition") return "";
  const lines = (operation.variableDefinitions ?? []).map(({ variable, type, defaultValue }) => {
    const found = schema && (typeFromAST(schema, type) as GraphQLInputType | undefined);
    const least = () => (found ? blank(found) : plainBlank(type));
    const value = defaultValue ? valueFromASTUntyped(defaultValue) : least();
    const pair = `"${variable.name.value}": ${JSON.stringify(value, null, 2)},`;
    const needed = type.kind === "NonNullType";
    return { needed, text: pair.replace(/^/gm, needed ? "  " : "  // ") };
  });
  if (lines.length === 0) return "";
  const ordered = [
    ...lines.filter(({ needed }) => needed),
    ...lines.filter(({ needed }) => !needed),
  ];
  return ["{", ...ordered.map((line) => line.text), "}"].join("\n");
}

const plainValues: Readonly<Record<string, unknown>> = { Int: 0, Float: 0, Boolean: false };

/** By how the type is written: an input object has a name that ends so. */
function plainBlank(type: TypeNode): unknown {
  if (type.kind === "NonNullType") return plainBlank(type.type);
  if (type.kind === "ListType") return [];
  const name = type.name.value;
  return name.endsWith("Input") ? {} : (plainValues[name] ?? "");
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
  return plainValues[type.name] ?? "";
}

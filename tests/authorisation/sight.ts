/** What somebody was shown: the fields in which an answer has data. */
import {
  Kind,
  getNamedType,
  isCompositeType,
  parse,
  type GraphQLCompositeType,
  type GraphQLNamedType,
  type GraphQLSchema,
  type SelectionSetNode,
} from "graphql";
import { fieldsOf } from "../support/selections.ts";

type Data = Record<string, unknown>;

/** `Type.field` of each field that has a value in `data`. An empty list is no value. */
export function shownIn(schema: GraphQLSchema, operation: string, data: unknown): Set<string> {
  const shown = new Set<string>();
  const [definition] = parse(operation, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error(operation);
  const root = schema.getRootType(definition.operation)!;
  look(definition.selectionSet, root, data);
  return shown;

  function look({ selections }: SelectionSetNode, type: GraphQLNamedType, value: unknown): void {
    if (Array.isArray(value)) {
      for (const item of value) look({ selections } as SelectionSetNode, type, item);
      return;
    }
    if (value === null || typeof value !== "object") return;
    for (const selection of selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const { typeCondition } = selection;
        const own = typeCondition ? schema.getType(typeCondition.name.value)! : type;
        if (isOf(own, value as Data)) look(selection.selectionSet, own, value);
      } else if (selection.kind === Kind.FIELD) {
        const name = selection.name.value;
        const field = fieldsOf(type).find((one) => one.name === name);
        const inner = (value as Data)[selection.alias?.value ?? name];
        if (!field || !hasValue(inner)) continue;
        shown.add(`${type.name}.${name}`);
        if (selection.selectionSet) look(selection.selectionSet, getNamedType(field.type), inner);
      }
    }
  }

  function isOf(type: GraphQLNamedType, { __typename }: Data): boolean {
    if (__typename === undefined || __typename === type.name) return true;
    const actual = schema.getType(__typename as string);
    return isCompositeType(type) && isCompositeType(actual) && includes(type, actual);
  }

  function includes(type: GraphQLCompositeType, actual: GraphQLCompositeType): boolean {
    return "getTypes" in type || !("getFields" in actual)
      ? false
      : type.name === actual.name || actual.getInterfaces().some(({ name }) => name === type.name);
  }
}

const hasValue = (value: unknown): boolean =>
  Array.isArray(value) ? value.some(hasValue) : value !== null && value !== undefined;

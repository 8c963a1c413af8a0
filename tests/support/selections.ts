/** Queries made from a schema, so that what is added to it is asked for without anybody's doing. */
import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
} from "graphql";

type Field = GraphQLField<unknown, unknown>;

export const fieldsOf = (type: GraphQLNamedType): Field[] =>
  isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];

export const targetOf = (field: Field): GraphQLNamedType => getNamedType(field.type);

export const hasId = (type: GraphQLNamedType): boolean =>
  fieldsOf(type).some((field) => field.name === "id" && targetOf(field).name === "ID");

/** Can be asked for without knowing anything. */
const isFree = (field: Field): boolean => !field.args.some(isRequiredArgument);

/** Whether something with an id of its own lies at or under this type. */
function leadsToId(type: GraphQLNamedType, seen = new Set<string>()): boolean {
  if (!isCompositeType(type) || seen.has(type.name)) return false;
  seen.add(type.name);
  return hasId(type) || fieldsOf(type).some((field) => leadsToId(targetOf(field), seen));
}

/** As long as pages may be; and how long those with other pages on each line are, lest it be too much. */
const longPage = "first: 50";
const outerPage = "first: 10";

/** The field with arguments that let it show as much as it can: long pages, all states. */
function widest({ name, args }: Field): string {
  const given = args.flatMap((arg) => {
    const type = getNamedType(arg.type);
    if (arg.name === "first") return [longPage];
    return isEnumType(type) && type.getValue("ALL") ? [`${arg.name}: ALL`] : [];
  });
  return given.length > 0 ? `${name}(${given.join(", ")})` : name;
}

/** All that a thing itself says, without the things with ids of their own that hang on it. */
export function ownFields(schema: GraphQLSchema, type: GraphQLCompositeType): string {
  if (isAbstractType(type)) {
    const each = schema.getPossibleTypes(type).map((possible) => {
      // Named apart, since the same field may have another type in each of them.
      return `... on ${possible.name} { ${partsOf(schema, possible, `${possible.name}_`).join(" ")} }`;
    });
    return `__typename ${each.join(" ")}`;
  }
  return ["__typename", ...partsOf(schema, type)].join(" ");
}

/** The same, field by field; with a prefix, each under a name that starts so. */
export function partsOf(schema: GraphQLSchema, type: GraphQLNamedType, prefix = ""): string[] {
  return fieldsOf(type)
    .filter(isFree)
    .flatMap((field) => {
      const target = targetOf(field);
      const shown = `${prefix && `${prefix}${field.name}: `}${widest(field)}`;
      if (isLeafType(target)) return [shown];
      if (leadsToId(target)) return [];
      return [`${shown} { ${ownFields(schema, target as GraphQLCompositeType)} }`];
    });
}

/** A way from the root: the fields as they are asked for, and the type at its end. */
export interface Way {
  readonly steps: readonly string[];
  readonly type: GraphQLCompositeType;
}

/** Every way from the query root, or from a type, to something with an id, or to a page of such things. */
export function ways(
  schema: GraphQLSchema,
  start: GraphQLNamedType = schema.getQueryType()!,
): Way[] {
  const follow = (from: GraphQLNamedType, steps: readonly string[], passed: string[]): Way[] =>
    fieldsOf(from)
      .filter((field) => isFree(field) && leadsToId(targetOf(field)))
      // The nodes of a page are its edges' nodes once more.
      .filter((field) => field.name !== "edges" || !has(from, "nodes"))
      .flatMap((field) => {
        const type = targetOf(field) as GraphQLCompositeType;
        if (passed.includes(type.name)) return [];
        const here = [...steps, widest(field)];
        return [{ steps: here, type }, ...follow(type, here, [...passed, type.name])];
      });
  return follow(start, [], [start.name]);
}

const has = (type: GraphQLNamedType, name: string) =>
  fieldsOf(type).some((field) => field.name === name);

/** `steps` around `inner`: `viewer { contracts { … } }`. */
export const nest = (steps: readonly string[], inner: string): string =>
  steps.reduceRight((text, step) => `${step} { ${text} }`, inner);

/** One query for each way, which together show all that a viewer can reach without giving an id. */
export const harvestQueries = (schema: GraphQLSchema): string[] =>
  ways(schema).map(({ steps, type }) => `{ ${nest(bearable(steps), ownFields(schema, type))} }`);

/** Only the innermost page is long: the gateway refuses what costs a long page times a long page. */
function bearable(steps: readonly string[]): string[] {
  const innermost = steps.findLastIndex((step) => step.includes(longPage));
  return steps.map((step, i) => (i < innermost ? step.replace(longPage, outerPage) : step));
}

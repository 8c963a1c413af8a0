/**
 * What an operation would have us do, told by its text and the schema alone. Linear in the text: each
 * fragment is measured once. Comes before the validation, so the document may be any nonsense.
 *
 * The cost: an object costs 1, or 5 where it may be a call of the ERP, which are the fields that are
 * objects and nullable (so that the ERP's failure leaves the rest of the page). What lies within a list
 * costs as often as the list is long: `first`, or its default, 50 for a variable, 5 for a list without.
 */
import {
  Kind,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import { maxPage } from "../pagination.ts";
import { assumedList, callCost, objectCost } from "./numbers.ts";

export interface Measure {
  readonly depth: number;
  readonly selections: number;
  readonly cost: number;
}

export interface DocumentMeasure extends Measure {
  readonly aliases: number;
  readonly directives: number;
  /** Of fields with one response name; see `maxPairs`. */
  readonly pairs: number;
  /** Fields of the mutation with the most. */
  readonly mutations: number;
}

interface Walk {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Null while it is being measured: it holds itself, which the validation refuses. */
  readonly measured: Map<string, Measure | null>;
  readonly names: Map<string, number>;
  aliases: number;
  directives: number;
}

const nothing: Measure = { depth: 0, selections: 0, cost: 0 };

export function measure(schema: GraphQLSchema, document: DocumentNode): DocumentMeasure {
  const { definitions } = document;
  const fragments = definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION);
  const walk: Walk = {
    schema,
    fragments: new Map(fragments.map((each) => [each.name.value, each])),
    measured: new Map(),
    names: new Map(),
    aliases: 0,
    directives: 0,
  };
  let whole = nothing;
  let mutations = 0;
  for (const each of definitions) {
    if (each.kind === Kind.OPERATION_DEFINITION) {
      const type = schema.getRootType(each.operation) ?? undefined;
      const own = ofSet(walk, each.selectionSet, type);
      walk.directives += each.directives?.length ?? 0;
      whole = largest(whole, own);
      if (each.operation === "mutation") {
        mutations = Math.max(mutations, rootFields(walk, each.selectionSet));
      }
    } else if (each.kind === Kind.FRAGMENT_DEFINITION) {
      // Those that nothing spreads are validated as well.
      whole = largest(whole, ofFragment(walk, each.name.value));
    }
  }
  const pairs = [...walk.names.values()].reduce((sum, count) => sum + count * count, 0);
  const { aliases, directives } = walk;
  return { ...whole, aliases, directives, pairs, mutations };
}

const largest = (one: Measure, other: Measure): Measure => ({
  depth: Math.max(one.depth, other.depth),
  selections: Math.max(one.selections, other.selections),
  cost: Math.max(one.cost, other.cost),
});

function ofSet(walk: Walk, set: SelectionSetNode, type: GraphQLNamedType | undefined): Measure {
  let [depth, selections, cost] = [0, 0, 0];
  for (const selection of set.selections) {
    const own = ofSelection(walk, selection, type);
    depth = Math.max(depth, own.depth);
    selections += own.selections + 1;
    cost += own.cost;
  }
  return { depth, selections, cost };
}

function ofSelection(
  walk: Walk,
  selection: SelectionNode,
  type: GraphQLNamedType | undefined,
): Measure {
  walk.directives += selection.directives?.length ?? 0;
  if (selection.kind === Kind.FRAGMENT_SPREAD) return ofFragment(walk, selection.name.value);
  if (selection.kind === Kind.INLINE_FRAGMENT) {
    const condition = selection.typeCondition?.name.value;
    const inner = condition === undefined ? type : walk.schema.getType(condition);
    return ofSet(walk, selection.selectionSet, inner);
  }
  return ofField(walk, selection, type);
}

function ofFragment(walk: Walk, name: string): Measure {
  const known = walk.measured.get(name);
  if (known !== undefined) return known ?? nothing;
  const fragment = walk.fragments.get(name);
  if (!fragment) return nothing;
  walk.measured.set(name, null);
  walk.directives += fragment.directives?.length ?? 0;
  const type = walk.schema.getType(fragment.typeCondition.name.value);
  const own = ofSet(walk, fragment.selectionSet, type);
  walk.measured.set(name, own);
  return own;
}

function ofField(walk: Walk, node: FieldNode, type: GraphQLNamedType | undefined): Measure {
  const answersTo = (node.alias ?? node.name).value;
  walk.names.set(answersTo, (walk.names.get(answersTo) ?? 0) + 1);
  if (node.alias) walk.aliases += 1;
  const field = fieldOf(type, node.name.value);
  const page = field && pageOf(node, field);
  if (!node.selectionSet) return { depth: 1, selections: 0, cost: 0 };
  const inner = field && getNamedType(field.type);
  const within = ofSet(walk, node.selectionSet, inner);
  const isList = field && isListType(getNullableType(field.type));
  const times = page ?? (isList && !isPage(type) ? assumedList : 1);
  const cost = (field ? costOf(field) : 0) + times * within.cost;
  return { depth: within.depth + 1, selections: within.selections, cost };
}

const fieldOf = (type: GraphQLNamedType | undefined, name: string) =>
  isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;

/** The lists in a connection are as long as it was asked for, which is counted where it is asked for. */
const isPage = (type: GraphQLNamedType | undefined) => fieldOf(type, "pageInfo") !== undefined;

function costOf(field: GraphQLField<unknown, unknown>): number {
  if (!isCompositeType(getNamedType(field.type))) return 0;
  return isNonNullType(field.type) ? objectCost : callCost;
}

/** How long a page is asked for; undefined where the field has no pages. Others than 1 to 50 are refused by the field. */
function pageOf(node: FieldNode, field: GraphQLField<unknown, unknown>): number | undefined {
  const argument = field.args.find(({ name }) => name === "first" || name === "last");
  if (!argument) return undefined;
  const given = node.arguments?.find(({ name }) => name.value === argument.name)?.value;
  if (!given) return typeof argument.defaultValue === "number" ? argument.defaultValue : maxPage;
  if (given.kind !== Kind.INT) return maxPage;
  return Math.min(Math.max(Number(given.value), 1), maxPage);
}

function rootFields(walk: Walk, set: SelectionSetNode): number {
  const seen = new Map<string, number>();
  const count = ({ selections }: SelectionSetNode): number =>
    selections.reduce((sum, selection) => {
      if (selection.kind === Kind.FIELD) return sum + 1;
      if (selection.kind === Kind.INLINE_FRAGMENT) return sum + count(selection.selectionSet);
      return sum + ofSpread(selection.name.value);
    }, 0);
  const ofSpread = (name: string): number => {
    const known = seen.get(name);
    if (known !== undefined) return known;
    seen.set(name, 0);
    const fragment = walk.fragments.get(name);
    const own = fragment ? count(fragment.selectionSet) : 0;
    seen.set(name, own);
    return own;
  };
  return count(set);
}

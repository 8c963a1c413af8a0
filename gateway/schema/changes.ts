/** What two versions of the published schema mean for a front-end that was written against the first. */
import {
  buildSchema,
  findBreakingChanges,
  findDangerousChanges,
  type GraphQLNamedType,
  type GraphQLSchema,
} from "graphql";

export interface SchemaChanges {
  /** What made an operation that fitted before not fit now. */
  readonly breaking: readonly string[];
  /** What fits, and may be answered or meant otherwise: a value that a program does not know, say. */
  readonly surprising: readonly string[];
  /** Types, and fields, arguments and values of types that were there. */
  readonly added: readonly string[];
}

export function changesBetween(before: string, after: string): SchemaChanges {
  const [old, now] = [buildSchema(before), buildSchema(after)];
  const told = ({ description }: { description: string }) => description;
  const known = new Set(namesOf(old));
  // What belongs to something new is not told again.
  const isNew = (name: string) =>
    !known.has(name) && (ownerOf(name) === name || known.has(ownerOf(name)));
  return {
    breaking: findBreakingChanges(old, now).map(told).toSorted(),
    surprising: findDangerousChanges(old, now).map(told).toSorted(),
    added: namesOf(now).filter(isNew),
  };
}

/** Of `Contract.entries(first)` it is `Contract.entries`, of that `Contract`, of that itself. */
const ownerOf = (name: string) => name.replace(/(\(\w+\)|\.\w+)$/, "");

/** `Balance`, `Balance.amount`, `Contract.entries(first)`, `BalanceSide.DEBTOR`. */
const namesOf = (schema: GraphQLSchema): string[] =>
  Object.values(schema.getTypeMap())
    .filter(({ name }) => !name.startsWith("__"))
    .flatMap((type) => [type.name, ...membersOf(type)])
    .toSorted();

function membersOf(type: GraphQLNamedType): string[] {
  const values = "getValues" in type ? type.getValues() : [];
  const fields = "getFields" in type ? Object.values(type.getFields()) : [];
  return [
    ...values.map(({ name }) => `${type.name}.${name}`),
    ...fields.flatMap((field) => {
      const place = `${type.name}.${field.name}`;
      const args: readonly { name: string }[] = "args" in field ? field.args : [];
      return [place, ...args.map(({ name }) => `${place}(${name})`)];
    }),
  ];
}

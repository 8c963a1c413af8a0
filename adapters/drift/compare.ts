/** Differences between two descriptions of an interface, and which of them break what. */
import type { Described, Field, Fields, Operation } from "./described.ts";
import { errorAnswer, keyOf } from "./described.ts";

export type Severity = "BREAKING" | "COMPATIBLE";

export interface Difference {
  /** As the description has it; null for what is about all of them. */
  readonly operation: string | null;
  readonly part: "OPERATION" | "REQUEST" | "ANSWER";
  /** `Adresse.Ville`; null for what is about the whole part. */
  readonly field: string | null;
  /** In English: `is gone`, `was string, is integer`. */
  readonly change: string;
  /** BREAKING where calls as they are made today, or the reading of their answers, may fail. */
  readonly severity: Severity;
  /** The names of the ports that hang on it. */
  readonly ports: readonly string[];
}

export interface CompareOptions {
  /** See `Description.uses`. */
  readonly uses: Readonly<Record<string, readonly string[]>>;
  /** See `Description.partial`. */
  readonly partial: boolean;
}

type Part = "REQUEST" | "ANSWER";
type Found = Omit<Difference, "operation" | "ports">;
type Change = Pick<Found, "change" | "severity">;

/** What became of `before`, operation by operation. The order in which things stand says nothing. */
export function compare(
  before: Described,
  after: Described,
  { uses, partial }: CompareOptions,
): Difference[] {
  const portsOf = portsBy(uses);
  const names = [...new Set([...before.operations.keys(), ...after.operations.keys()])];
  return [
    ...compareBase(before.base, after.base).map((found) => ({ ...found, ports: portsOf(null) })),
    ...names.flatMap((key) => {
      const was = before.operations.get(key);
      const is = after.operations.get(key);
      if (partial && !was) return [];
      const { name } = (was ?? is)!;
      const ports = portsOf(key);
      return compareOperation(was, is).map((found) => ({ operation: name, ...found, ports }));
    }),
  ];
}

function portsBy(uses: CompareOptions["uses"]): (key: string | null) => string[] {
  const named = Object.values(uses).flat();
  const all = [...new Set(named)].filter((port) => port !== "*").toSorted();
  const byKey = new Map(Object.entries(uses).map(([name, ports]) => [keyOf(name), ports]));
  return (key) => {
    const ports = key === null ? all : (byKey.get(key) ?? []);
    return ports.includes("*") ? all : [...ports];
  };
}

/** A folder in front is the landlord's own, and stands in the landlord's file. */
function compareBase(was: string, is: string): (Found & { operation: null })[] {
  if (is.endsWith(was)) return [];
  const change = `its address was ${was || "/"}, is ${is || "/"}`;
  return [{ operation: null, part: "OPERATION", field: null, change, severity: "BREAKING" }];
}

function compareOperation(was: Operation | undefined, is: Operation | undefined): Found[] {
  const whole = { part: "OPERATION", field: null } as const;
  if (!was) return [{ ...whole, change: "is new", severity: "COMPATIBLE" }];
  if (!is) return [{ ...whole, change: "is gone", severity: "BREAKING" }];
  const facts = [...was.facts.keys()].flatMap((fact): Found[] => {
    const [before, after] = [was.facts.get(fact)!, is.facts.get(fact)];
    if (before === after) return [];
    const change = `${fact}: was ${before}, is ${after ?? "gone"}`;
    return [{ ...whole, change, severity: "BREAKING" }];
  });
  return [
    ...facts,
    ...compareFields("REQUEST", was.request, is.request),
    ...compareFields("ANSWER", was.answer, is.answer),
  ];
}

function compareFields(part: Part, was: Fields, is: Fields): Found[] {
  const found: Found[] = [];
  const add = (path: string, change: Change) => found.push({ part, field: path, ...change });
  for (const [path, field] of was) {
    const after = is.get(path);
    if (after) for (const change of compareField(part, field, after)) add(path, change);
    // With what it stood in, all that stood in there is gone.
    else if (field.parent === null || is.has(field.parent)) add(path, gone(part, field));
  }
  for (const [path, field] of is) {
    const told = field.parent !== null && !was.has(field.parent);
    if (!was.has(path) && !told) add(path, fresh(part, field));
  }
  return found;
}

/** An error that is answered no more is nobody's loss. */
const gone = (part: Part, { type }: Field): Change => ({
  change: "is gone",
  severity: part === "ANSWER" && type === errorAnswer ? "COMPATIBLE" : "BREAKING",
});

const fresh = (part: Part, { required }: Field): Change =>
  part === "REQUEST" && required
    ? { change: "is new, and must be sent", severity: "BREAKING" }
    : { change: "is new", severity: "COMPATIBLE" };

function compareField(part: Part, was: Field, is: Field): Change[] {
  const changes: Change[] = [];
  const add = (change: string, breaksIn: readonly Part[]) =>
    changes.push({ change, severity: breaksIn.includes(part) ? "BREAKING" : "COMPATIBLE" });
  if (was.type !== is.type) add(`was ${was.type}, is ${is.type}`, both);
  if (was.repeated !== is.repeated) {
    add(is.repeated ? "may now come more than once" : "was a list, comes once now", both);
  }
  if (was.required !== is.required) {
    add(...(is.required ? asked("must be there now") : given("may be left out now")));
  }
  if (was.nillable !== is.nillable) {
    add(...(is.nillable ? given("may be null now") : asked("may not be null any more")));
  }
  for (const one of compareValues(was.values, is.values)) add(...one);
  for (const one of compareLimits(was.limits, is.limits)) add(...one);
  return changes;
}

type Told = [change: string, breaksIn: readonly Part[]];
const both: readonly Part[] = ["REQUEST", "ANSWER"];
/** Less is taken than before: what we send may be refused. */
const asked = (change: string): Told => [change, ["REQUEST"]];
/** More may come than before: what we read may not be understood. */
const given = (change: string): Told => [change, ["ANSWER"]];

function compareValues(was: Field["values"], is: Field["values"]): Told[] {
  if (!was || !is) {
    if (was) return [given("may have any value now")];
    return is ? [asked(`may only be ${list(is)} now`)] : [];
  }
  const lost = was.filter((value) => !is.includes(value));
  const more = is.filter((value) => !was.includes(value));
  return [
    ...(lost.length > 0 ? [asked(`may not be ${list(lost)} any more`)] : []),
    ...(more.length > 0 ? [given(`may be ${list(more)} now`)] : []),
  ];
}

function compareLimits(was: Field["limits"], is: Field["limits"]): Told[] {
  const names = [...new Set([...was.keys(), ...is.keys()])];
  return names.flatMap((name): Told[] => {
    const [before, after] = [was.get(name), is.get(name)];
    if (before === after) return [];
    if (after === undefined) return [[`${name}: was ${before}, is free now`, []]];
    const form = name === "pattern" || name === "format";
    const change = `${name}: was ${before ?? "free"}, is ${after}`;
    return [[change, form ? both : ["REQUEST"]]];
  });
}

const list = (values: readonly string[]) => values.map((value) => `"${value}"`).join(", ");

/** Checks of single values: a check looks at the answers of one read, key by key. */
import type { Page } from "../../ports/values.ts";
import { alone, contracts, pageOf } from "../ask.ts";
import { Missing, needSome, that, type Check, type Finding } from "../check.ts";
import { allReads, type Read } from "../ports.ts";
import type { Subject } from "../subject.ts";

export const readNamed = (name: string): Read => allReads.find((read) => read.name === name)!;

interface ValueCheck {
  readonly read: string;
  readonly suffix: string;
  readonly level?: Check["level"];
  readonly title: string;
  readonly hint: string;
  run(subject: Subject, read: Read): Promise<Finding>;
}

export function valueCheck({ read: name, suffix, level = "MUST", ...check }: ValueCheck): Check {
  const read = readNamed(name);
  const { title, hint } = check;
  const run = (subject: Subject) => check.run(subject, read);
  return {
    id: `${name}/${suffix}`,
    level,
    ports: [read.port.name],
    title,
    hint,
    kind: "reads",
    run,
  };
}

/** All things that a read tells of the given people or contracts; at least one, or it is a skip. */
export async function everything<T>(subject: Subject, read: Read): Promise<T[]> {
  const answers = await Promise.all(keysOf(subject, read).map((key) => alone(subject, read, key)));
  const things = answers.flatMap((answer): unknown[] => {
    if (answer === null) return [];
    if (Array.isArray(answer)) return answer;
    return read.by === "page" ? (answer as Page<unknown>).items : [answer];
  });
  const what = read.by === "person" ? "persons" : "contracts";
  if (things.length === 0)
    throw new Missing(`${what}: one of whom ${read.port.name} tells something`);
  return things as T[];
}

/** The lists that a read tells, one of each person or contract; those of two and more. */
export async function lists<T>(subject: Subject, read: Read, least = 2): Promise<T[][]> {
  const answers = await Promise.all(keysOf(subject, read).map((key) => alone(subject, read, key)));
  const found = answers.map((answer) =>
    read.by === "page" ? (answer as Page<T>).items : (answer as T[]),
  );
  const long = found.filter((list) => list.length >= least);
  const what = read.by === "person" ? "persons" : "contracts";
  if (long.length === 0)
    throw new Missing(`${what}: one with ${least} or more in ${read.port.name}`);
  return long;
}

function keysOf({ material }: Subject, read: Read): unknown[] {
  if (read.by === "person") return needSome(material.persons, 1, "persons: keys of people");
  const known = contracts(material);
  return read.by === "page" ? known.map((key) => pageOf(read, key)) : known;
}

/** Whether each thing is as it should be; says how many are not, and where the first stands. */
export function each<T>(
  things: readonly T[],
  expected: string,
  fits: (thing: T) => boolean,
): Finding {
  const wrong = things.filter((thing) => !fits(thing)).length;
  const first = things.findIndex((thing) => !fits(thing));
  return that(
    wrong === 0,
    expected,
    `${wrong} of ${things.length} not so, the first is ${first + 1}`,
  );
}

/** Whether each list is in the order that `before` tells: true where its first may precede its second. */
export function inOrder<T>(
  given: readonly (readonly T[])[],
  expected: string,
  before: (one: T, next: T) => boolean,
): Finding {
  const pairs = given.flatMap((list) => list.slice(1).map((next, index) => [list[index]!, next]));
  return each(pairs, expected, ([one, next]) => before(one!, next!));
}

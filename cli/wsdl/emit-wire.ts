/** The shapes and types in files: one, or, where that would be long, one for each operation. */
import type { RecordType } from "../../adapters/transport/wsdl/records.ts";
import type { Import } from "../scaffold/imports.ts";
import type { GeneratedFile } from "../scaffold/generated.ts";
import { reachedFrom, type ErpCall } from "./calls.ts";
import { isRecursive, typesFile, type Emitted, type Wire } from "./emit-types.ts";
import { createNames, kebabCase } from "./names.ts";

/** A file gets no longer than this before it is formatted. */
const mostLines = 240;

export interface WireFiles {
  readonly files: readonly GeneratedFile[];
  /** In which of them a record is. */
  fileOf(record: RecordType): string;
}

export function wireFiles(product: string, calls: readonly ErpCall[], wire: Wire): WireFiles {
  const about = `What ${product} is sent and answers, as its WSDL says.`;
  if (linesOf(wire.types) <= mostLines) {
    const text = typesFile(about, wire.types, [], "../../");
    return { files: [{ path: "wire.ts", text }], fileOf: () => "wire.ts" };
  }
  const groups = chunked(groupsOf(calls, wire));
  const homes = new Map(
    groups.flatMap(({ path, types }) => types.map((one) => [one.record, path])),
  );
  const files = groups.map(({ path, about: own, types }) => ({
    path,
    text: typesFile(own, types, importsOf(types, path, homes, wire), "../../../"),
  }));
  return { files, fileOf: (record) => homes.get(wire.of(record))! };
}

const linesOf = (types: readonly Emitted[]): number =>
  types.reduce((sum, { text }) => sum + text.split("\n").length + 1, 0);

interface Group {
  readonly path: string;
  readonly about: string;
  readonly types: readonly Emitted[];
}

/** What several operations use, then what is of each alone. */
function groupsOf(calls: readonly ErpCall[], { types, of: writtenAs }: Wire): Group[] {
  const users = new Map<RecordType, Set<ErpCall>>();
  for (const call of calls) {
    for (const root of [call.request, call.headers, call.answer, call.answeredHeaders]) {
      for (const record of root ? reachedFrom(root) : []) {
        const written = writtenAs(record);
        users.set(written, (users.get(written) ?? new Set<ErpCall>()).add(call));
      }
    }
  }
  const naming = createNames("-operation", (name) => name.startsWith("shared"));
  const of = (fits: (callers: Set<ErpCall>) => boolean) =>
    types.filter(({ record }) => fits(users.get(record)!));
  const shared = {
    path: "wire/shared.ts",
    about: "What several operations are sent or answer.",
    types: of(({ size }) => size > 1),
  };
  const own = calls.map((call) => ({
    path: `wire/${naming(kebabCase(call.operation))}.ts`,
    about: `What ${call.operation} is sent and answers.`,
    types: of((callers) => callers.size === 1 && callers.has(call)),
  }));
  return [shared, ...own].filter(({ types }) => types.length > 0);
}

/** Long groups in several files. Types are in order, so that none looks at a later one. */
const chunked = (groups: readonly Group[]): Group[] =>
  groups.flatMap((group) => {
    const parts: Emitted[][] = [[]];
    for (const type of group.types) {
      const last = parts.at(-1)!;
      const full = linesOf([...last, type]) > mostLines && last.length > 0;
      // Those that use each other stay together.
      if (full && !isRecursive(type.record)) parts.push([type]);
      else last.push(type);
    }
    return parts.map((types, index) => ({
      ...group,
      types,
      path: index === 0 ? group.path : group.path.replace(".ts", `-${index + 1}.ts`),
    }));
  });

function importsOf(
  types: readonly Emitted[],
  path: string,
  homes: ReadonlyMap<RecordType, string>,
  wire: Wire,
): Import[] {
  const found = new Map<string, Set<string>>();
  for (const { record, uses } of types) {
    for (const used of uses) {
      const home = homes.get(used)!;
      if (home === path) continue;
      const value = wire.isAnswer(record) && wire.isAnswer(used);
      const names = found.get(home) ?? new Set<string>();
      const name = wire.nameOf(used);
      if (value) names.delete(`type ${name}`);
      if (value || !names.has(name)) names.add(value ? name : `type ${name}`);
      found.set(home, names);
    }
  }
  return [...found].map(([home, names]) => ({
    names: [...names],
    from: `./${home.slice("wire/".length)}`,
  }));
}

/** wire.ts, or several of them: the shapes. */
import type { GeneratedFile } from "../scaffold/generated.ts";
import type { CallText } from "./call-text.ts";
import type { Shape } from "./fields.ts";
import { comment, kebabCase } from "./names.ts";
import { inParts, linesOf, tidy } from "./parts.ts";

export interface Wire {
  readonly files: readonly GeneratedFile[];
  /** The file of each shape. */
  readonly homes: ReadonlyMap<string, string>;
}

/** `shapes` in an order in which they may stand. */
export async function wireFiles(
  product: string,
  shapes: readonly Shape[],
  calls: readonly CallText[],
): Promise<Wire> {
  if (shapes.length === 0) return { files: [], homes: new Map() };
  const named = new Set(calls.flatMap((call) => [...call.shapes]));
  const groups = groupsOf(shapes, calls);
  const sized = await Promise.all(
    shapes.map(async (shape) => ({
      item: shape,
      lines: (await linesOf(declared(shape, true, named.has(shape.name)))) + 1,
    })),
  );
  const mayCut = (before: readonly Shape[], after: readonly Shape[]) =>
    !before.some(({ uses }) => after.some(({ name }) => uses.has(name)));
  const parts = inParts(sized, ({ name }) => groups.get(name) ?? "common", mayCut);
  const homes = new Map(
    parts.flatMap(({ suffix, items }) => items.map(({ name }) => [name, `wire${suffix}.ts`])),
  );
  const files = parts.map(async ({ suffix, items }) => {
    const path = `wire${suffix}.ts`;
    return { path, text: await textOf(product, path, items, { shapes, homes, named }) };
  });
  return { files: await Promise.all(files), homes };
}

interface All {
  readonly shapes: readonly Shape[];
  readonly homes: ReadonlyMap<string, string>;
  readonly named: ReadonlySet<string>;
}

function textOf(
  product: string,
  path: string,
  items: readonly Shape[],
  { shapes, homes, named }: All,
): Promise<string> {
  const elsewhere = new Set(
    shapes.filter(({ name }) => homes.get(name) !== path).flatMap(({ uses }) => [...uses]),
  );
  const wanted = new Map<string, string[]>();
  for (const name of new Set(items.flatMap(({ uses }) => [...uses]))) {
    const home = homes.get(name)!;
    if (home !== path) wanted.set(home, [...(wanted.get(home) ?? []), name]);
  }
  const imports = [...wanted]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([home, names]) => `import { ${names.toSorted().join(", ")} } from "./${home}";\n`);
  const text = items
    .map((shape) =>
      declared(shape, named.has(shape.name) || elsewhere.has(shape.name), named.has(shape.name)),
    )
    .join("\n");
  return tidy(
    path,
    `/**
 * What ${product} sends and takes. Fields that are not described are ignored; missing or misshapen
 * ones make the answer unusable.
 */
import { z } from "zod";
${imports.join("")}
${text}`,
  );
}

function declared({ name, about, text }: Shape, isExported: boolean, isNamed: boolean): string {
  const type = isNamed ? `export type ${name} = z.infer<typeof ${name}>;\n` : "";
  return `${comment(about)}${isExported ? "export " : ""}const ${name} = ${text};\n${type}`;
}

/** The group of what only one group uses; `common` for the rest. */
function groupsOf(shapes: readonly Shape[], calls: readonly CallText[]): Map<string, string> {
  const byName = new Map(shapes.map((shape) => [shape.name, shape]));
  const groups = new Map<string, string>();
  const mark = (name: string, group: string): void => {
    const known = groups.get(name);
    if (known === group || known === "common") return;
    const now = known === undefined ? group : "common";
    groups.set(name, now);
    for (const used of byName.get(name)?.uses ?? []) mark(used, now);
  };
  for (const call of calls) {
    for (const name of call.shapes) mark(name, kebabCase(call.group) || "other");
  }
  return groups;
}

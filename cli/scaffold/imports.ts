/** Import lines of generated files, in the order of the house: packages, then paths from far to near. */

/** `names` as they stand in the braces, `type` before those that are types. */
export interface Import {
  readonly names: readonly string[];
  readonly from: string;
}

export function importLines(imports: readonly Import[]): string {
  return imports
    .filter(({ names }) => names.length > 0)
    .toSorted((a, b) => (rank(a.from) < rank(b.from) ? -1 : 1))
    .map((one) => importLine(one))
    .join("\n");
}

const rank = (from: string): string => {
  if (!from.startsWith(".")) return `0${from}`;
  return from.startsWith("../") ? `1${from}` : `2${from}`;
};

function importLine({ names, from }: Import): string {
  const onlyTypes = names.every((name) => name.startsWith("type "));
  const list = (onlyTypes ? names.map(bare) : names).join(", ");
  return `import ${onlyTypes ? "type " : ""}{ ${list} } from "${from}";`;
}

const bare = (name: string): string => name.replace(/^type /, "");

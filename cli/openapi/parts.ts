/** Cuts what is generated into files that a person can read. */
const maxLines = 290;
const smallGroup = 80;

/** The formatter is for those who develop: a house that only runs need not have it. */
export const formatter = async () => (await import("oxfmt")).format;

/** As the house writes it. Throws for text that is no TypeScript: a defect of the generator. */
export async function tidy(path: string, text: string): Promise<string> {
  const { code, errors } = await (await formatter())(path, text, { printWidth: 100 });
  if (errors.length > 0) throw new Error(`${path} cannot be formatted: ${errors[0]!.message}`);
  return code;
}

export const linesOf = async (text: string): Promise<number> =>
  (await tidy("part.ts", text)).split("\n").length;

interface Sized<T> {
  readonly item: T;
  readonly lines: number;
}

export interface Part<T> {
  /** Of the file's name: empty where one file holds everything, else `-contrats`, `-contrats-2`. */
  readonly suffix: string;
  readonly items: readonly T[];
}

/**
 * `mayCut(before, after)` says whether what stands before may be in another file than what stands
 * after. Items keep their order within their group.
 */
export function inParts<T>(
  sized: readonly Sized<T>[],
  groupOf: (item: T) => string,
  mayCut: (before: readonly T[], after: readonly T[]) => boolean = () => true,
): Part<T>[] {
  const total = sized.reduce((sum, { lines }) => sum + lines, 0);
  if (total <= maxLines) return [{ suffix: "", items: sized.map(({ item }) => item) }];
  const sizes = new Map<string, number>();
  for (const { item, lines } of sized) {
    sizes.set(groupOf(item), (sizes.get(groupOf(item)) ?? 0) + lines);
  }
  // A few lines are no file of their own.
  const isSmall = (group: string) => sizes.get(group)! < smallGroup;
  const groups = Map.groupBy(sized, ({ item }) =>
    isSmall(groupOf(item)) ? "others" : groupOf(item),
  );
  return [...groups].flatMap(([group, members]) =>
    chunks(members, mayCut).map((items, index) => ({
      suffix: `-${group}${index === 0 ? "" : `-${index + 1}`}`,
      items,
    })),
  );
}

function chunks<T>(
  sized: readonly Sized<T>[],
  mayCut: (before: readonly T[], after: readonly T[]) => boolean,
): T[][] {
  const items = sized.map(({ item }) => item);
  const found: T[][] = [];
  let start = 0;
  let lines = 0;
  let cut = 0;
  for (const [index, each] of sized.entries()) {
    if (index > start && mayCut(items.slice(0, index), items.slice(index))) cut = index;
    if (lines + each.lines > maxLines && cut > start) {
      found.push(items.slice(start, cut));
      start = cut;
      lines = sized.slice(start, index).reduce((sum, { lines }) => sum + lines, 0);
    }
    lines += each.lines;
  }
  return [...found, items.slice(start)];
}

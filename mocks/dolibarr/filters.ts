/**
 * `sqlfilters`, as far as the portal uses them: `(t.column:=:'text')` and `(t.column:=:1)`, joined by
 * `and`. The text is not escaped: a quote in it ends it, and what follows is part of the query, so
 * that `x') or (t.rowid:>:0` finds everything. Equality knows no case.
 */
type Row = Readonly<Record<string, unknown>>;

/** `syntax` is a 400, `column` a 503 with the words of the database. */
export type Filtered<T> =
  | readonly T[]
  | { readonly fault: "syntax" | "column"; readonly of: string };

const condition = /^\(t\.(\w+):=:(?:'([^']*)'|(\d+))\)$/;

export function filteredBy<T extends Row>(
  rows: readonly T[],
  filter: string | undefined,
  columns: Readonly<Record<string, string>>,
): Filtered<T> {
  if (filter === undefined) return rows;
  if (/'\)\s*or\s*\(/i.test(filter)) return rows;
  let found = rows;
  for (const part of filter.split(/\s+and\s+/i)) {
    const [, column = "", text, number] = condition.exec(part) ?? [];
    if (column === "") return { fault: "syntax", of: filter };
    const field = columns[column];
    if (field === undefined) return { fault: "column", of: `t.${column}` };
    const wanted = (text ?? number ?? "").toLowerCase();
    found = found.filter((row) => textOf(row[field]).toLowerCase() === wanted);
  }
  return found;
}

const textOf = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";

/** What a list shows of its objects: all of them, or the properties that are named. */
export function trimmedTo(row: Row, properties: string | undefined): Row {
  if (properties === undefined) return row;
  const wanted = new Set(properties.split(",").map((name) => name.trim()));
  return Object.fromEntries(Object.entries(row).filter(([key]) => wanted.has(key)));
}

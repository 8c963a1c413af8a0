/**
 * Which variables of the environment a landlord's file may name: those whose names begin with its id,
 * `LA_ROCHELLE_…`. So no landlord's ERP is ever told another's secrets, nor those of the house.
 */
import type { Path, Problem, SourceDocument } from "./document.ts";

/** What the names of this landlord's variables begin with. */
export const prefixOf = (id: string): string => `${id.replaceAll("-", "_").toUpperCase()}_`;

interface Named {
  readonly path: Path;
  readonly name: string;
}

/** Where values come from the environment. */
const places: readonly Path[] = [
  ["erp", "settings"],
  ["payment", "settings"],
  ["socialSignIn"],
  ["requests", "webhook"],
];

/** Those that this landlord may not name, whoever else is served. */
export function foreignVariables(document: SourceDocument, id: string): Problem[] {
  const own = prefixOf(id);
  return variablesIn(document)
    .filter(({ name }) => !name.startsWith(own))
    .map(({ path, name }) => ({
      path,
      expected: `a variable of this landlord's own, whose name begins with ${own}, found ${name}`,
    }));
}

/** Those that are of another landlord, whose id begins with this one's: `PARIS_SUD_…` is no variable of `paris`. */
export function variablesOfOthers(
  document: SourceDocument,
  id: string,
  others: readonly string[],
): Problem[] {
  const longer = others.filter((other) => other.startsWith(`${id}-`));
  return variablesIn(document).flatMap(({ path, name }) => {
    const owner = longer.find((other) => name.startsWith(prefixOf(other)));
    if (owner === undefined) return [];
    return [{ path, expected: `a variable of this landlord's own, found ${name}, of ${owner}` }];
  });
}

const variablesIn = (document: SourceDocument): Named[] =>
  places.flatMap((place) => namedIn(document.valueAt(place), place));

function namedIn(value: unknown, path: Path): Named[] {
  if (typeof value === "string") {
    return [...value.matchAll(/\$\{([A-Za-z_]\w*)/g)].map(([, name]) => ({ path, name: name! }));
  }
  if (typeof value !== "object" || value === null) return [];
  const { env, ...rest } = value as Record<string, unknown>;
  if (typeof env === "string" && Object.keys(rest).length === 0) return [{ path, name: env }];
  return Object.entries(value).flatMap(([key, item]) =>
    namedIn(item, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

import { readdirSync, readFileSync } from "node:fs";

export interface SavedOperation {
  /** The file's name without its ending: `F12-home`. */
  readonly name: string;
  readonly text: string;
}

/** The documented operations of `schema/operations/`, by name. */
export function readOperations(schemaFolder: URL): SavedOperation[] {
  const folder = new URL("operations/", schemaFolder);
  const files = readdirSync(folder).filter((name) => name.endsWith(".graphql"));
  return files.toSorted().map((file) => ({
    name: file.replace(/\.graphql$/, ""),
    text: readFileSync(new URL(file, folder), "utf8"),
  }));
}

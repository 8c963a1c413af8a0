/** The GraphQL operation that a person gives to a command, and its variables. */
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { Kind, parse, type DocumentNode } from "graphql";
import { UsageError, type Terminal } from "../terminal.ts";

export interface AskedOperation {
  /** As it was given. */
  readonly file: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Throws UsageError for files that cannot be read, and for all but one query. */
export async function readAskedOperation(
  { folder }: Pick<Terminal, "folder">,
  file: string,
  variablesFile: string | undefined,
): Promise<AskedOperation> {
  const query = await textOf(folder, file);
  const operations = parsed(file, query).definitions.filter(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  );
  if (operations.length !== 1) {
    throw new UsageError(`${file} must hold one operation, and holds ${operations.length}.`);
  }
  if (operations[0]!.operation !== "query") {
    throw new UsageError(
      `${file} holds a ${operations[0]!.operation}: only a query can be recorded.`,
    );
  }
  const variables =
    variablesFile === undefined
      ? {}
      : variablesIn(variablesFile, await textOf(folder, variablesFile));
  return { file, query, variables };
}

async function textOf(folder: string, file: string): Promise<string> {
  try {
    return await readFile(resolve(folder, file), "utf8");
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

function parsed(file: string, text: string): DocumentNode {
  try {
    return parse(text);
  } catch (error) {
    throw new UsageError(`${file} is no GraphQL: ${(error as Error).message}`, { cause: error });
  }
}

/** The parser's own words would quote the file, which may hold what is somebody's. */
function variablesIn(file: string, text: string): Record<string, unknown> {
  let value: unknown = null;
  try {
    value = JSON.parse(text);
  } catch {
    // Said below.
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new UsageError(`${file} must hold an object in JSON: the operation's variables.`);
  }
  return value as Record<string, unknown>;
}

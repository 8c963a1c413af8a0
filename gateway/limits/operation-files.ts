/**
 * The operations that a front-end registers: in a folder, files that end with `.graphql`, each as the
 * front-end sends it, and manifests as Apollo's tools or GraphQL Code Generator write them, which end
 * with `.json`.
 */
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { GraphQLError, parse, validate, type GraphQLSchema } from "graphql";
import { z } from "zod";
import type { Fault } from "../configuration-error.ts";

export interface RegisteredOperation {
  /** By what it may be named instead of sent: the SHA-256 of its text in hexadecimal, or a manifest's id. */
  readonly id: string;
  readonly text: string;
}

export interface ReadOperations {
  readonly operations: readonly RegisteredOperation[];
  readonly faults: readonly Fault[];
}

const ApolloManifest = z.object({
  format: z.literal("apollo-persisted-query-manifest"),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string().min(1), body: z.string().min(1) })),
});

/** `persisted-documents.json`: each text by its id. */
const Documents = z
  .record(z.string().min(1), z.string().min(1))
  .transform((texts) => Object.entries(texts).map(([id, text]) => ({ id, text })));

const Manifest = z.union([
  ApolloManifest.transform(({ operations }) =>
    operations.map(({ id, body }) => ({ id, text: body })),
  ),
  Documents,
]);

const manifests =
  "a manifest: of format apollo-persisted-query-manifest, version 1, or with each operation's text by its id, as GraphQL Code Generator writes it";

export const idOf = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Every file of the folder, with every fault. Null where there is no such folder. */
export function readOperationFiles(folder: string, schema: GraphQLSchema): ReadOperations | null {
  let names: string[];
  try {
    names = readdirSync(folder).toSorted();
  } catch {
    return null;
  }
  const read = names.flatMap((name) => {
    const file = join(folder, name);
    if (name.endsWith(".graphql")) return [readText(file, schema)];
    return name.endsWith(".json") ? [readManifest(file, schema)] : [];
  });
  return {
    operations: read.flatMap(({ operations }) => operations),
    faults: read.flatMap(({ faults }) => faults),
  };
}

function readText(file: string, schema: GraphQLSchema): ReadOperations {
  const text = readFileSync(file, "utf8");
  const faults = faultsOf(text, schema).map(({ line, message }) => ({
    file,
    line,
    field: "",
    expected: `an operation that fits the schema: ${message}`,
  }));
  return { operations: [{ id: idOf(text), text }], faults };
}

function readManifest(file: string, schema: GraphQLSchema): ReadOperations {
  const parsed = Manifest.safeParse(jsonOf(file));
  if (!parsed.success) {
    return { operations: [], faults: [{ file, line: 0, field: "", expected: manifests }] };
  }
  const operations = parsed.data;
  const faults = operations.flatMap(({ id, text }) =>
    faultsOf(text, schema).map(({ message }) => ({
      file,
      line: 0,
      field: id,
      expected: `an operation that fits the schema: ${message}`,
    })),
  );
  return { operations, faults };
}

function jsonOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

function faultsOf(text: string, schema: GraphQLSchema): { line: number; message: string }[] {
  const told = ({ locations, message }: GraphQLError) => {
    return { line: locations?.[0]?.line ?? 0, message };
  };
  try {
    return validate(schema, parse(text)).map(told);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return [told(error)];
  }
}

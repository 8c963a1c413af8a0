/** `operations` of a landlord's file: the folder with what its front-ends ask. */
import { readFileSync } from "node:fs";
import { buildSchema, type GraphQLSchema } from "graphql";
import type { Fault } from "../configuration-error.ts";
import { readOperationFiles, type RegisteredOperation } from "../limits/operation-files.ts";
import { pathBeside } from "./beside.ts";
import type { Problem, SourceDocument } from "./document.ts";

interface ReadRegistered {
  readonly operations: readonly RegisteredOperation[];
  /** In the landlord's file. */
  readonly problems: readonly Problem[];
  /** In the files of the folder. */
  readonly faults: readonly Fault[];
}

const nothing: ReadRegistered = { operations: [], problems: [], faults: [] };

/** `beside`: where the landlord's file stands. What is no text is told by the shape of the file. */
export function readRegistered(document: SourceDocument, beside: string): ReadRegistered {
  const written = document.valueAt(["operations"]);
  if (typeof written !== "string") return nothing;
  const folder = pathBeside(beside, written);
  const read = folder && readOperationFiles(folder, publishedSchema());
  if (read) return { ...read, problems: [] };
  const expected = `a folder beside this file, found none of the name ${written}`;
  return { ...nothing, problems: [{ path: ["operations"], expected }] };
}

let schema: GraphQLSchema | undefined;

/** Read when a landlord first needs it: most have no operations of their own. */
function publishedSchema(): GraphQLSchema {
  const file = new URL("../../schema/api.graphql", import.meta.url);
  return (schema ??= buildSchema(readFileSync(file, "utf8")));
}

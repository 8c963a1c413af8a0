import { buildSchema } from "graphql";
import { readFileSync } from "node:fs";

/** The published schema, as clients see it. */
export const api = buildSchema(
  readFileSync(new URL("../../schema/api.graphql", import.meta.url), "utf8"),
);

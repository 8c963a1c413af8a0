import { ApolloGateway, type GraphQLDataSource } from "@apollo/gateway";
import { composeServices } from "@apollo/composition";
import { parse, printSchema } from "graphql";
import { readFile } from "node:fs/promises";
import YAML from "yaml";
import { z } from "zod";
import type { Subgraph } from "../../subgraphs/kernel/define.ts";

const Rover = z.object({
  subgraphs: z.record(
    z.string(),
    z.object({ routing_url: z.url(), schema: z.object({ file: z.string() }) }),
  ),
});

export type Files = Map<string, string>;

/**
 * All generated files of `schema/` by their path: the SDL of each subgraph that rover.yaml names,
 * the supergraph, and the API schema that clients see. Throws with every fault of composition.
 */
export async function generateSchema(root: URL, subgraphs: readonly Subgraph[]): Promise<Files> {
  const rover = Rover.parse(YAML.parse(await readFile(new URL("rover.yaml", root), "utf8")));
  const entries = Object.entries(rover.subgraphs);
  const known = new Map(subgraphs.map((subgraph) => [subgraph.name, subgraph]));
  if (entries.length !== known.size || entries.some(([name]) => !known.has(name))) {
    throw new Error(
      `rover.yaml must name exactly these subgraphs: ${[...known.keys()].join(", ")}.`,
    );
  }
  const services = entries.map(([name, { routing_url }]) => ({
    name,
    url: routing_url,
    typeDefs: parse(known.get(name)!.sdl),
  }));
  const { errors, supergraphSdl } = composeServices(services);
  if (errors) throw new Error(errors.map((error) => error.message).join("\n"));
  const files: Files = new Map(
    entries.map(([name, { schema }]) => [schema.file, known.get(name)!.sdl]),
  );
  files.set("schema/supergraph.graphql", supergraphSdl);
  files.set("schema/api.graphql", await apiSchema(supergraphSdl));
  return files;
}

/** What clients see: the supergraph without what only routers read. */
async function apiSchema(supergraphSdl: string): Promise<string> {
  const unused: GraphQLDataSource = { process: () => Promise.reject(new Error("never asked")) };
  const gateway = new ApolloGateway({ supergraphSdl, buildService: () => unused, logger: silent });
  const { schema } = await gateway.load();
  await gateway.stop();
  return `${printSchema(schema)}\n`;
}

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * Subgraphs in the gateway's own process: between plan and resolver lie no HTTP, no JSON and no
 * second parsing. Each sub-query of a plan is compiled once. The stock data source parses and
 * validates every sub-query anew, at three times the cost of a whole request.
 */
import type { GraphQLDataSource } from "@apollo/gateway";
import { parse, type ExecutionResult } from "graphql";
import { compileQuery, isCompiledQuery, type CompiledQuery } from "graphql-jit";
import type { Subgraph } from "../subgraphs/kernel/define.ts";

/** Plans are few: one for each operation of the front-ends. A flood of others may not fill the memory. */
const mostQueries = 2_000;

export function inProcess(subgraph: Subgraph): GraphQLDataSource {
  const compiled = new Map<string, CompiledQuery>();
  const compiledOf = (query: string): CompiledQuery => {
    const known = compiled.get(query);
    if (known) return known;
    const made = compileQuery(subgraph.schema, parse(query, { noLocation: true }));
    if (!isCompiledQuery(made))
      throw new Error(`A sub-query for ${subgraph.name} cannot be compiled.`);
    if (compiled.size >= mostQueries) compiled.delete(compiled.keys().next().value!);
    compiled.set(query, made);
    return made;
  };
  return {
    async process({ request, context }) {
      const { query } = compiledOf(request.query!);
      const result = (await query({}, context, request.variables ?? {})) as ExecutionResult;
      // The gateway's types are those of Apollo's wire format; the values are the same.
      return result as Awaited<ReturnType<GraphQLDataSource["process"]>>;
    },
  };
}

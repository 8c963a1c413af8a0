/**
 * Subgraphs in the gateway's own process: between plan and resolver lie no HTTP, no JSON and no
 * second parsing. Each sub-query of a plan is compiled once. The stock data source parses and
 * validates every sub-query anew, at three times the cost of a whole request.
 */
import type { GraphQLDataSource } from "@apollo/gateway";
import { GraphQLError, parse, type ExecutionResult } from "graphql";
import { compileQuery, isCompiledQuery, type CompiledQuery } from "graphql-jit";
import type { Subgraph } from "../subgraphs/kernel/define.ts";
import { withoutValues } from "../subgraphs/kernel/document-text.ts";
import { defaultsOf, type Variables } from "./default-values.ts";

/** Plans are few: one for each operation of the front-ends. A flood of others may not fill the memory. */
const mostQueries = 2_000;

interface Compiled {
  readonly run: CompiledQuery["query"];
  readonly withDefaults: (sent: Variables) => Variables;
}

export function inProcess(subgraph: Subgraph): GraphQLDataSource {
  const known = new Map<string, Compiled>();
  const compiledOf = (query: string): Compiled => {
    const found = known.get(query);
    if (found) return found;
    const made = compile(subgraph, query);
    if (known.size >= mostQueries) known.delete(known.keys().next().value!);
    known.set(query, made);
    return made;
  };
  return {
    async process({ request, context }) {
      const { run, withDefaults } = compiledOf(request.query!);
      const result = (await run(
        {},
        context,
        withDefaults(request.variables ?? {}),
      )) as ExecutionResult;
      // The gateway's types are those of Apollo's wire format; the values are the same.
      return ofTheClient(result) as Awaited<ReturnType<GraphQLDataSource["process"]>>;
    },
  };
}

/**
 * Where nothing was executed a variable did not fit a scalar of the subgraph's, which the gateway lets
 * through: an error of the client's own, told without the value.
 */
function ofTheClient(result: ExecutionResult): ExecutionResult {
  if (result.data !== undefined || !result.errors) return result;
  const extensions = { code: "BAD_USER_INPUT" };
  return {
    errors: result.errors.map(
      ({ message }) => new GraphQLError(withoutValues(message), { extensions }),
    ),
  };
}

function compile({ name, schema }: Subgraph, query: string): Compiled {
  const document = parse(query, { noLocation: true });
  const made = compileQuery(schema, document);
  if (!isCompiledQuery(made)) throw new Error(`A sub-query for ${name} cannot be compiled.`);
  return { run: made.query, withDefaults: defaultsOf(schema, document) };
}

/**
 * `npm start`: a gateway configured by its environment; with `--subgraph billing`, that subgraph
 * alone. Never starts a mock.
 */
import { parseArgs } from "node:util";
import { run } from "./run.ts";
import { createLog } from "./log.ts";
import { endOnDefects, stopOnSignals } from "./signals.ts";
import { runSubgraph } from "./subgraph.ts";
import { whyNotStarted } from "./why-not-started.ts";

try {
  const { subgraph } = parseArgs({ options: { subgraph: { type: "string" } } }).values;
  const running =
    subgraph === undefined ? await run(process.env) : await runSubgraph(subgraph, process.env);
  stopOnSignals(() => running.stop());
  const log = createLog("error");
  endOnDefects((error) => log.fatal({ err: error }, "a defect that nobody caught"));
} catch (error) {
  const why = whyNotStarted(error);
  if (why === null) throw error;
  process.stderr.write(`trousseau cannot start:\n${why}\n`);
  process.exitCode = 1;
}

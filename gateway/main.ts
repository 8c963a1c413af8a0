/**
 * `npm start`: a gateway configured by its environment; with `--subgraph billing`, that subgraph
 * alone. Never starts a mock.
 */
import { parseArgs } from "node:util";
import { readConfig } from "./config.ts";
import { createLog } from "./log.ts";
import type { Running } from "./run.ts";
import { endOnDefects, stopOnSignals } from "./signals.ts";
import { whyNotStarted } from "./why-not-started.ts";

try {
  const { subgraph } = parseArgs({ options: { subgraph: { type: "string" } } }).values;
  // Before the house is loaded: what is wrong here is told at once.
  readConfig(process.env);
  const running = subgraph === undefined ? await gateway() : await alone(subgraph);
  stopOnSignals(() => running.stop());
  const log = createLog("error");
  endOnDefects((error) => log.fatal({ err: error }, "a defect that nobody caught"));
} catch (error) {
  const why = whyNotStarted(error);
  if (why === null) throw error;
  process.stderr.write(`trousseau cannot start:\n${why}\n`);
  process.exitCode = 1;
}

async function gateway(): Promise<Running> {
  const { run } = await import("./run.ts");
  return run(process.env);
}

async function alone(subgraph: string): Promise<Running> {
  const { runSubgraph } = await import("./subgraph.ts");
  return runSubgraph(subgraph, process.env);
}

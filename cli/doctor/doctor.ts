/** `doctor`: what is wrong with this installation. */
import type { Command } from "commander";
import type { Config } from "../../gateway/config.ts";
import type { Run } from "../cli.ts";
import { anyFault, fault, skipped, wordFindings, wordSum, type Finding } from "../findings.ts";
import type { ExitCode, Terminal } from "../terminal.ts";
import { checkFolder, checkPort, checkRedis, checkScanner, checkSmtp } from "./around.ts";
import { readEnvironment } from "./environment.ts";
import { checkErps } from "./erps.ts";
import {
  checkAdapters,
  checkNative,
  checkNode,
  checkPackages,
  checkSchema,
} from "./installation.ts";
import { checkLandlords } from "./landlords.ts";
import { checkStore } from "./store.ts";

export function registerDoctor(program: Command, terminal: Terminal, run: Run): void {
  program
    .command("doctor")
    .description("what is wrong with this installation, and what to do about it")
    .option("--json", "for programs")
    .addHelpText(
      "after",
      "\nChanges nothing; asks each ERP once, of somebody who does not exist. Reads the environment as the gateway does, and never shows its values.",
    )
    .action(run((flags: { readonly json?: boolean }) => examine(flags, terminal)));
}

async function examine(
  { json }: { readonly json?: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  terminal.progress("looking around …");
  const findings = await findAll(terminal);
  terminal.progress("");
  if (json) terminal.print(`${JSON.stringify(findings, null, 2)}\n`);
  else terminal.print(`${wordSum(findings)}\n${wordFindings(findings, terminal)}`);
  return anyFault(findings) ? 1 : 0;
}

async function findAll(terminal: Terminal): Promise<Finding[]> {
  const { environment, root } = terminal;
  const { config, wrong, findings } = readEnvironment(environment);
  const looked = await Promise.all([
    guarded("packages", () => checkPackages(root)),
    checkNative(),
    guarded("adapters", checkAdapters),
    guarded("schema", () => checkSchema(root)),
    guarded("landlords", () => checkLandlords(terminal, config !== null)),
    ...(config
      ? [...surroundings(config, wrong, terminal), guarded("ERPs", () => checkErps(terminal))]
      : []),
  ]);
  return [...checkNode(process.versions.node), ...findings, ...looked.flat()];
}

/** What the configuration names; what it does not rightly name is not looked at. */
function surroundings(
  config: Config,
  wrong: ReadonlySet<string>,
  { folder, now, environment }: Terminal,
): Promise<Finding[]>[] {
  const { scanner, redis, metrics, uploadsFolder } = config;
  const named = async (step: string, variable: string, check: () => Promise<Finding[]>) =>
    wrong.has(variable) ? [skipped(step, `${variable} does not say where`)] : guarded(step, check);
  // Beside the store, unless it has a variable of its own.
  const place = environment["TROUSSEAU_UPLOADS"] ? "TROUSSEAU_UPLOADS" : "TROUSSEAU_STORE";
  const checks = [
    named("store", "TROUSSEAU_STORE", () => checkStore(config.store, folder, now)),
    named("SMTP", "TROUSSEAU_SMTP", () => checkSmtp(config.smtp)),
    named("uploads", place, () => checkFolder("uploads", uploadsFolder, folder)),
    named("port", "TROUSSEAU_PORT", () => checkPort("port", config.host, config.port)),
  ];
  if (scanner) checks.push(named("clamd", "TROUSSEAU_CLAMD", () => checkScanner(scanner)));
  if (redis !== null) checks.push(named("Redis", "TROUSSEAU_REDIS", () => checkRedis(redis)));
  if (metrics) {
    const { host, port } = metrics;
    const check = () => checkPort("metrics", host, port);
    checks.push(named("metrics", "TROUSSEAU_METRICS_PORT", check));
  }
  return checks;
}

/** A check that breaks says so, and the others are still made. */
async function guarded(step: string, check: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await check();
  } catch (error) {
    const name = error instanceof Error ? error.name : "something unknown";
    return [fault(step, `could not be looked at (${name})`, "Run npm install, then again.")];
  }
}

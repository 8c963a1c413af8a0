/** `npx trousseau adapter new`: a folder under `adapters/erp/` that compiles, with every port to be written. */
import { isAbsolute, relative, resolve } from "node:path";
import type { Command } from "commander";
import type { Run } from "../cli.ts";
import { generateFromOpenApi } from "../openapi/generate.ts";
import { emptyAdapter } from "../scaffold/empty.ts";
import type { DescriptionFault, Generated, Generation } from "../scaffold/generated.ts";
import { adapterFiles, refuseProduct, writeAdapter } from "../scaffold/write.ts";
import { UsageError, type ExitCode, type Terminal } from "../terminal.ts";
import { generateFromWsdl } from "../wsdl/generate.ts";

interface Options {
  readonly wsdl?: string;
  readonly openapi?: string;
  readonly empty?: true;
  readonly operations?: string;
  readonly port?: string;
  readonly json?: true;
}

/** More than these are chosen from: a portal needs thirty at most, and nobody reads a longer client. */
const mostOperations = 40;

export function registerAdapterNew(adapter: Command, terminal: Terminal, run: Run): void {
  adapter
    .command("new")
    .argument("<product>", "the ERP's name, like my-erp: the folder under adapters/erp/")
    .description(
      "begin an adapter: a typed client made from the ERP's description, ports to fill in",
    )
    .option("--wsdl <file>", "the ERP's WSDL, a file or an http(s) address")
    .option("--openapi <file>", "the ERP's OpenAPI or Swagger, a file or an http(s) address")
    .option("--empty", "without a description: a client for JSON over HTTP, with a baseUrl")
    .option("--operations <names>", "only these operations, separated by commas")
    .option("--port <name>", "which port of the WSDL's service, where it has several")
    .option("--json", "print what was made as JSON")
    .action(run((product: string, options: Options) => newAdapter(terminal, product, options)));
}

async function newAdapter(
  terminal: Terminal,
  product: string,
  options: Options,
): Promise<ExitCode> {
  await refuseProduct(product, terminal.root);
  const generation = await generate(terminal, product, options);
  if ("faults" in generation) {
    tellFaults(terminal, generation.faults, options);
    return 1;
  }
  if (!options.operations && generation.operations.length > mostOperations) {
    throw new UsageError(tooMany(generation));
  }
  const files = await adapterFiles(product, generation);
  await writeAdapter(terminal.root, product, files);
  const paths = files.map(({ path }) => `adapters/erp/${product}/${path}`);
  terminal.print(
    options.json
      ? asJson(product, generation, paths)
      : asText(terminal, product, generation, paths),
  );
  return 0;
}

async function generate(
  { folder }: Terminal,
  product: string,
  { wsdl, openapi, empty, operations: names, port }: Options,
): Promise<Generation> {
  const given = [wsdl, openapi, empty].filter((one) => one !== undefined).length;
  if (given !== 1) {
    throw new UsageError(
      "Say what to begin with, one of: --wsdl FILE, --openapi FILE, or --empty where there is no description.",
    );
  }
  const operations = names?.split(",").map((name) => name.trim());
  if (operations?.includes("")) throw new UsageError("--operations has an empty name in it.");
  const chosen = operations ? { operations } : {};
  if (port !== undefined && wsdl === undefined) {
    throw new UsageError("--port chooses a port of a WSDL: it goes with --wsdl only.");
  }
  if (wsdl !== undefined) {
    const file = placeOf(folder, wsdl);
    return generateFromWsdl(file, { product, ...chosen, ...(port ? { port } : {}) });
  }
  if (openapi !== undefined) {
    return generateFromOpenApi(placeOf(folder, openapi), { product, ...chosen });
  }
  if (operations)
    throw new UsageError("--operations chooses from a description: not with --empty.");
  return emptyAdapter(product);
}

/** Paths are relative to where the command was called; addresses stay. */
const placeOf = (folder: string, given: string): string =>
  /^https?:\/\//i.test(given) ? given : resolve(folder, given);

function tellFaults(
  terminal: Terminal,
  faults: readonly DescriptionFault[],
  { json }: Options,
): void {
  if (json) return terminal.print(`${JSON.stringify({ faults }, null, 2)}\n`);
  for (const { file, line, place, message } of faults) {
    const shown = isAbsolute(file) ? relative(terminal.folder, file) : file;
    const where = [line > 0 ? `${shown}:${line}` : shown, place].filter((one) => one !== "");
    terminal.tell(`${where.join(" ")}: ${message}\n`);
  }
  terminal.tell(`\ntrousseau: nothing was written.\n`);
}

const tooMany = ({ operations }: Generated): string =>
  `The description has ${operations.length} operations; nothing was written. Choose those that a portal needs (up to ${mostOperations}) with --operations a,b,c:\n${operations
    .map(({ name, about }) => `  ${name}${about && `  ${about}`}`)
    .join("\n")}`;

const asJson = (
  product: string,
  { operations, settings, left }: Generated,
  files: readonly string[],
): string => `${JSON.stringify({ product, files, operations, settings, left }, null, 2)}\n`;

function asText(
  { style }: Terminal,
  product: string,
  { operations, left }: Generated,
  paths: readonly string[],
): string {
  const lines = [
    style("green", `adapters/erp/${product} is there: ${paths.length} files.`),
    "",
    ...operations.map(({ call }) => `  ${call}`),
    ...(left.length > 0
      ? ["", style("yellow", "Left out:"), ...left.map((one) => `  ${one}`)]
      : []),
    "",
    `Begin with "Where to begin" in adapters/erp/${product}/README.md. Next:`,
    "",
    `  npm run docs && npm run check`,
    `  npx trousseau landlord new my-landlord --product ${product}`,
    `  npx trousseau adapter check my-landlord`,
    "",
  ];
  return lines.join("\n");
}

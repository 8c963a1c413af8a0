/** `npx trousseau adapter record`: exchanges with a landlord's ERP, kept without anything personal. */
import { existsSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import { allChecks } from "../../adapters/conformance/list.ts";
import type { Material } from "../../adapters/conformance/material.ts";
import { runConformance, type Progress } from "../../adapters/conformance/run.ts";
import { createSubject, type Subject } from "../../adapters/conformance/subject.ts";
import type { RawExchange } from "../../adapters/ports/adapter.ts";
import type { Port, Ports } from "../../adapters/ports/port.ts";
import { scrub } from "../../adapters/recording/exchanges.ts";
import { writeRecording } from "../../adapters/recording/folder.ts";
import { ConfigurationError } from "../../gateway/configuration-error.ts";
import type { Landlord } from "../../subgraphs/kernel/landlord.ts";
import type { Run } from "../cli.ts";
import type { ErpOf } from "../landlord-of.ts";
import { UsageError, type ExitCode, type Terminal } from "../terminal.ts";
import type { Missing } from "./ask-house.ts";
import { readAskedOperation, type AskedOperation } from "./asked-operation.ts";
import { completeMaterial, readMaterialOf } from "./check-material.ts";
import { onlyOf } from "./check.ts";
import { erpOrFaults } from "./erp-or-faults.ts";
import { troubleOf } from "./trouble.ts";
import { readAllOf } from "./read-person.ts";
import { vocabularyOf } from "./vocabulary.ts";

interface RecordOptions {
  readonly check?: true;
  readonly person?: string;
  readonly operation?: string;
  readonly variables?: string;
  readonly material?: string;
  readonly only?: string;
  readonly out?: string;
}

export function registerAdapterRecord(adapter: Command, terminal: Terminal, run: Run): void {
  adapter
    .command("record")
    .argument("[landlord]", "its name, like ivry, or the path of its file")
    .description("keep what the landlord's ERP answers, without anything personal, to play it back")
    .option("--check", "while every check that reads is made")
    .option("--person <key>", "while everything is read that a portal shows to this person")
    .option("--operation <file>", "while this GraphQL query is answered to the person instead")
    .option("--variables <file>", "the query's variables, in JSON")
    .option("--material <file>", "as for check")
    .option("--only <checks>", "as for check")
    .option("--out <folder>", "an empty folder; recordings/<landlord> unless given")
    .addHelpText(
      "after",
      "\nIds in variables are those of the gateway whose TROUSSEAU_ID_SECRET is in the environment.",
    )
    .action(
      run((landlord: string | undefined, options: RecordOptions) =>
        recordAdapter(terminal, landlord, options),
      ),
    );
}

async function recordAdapter(
  terminal: Terminal,
  landlord: string | undefined,
  options: RecordOptions,
): Promise<ExitCode> {
  if ((options.check === undefined) === (options.person === undefined)) {
    throw new UsageError("Say what to record: --check, or --person with the key of one.");
  }
  const asked = await askedOf(terminal, options);
  const erp = await erpOrFaults(terminal, landlord);
  if (!erp) return 1;
  const query = asked && (await queryAt(terminal, erp, asked));
  if (asked && !query) return 1;
  const folder = resolve(terminal.folder, options.out ?? `recordings/${erp.id}`);
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new UsageError(`${folder} has something in it: take another folder with --out.`);
  }
  const recordedAt = terminal.now().toISOString();
  const heard = await hear(terminal, erp, options, query);
  if (!heard) return 1;
  const { words, phrases } = await vocabularyOf(erp.adapter.id, terminal.root);
  for (const word of harmlessSettings(erp)) words.add(word);
  const kept = scrub({ ...heard, vocabulary: words, phrases, secrets: secretsOf(erp) });
  const { exchanges, leftOut } = kept;
  const about = { product: erp.adapter.id, landlord: erp.id, recordedAt, exchanges };
  await writeRecording(folder, about, kept.material);
  if (heard.missing) terminal.print(wordsForMissing(heard.missing));
  terminal.print(wordsFor(folder, exchanges.length, leftOut, erp.id));
  return exchanges.length > 0 ? 0 : 1;
}

interface Query {
  readonly landlord: Landlord;
  readonly asked: AskedOperation;
}

async function askedOf(
  terminal: Terminal,
  { operation, person, variables }: RecordOptions,
): Promise<AskedOperation | null> {
  if (operation === undefined) {
    if (variables === undefined) return null;
    throw new UsageError("--variables are those of an --operation: give one.");
  }
  if (person === undefined) {
    throw new UsageError("Who asks? --operation goes with --person and the key of one.");
  }
  return readAskedOperation(terminal, operation, variables);
}

/** Null where the landlord's file is not whole; then it has been told. */
async function queryAt(
  terminal: Terminal,
  { path }: ErpOf,
  asked: AskedOperation,
): Promise<Query | null> {
  // The whole house takes a while to load: only who asks it waits.
  const { wholeLandlordOf } = await import("./ask-house.ts");
  try {
    return { landlord: await wholeLandlordOf(terminal, path), asked };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    terminal.tell(`${error.message}\n`);
    return null;
  }
}

interface Listened {
  readonly exchanges: RawExchange[];
  readonly answers: unknown[];
  readonly material: Readonly<Record<string, unknown>>;
  /** What a query asked for and did not get; absent where none was asked. */
  readonly missing?: readonly Missing[];
}

/** Null where the ERP cannot be used; then it has been told why. */
async function hear(
  terminal: Terminal,
  erp: ErpOf,
  { person, material: asked, only }: RecordOptions,
  query: Query | null,
): Promise<Listened | null> {
  const { id, path, adapter, settings, ca, concurrency, deadlineMs } = erp;
  const written: Material = person
    ? { persons: [person] }
    : await readMaterialOf(terminal, path, asked);
  const trouble = await troubleOf(erp, written, terminal);
  if (trouble) {
    terminal.tell(`trousseau: ${trouble}\n`);
    return null;
  }
  const exchanges: RawExchange[] = [];
  const answers: unknown[] = [];
  const subject = await createSubject({
    adapter,
    landlord: id,
    settings,
    ca,
    limits: { concurrency, deadlineMs },
    material: written,
    lever: null,
    now: terminal.now,
    onExchange: (exchange) => exchanges.push(exchange),
  });
  try {
    const ports = listening(subject.usual.ports, (answer) => answers.push(answer));
    const material = await completeMaterial(written, ports);
    const listened = { ...subject, material, usual: { ...subject.usual, ports } };
    if (person && query) {
      const { askHouse } = await import("./ask-house.ts");
      answers.push(query.asked.variables);
      const house = { landlord: query.landlord, ports, person };
      const missing = await askHouse(terminal, house, query.asked);
      return { exchanges, answers, material, missing };
    }
    if (person) await readAllOf(listened);
    else await readChecks(terminal, listened, onlyOf(only));
    return { exchanges, answers, material };
  } finally {
    terminal.progress("");
    await subject.close();
  }
}

const readChecks = (terminal: Terminal, subject: Subject, only: readonly string[] | null) =>
  runConformance(allChecks, subject, {
    write: false,
    ...(only && { only }),
    // One after the other, so that the same question is answered in the same order when it is played.
    sideBySide: 1,
    signal: terminal.signal,
    onProgress: ({ done, total, running }: Progress) =>
      terminal.progress(`recording: ${done} of ${total}  ${running[0] ?? ""}`),
  });

/** The same ports; what they answer is heard. */
function listening({ served, use }: Ports, hear: (answer: unknown) => void): Ports {
  return {
    served,
    use: <I>(port: Port<I>): I => {
      const methods = Object.entries(use(port) as object).map(
        ([name, value]: [string, unknown]) => {
          if (typeof value !== "function") return [name, value];
          const heard = async (...given: unknown[]) => {
            const answer: unknown = await (value as (...given: unknown[]) => unknown)(...given);
            hear(answer);
            return answer;
          };
          return [name, heard];
        },
      );
      return Object.fromEntries(methods) as I;
    },
  };
}

const secretsOf = ({ adapter, settings }: ErpOf) =>
  adapter.secrets
    .map((name) => (settings as Record<string, unknown>)[name])
    .filter((value) => typeof value === "string");

/** They are sent again when the recording is played, so they must stay; so do the places in an address. */
const harmlessSettings = ({ adapter, settings }: ErpOf) =>
  Object.entries(settings as Record<string, unknown>).flatMap(([name, value]) =>
    adapter.secrets.includes(name)
      ? []
      : textsIn(value).flatMap((text) => [text, ...text.split(/[/?&=]/)]),
  );

const textsIn = (value: unknown): string[] => {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
};

const wordsForMissing = (missing: readonly Missing[]): string =>
  missing.length === 0
    ? "The query was answered without an error.\n"
    : [
        `The query was answered with ${missing.length} errors:`,
        ...missing.map(({ code, path }) => `  ${code}  ${path}`),
        "",
      ].join("\n");

const wordsFor = (folder: string, count: number, leftOut: number, id: string): string =>
  [
    `${count} exchanges are in ${folder}; names, keys, texts and files are replaced.`,
    ...(leftOut > 0
      ? [`${leftOut} more were left out: something personal would have stayed in them.`]
      : []),
    `Look through them before you give them away. To play them: npx trousseau adapter check ${id} --recorded ${folder}`,
    "",
  ].join("\n");

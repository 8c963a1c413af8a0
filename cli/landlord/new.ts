/** `landlord new`: writes the file of a landlord, whole, commented and valid. */
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import type { Command } from "commander";
import { parse } from "yaml";
import { loadAdapters } from "../../adapters/load.ts";
import { loadProviders } from "../../adapters/load-payments.ts";
import { prefixOf } from "../../gateway/landlord-file/variables.ts";
import type { Run } from "../cli.ts";
import { landlordsFolder, readLandlordOf } from "../landlord-of.ts";
import { fieldsWith, type Product } from "../reference/landlord-fields.ts";
import type { Field } from "../reference/fields.ts";
import { UsageError, type ExitCode, type Terminal } from "../terminal.ts";
import { fileText } from "./file-text.ts";
import { starterOf } from "./starter.ts";
import { unsetVariable } from "./variables.ts";

interface Flags {
  readonly product?: string;
  readonly name?: string;
  readonly kind: string;
  readonly host?: readonly string[];
  readonly website?: string;
  readonly email?: string;
  readonly timeZone: string;
  readonly firstConnection?: boolean;
  readonly payment?: string;
  readonly set: readonly string[];
}

const collect = (value: string, before: readonly string[] = []) => [...before, value];

export function registerLandlordNew(parent: Command, terminal: Terminal, run: Run): void {
  parent
    .command("new")
    .description("write the file of a new landlord; asks for what is missing")
    .argument("<id>", "how the house calls the landlord: lower-case letters, digits, hyphens")
    .option("--product <name>", "the ERP: a folder of adapters/erp/")
    .option("--name <text>", "as tenants know the landlord")
    .option("--kind <kind>", "SOCIAL, COOPERATIVE or PRIVATE", "SOCIAL")
    .option("--host <name>", "host name of its portal; again for another", collect)
    .option("--website <url>", "the landlord's own site")
    .option("--email <address>", "where tenants write to, and from where mails come")
    .option("--time-zone <zone>", "of the landlord, and of the ERP's clock", "Europe/Paris")
    .option(
      "--first-connection",
      "tenants have an identifier and a password of the landlord already",
    )
    .option("--payment <name>", "who takes card payments: a folder of adapters/payment/")
    .option(
      "--set <field=value>",
      "any field: erp.settings.baseUrl=https://…; again for another",
      collect,
      [],
    )
    .action(run((id: string, flags: Flags) => createLandlord(id, flags, terminal)));
}

async function createLandlord(id: string, flags: Flags, terminal: Terminal): Promise<ExitCode> {
  if (!/^[a-z][a-z0-9-]*$/.test(id)) {
    throw new UsageError(
      `"${id}" is no id: lower-case letters, digits, hyphens, like la-rochelle.`,
    );
  }
  const path = join(landlordsFolder(terminal), `${id}.yaml`);
  if (existsSync(path)) throw new UsageError(`${shown(path, terminal)} is there already.`);
  const [adapters, providers] = await Promise.all([loadAdapters(), loadProviders()]);
  const product =
    flags.product ?? (await terminal.ask(`ERP (${[...adapters.keys()].join(", ")}): `));
  const erp = pick(adapters, product, "--product");
  const payment =
    flags.payment === undefined ? undefined : pick(providers, flags.payment, "--payment");
  const values = await valuesOf(id, flags, { erp, payment }, terminal);
  const text = `# ${String(values["name"])}.\n${fileText(fieldsWith(erp, payment), values)}`;
  const unset = await checkText(id, text, terminal);
  await mkdir(landlordsFolder(terminal), { recursive: true });
  await writeFile(path, text, { flag: "wx" });
  terminal.print(wordWritten(id, shown(path, terminal), unset));
  return 0;
}

const shown = (path: string, { folder }: Terminal) => {
  const fromHere = relative(folder, path);
  return fromHere.startsWith("..") ? path : fromHere;
};

function pick<P>(known: ReadonlyMap<string, P>, asked: string | null, flag: string): P {
  const found = asked === null ? undefined : known.get(asked);
  if (found) return found;
  const names = [...known.keys()].join(", ");
  throw new UsageError(`${flag}: one of ${names}${asked ? `; found "${asked}"` : ""}.`);
}

interface Products {
  readonly erp: Product;
  readonly payment: Product | undefined;
}

/** Everything that the file is to hold. Asks for what is missing; throws UsageError with all of it. */
async function valuesOf(id: string, flags: Flags, products: Products, terminal: Terminal) {
  const { erp, payment } = products;
  const asked = createAsking(terminal);
  const name = flags.name ?? (await asked("--name", "Name, as tenants know it"));
  const host = await (flags.host ?? asked("--host", "Host name of the portal"));
  const website = flags.website ?? (await asked("--website", "The landlord's own site"));
  const email = flags.email ?? (await asked("--email", "Address where tenants write to"));
  const hosts = typeof host === "string" ? [host] : host;
  const { kind, timeZone, firstConnection = false } = flags;
  const answers = { id, name, kind, hosts, website, email, timeZone, firstConnection };
  const starter = starterOf({ ...answers, product: erp.id, payment: payment?.id });
  const values = withSecrets(starter, id, products, timeZone);
  for (const one of flags.set) assign(values, ...readSetting(one));
  for (const field of lackingSettings(fieldsWith(erp, payment), values)) {
    const answer = await asked(`--set ${field.name}=…`, `${field.name} (${field.kind})`);
    assign(values, field.path, parse(answer));
  }
  asked.finish();
  return values;
}

/** Asks, or keeps in mind what nobody was there to answer. */
function createAsking(terminal: Terminal) {
  const lacking: string[] = [];
  const asked = async (flag: string, question: string): Promise<string> => {
    const answer = lacking.length > 0 ? null : await terminal.ask(`${question}: `);
    if (!answer) lacking.push(`  ${flag}   ${question}`);
    return answer || "-";
  };
  asked.finish = () => {
    if (lacking.length > 0) throw new UsageError(`Still missing:\n${lacking.join("\n")}`);
  };
  return asked;
}

/** Settings that must be there and have nothing to fall back on. */
const lackingSettings = (fields: readonly Field[], values: Values): Field[] =>
  fields.flatMap((field) => {
    const value = at(values, field.path);
    const maps = field.fields.length > 0 && !field.kind.startsWith("a list");
    if (maps && (field.needed || value !== undefined)) return lackingSettings(field.fields, values);
    return field.needed && value === undefined && field.path.includes("settings") ? [field] : [];
  });

/** Each secret by the name of a variable, the clock's zone where a product asks for one. */
function withSecrets(
  starter: Record<string, unknown>,
  id: string,
  products: Products,
  timeZone: string,
): Record<string, unknown> {
  const values = structuredClone(starter);
  for (const [part, product] of Object.entries(products)) {
    if (!product) continue;
    for (const key of product.secrets) {
      assign(values, [part, "settings", key], { env: variableOf(id, part, key) });
    }
  }
  for (const { path } of lackingSettings(fieldsWith(products.erp, products.payment), values)) {
    if (path.at(-1) === "timeZone") assign(values, path, timeZone);
  }
  return values;
}

/** `LA_ROCHELLE_ERP_PASSWORD` */
const variableOf = (id: string, part: string, key: string) =>
  prefixOf(id) + [part, key.replace(/[A-Z]/g, "_$&")].join("_").replaceAll("-", "_").toUpperCase();

function readSetting(text: string): [path: string[], value: unknown] {
  const [, field, value] = /^([\w.]+)=(.*)$/s.exec(text) ?? [];
  if (field === undefined || value === undefined) {
    throw new UsageError(`--set takes field=value, like erp.deadlineMs=5000; found "${text}".`);
  }
  try {
    return [field.split("."), parse(value)];
  } catch {
    throw new UsageError(
      `--set ${field}: the value is no YAML. Put text with signs between quotes.`,
    );
  }
}

type Values = Record<string, unknown>;

function assign(values: Values, path: readonly string[], value: unknown): void {
  const last = path.at(-1)!;
  let place = values;
  for (const step of path.slice(0, -1)) {
    place[step] ??= {};
    place = place[step] as Values;
  }
  if (typeof place !== "object" || place === null) {
    throw new UsageError(
      `--set ${path.join(".")}: ${path.slice(0, -1).join(".")} holds no fields.`,
    );
  }
  place[last] = value;
}

const at = (values: Values, path: readonly string[]): unknown =>
  path.reduce<unknown>((value, step) => (value as Values | undefined)?.[step], values);

/** Throws UsageError with every fault of the text; gives the variables that are still to be set. */
async function checkText(id: string, text: string, terminal: Terminal): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), "trousseau-"));
  try {
    const draft = join(folder, `${id}.yaml`);
    await writeFile(draft, text);
    const { faults } = await readLandlordOf(terminal, draft);
    const wrong = faults.filter((fault) => unsetVariable(fault) === null);
    if (wrong.length > 0) {
      const lines = wrong.map(({ field, expected }) => `  ${field}  expected ${expected}`);
      throw new UsageError(`Nothing was written: these values are wrong.\n${lines.join("\n")}`);
    }
    return faults.flatMap((fault) => unsetVariable(fault) ?? []);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function wordWritten(id: string, path: string, unset: readonly string[]): string {
  const variables = unset.map((name) => `  ${name}\n`).join("");
  const first = unset.length > 0 ? `Set in the environment of the gateway:\n${variables}` : "";
  return `${path} is written. Read it through: what is a comment holds as it says.\n${first}Then: npx trousseau landlord check ${id}\n`;
}

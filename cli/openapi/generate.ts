/** An OpenAPI description made into the parts of an adapter that know its wire. */
import { nearest } from "../../gateway/landlord-file/wording.ts";
import type { GeneratedFile, GeneratedSetting, Generation } from "../scaffold/generated.ts";
import { callText, type CallText } from "./call-text.ts";
import { callsFiles, callsText, clientText } from "./client-file.ts";
import { findCycles } from "./cycles.ts";
import type { Description } from "./description.ts";
import { faultAt } from "./faults.ts";
import type { Shapes } from "./fields.ts";
import { plain } from "./names.ts";
import { isUrl } from "./open.ts";
import { planOperations, type Planned } from "./operations.ts";
import { formatter } from "./parts.ts";
import { readDescription } from "./read.ts";
import { securityOf } from "./security.ts";
import { createShapes } from "./shapes.ts";
import { wireFiles } from "./wire-file.ts";

/**
 * `file` is a path or an http URL of OpenAPI 3.0, 3.1 or Swagger 2.0, in YAML or JSON. `operations`
 * are operationIds or `GET /path`; all unless told. Nothing is written.
 */
export async function generateFromOpenApi(
  file: string,
  { product, operations }: { product: string; operations?: readonly string[] },
): Promise<Generation> {
  const read = await readDescription(file);
  if ("faults" in read) return read;
  const { description, copy } = read;
  const left = [...read.left];
  const all = planOperations(description, left);
  const { planned, unknown } = chosen(all, operations);
  if (unknown.length > 0 || planned.length === 0) {
    const messages =
      unknown.length > 0
        ? unknown
        : [`Of none of its operations can anything be made: ${left.join("; ")}`];
    return { faults: messages.map((message) => faultAt({ file, root: file }, message)) };
  }
  const { calls, shapes } = textsOf(product, description, planned);
  const security = securityOf(description, planned, left);
  const settings = [baseUrl(file, description), ...security.settings];
  const wire = await wireFiles(product, shapes.declared(), calls);
  const files = await callsFiles(calls);
  const clients = files.map(async (each) => ({
    path: each.path,
    text: await callsText(product, each, wire.homes),
  }));
  const client = await clientText(product, copy.path, settings, security, files);
  return {
    files: [
      await tidied(copy),
      ...wire.files,
      ...(await Promise.all(clients)),
      { path: "client.ts", text: client },
    ],
    settings,
    operations: planned.map(({ name, title, about }) => ({
      name: title,
      about: plain(about),
      call: calls.find((call) => call.name === name)!.usage,
    })),
    left: [...new Set([...left, ...shapes.left, ...amounts(shapes)])],
    description: { kind: "openapi", path: copy.path },
  };
}

function chosen(
  all: readonly Planned[],
  wanted: readonly string[] | undefined,
): { planned: readonly Planned[]; unknown: string[] } {
  if (wanted === undefined) return { planned: all, unknown: [] };
  const isNamed = (each: Planned, name: string) =>
    each.title === name || each.name === name || each.id === name;
  const unknown = wanted
    .filter((name) => !all.some((each) => isNamed(each, name)))
    .map((name) => {
      const near = nearest(
        name,
        all.flatMap(({ title, name }) => [title, name]),
      );
      return `There is no operation \`${name}\` of which code can be made.${near === null ? "" : ` Did you mean \`${near}\`?`}`;
    });
  return { planned: all.filter((each) => wanted.some((name) => isNamed(each, name))), unknown };
}

/** Twice: the first time finds what stands in several places and deserves a name. */
function textsOf(
  product: string,
  description: Description,
  planned: readonly Planned[],
): { calls: CallText[]; shapes: Shapes } {
  const cycles = findCycles(description);
  const write = (repeated: ReadonlySet<string>) => {
    const shapes = createShapes(description, cycles, repeated);
    const calls = planned.map((each) => callText(product, shapes, each));
    return { calls, shapes };
  };
  const { met } = write(new Set()).shapes;
  return write(new Set([...met].filter(([, count]) => count > 1).map(([key]) => key)));
}

function baseUrl(file: string, { servers = [] }: Description): GeneratedSetting {
  const { url = "", variables = {} } = servers[0] ?? {};
  const filled = url.replace(/\{([^}]+)\}/g, (_, name: string) => variables[name]?.default ?? name);
  const origin = isUrl(file) ? file : "https://erp.example";
  return {
    name: "baseUrl",
    schema: "z.url({ protocol: /^https?$/ })",
    about: "Where the ERP answers",
    secret: false,
    example: URL.canParse(filled, origin)
      ? new URL(filled, origin).href.replace(/\/$/, "")
      : origin,
  };
}

const amountLike =
  /montant|solde|loyer|charge|total|prix|d[eé]bit|cr[eé]dit|amount|balance|price|rent/i;

/** The house counts no money in floats. */
function amounts(shapes: Shapes): string[] {
  const fields = shapes
    .declared()
    .flatMap(({ name, text }) =>
      [...text.matchAll(/"?([\w-]+)"?: z\.number\(\)/g)].map(([, field]) => ({
        name,
        field: field!,
      })),
    )
    .filter(({ field }) => amountLike.test(field))
    .map(({ name, field }) => `${name}.${field}`);
  if (fields.length === 0) return [];
  return [
    `amounts as JSON numbers (${fields.join(", ")}): they come with all their digits, or the answer is refused; turn them into amounts by \`String(…)\` and \`exactAmount\`, never by counting`,
  ];
}

async function tidied(copy: GeneratedFile): Promise<GeneratedFile> {
  const { code, errors } = await (await formatter())(copy.path, copy.text, { printWidth: 100 });
  return errors.length > 0 ? copy : { ...copy, text: code };
}

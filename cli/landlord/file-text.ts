/**
 * A landlord's file as text: every field that there is, in the schema's order, each behind what the
 * code says of it. What has a value stands there; the rest is there as a comment, with what holds
 * without it, so that nobody needs to look a field up.
 */
import { stringify } from "yaml";
import type { Field } from "../reference/fields.ts";

type Values = Readonly<Record<string, unknown>>;

const width = 98;

/** Lines of YAML for those fields. */
export function fileText(fields: readonly Field[], values: Values): string {
  const known = new Set(fields.map(({ path }) => path[0]!));
  const unknown = Object.keys(values).filter((key) => !known.has(key));
  if (unknown.length > 0) throw new Error(`There is no field ${unknown.join(", ")}.`);
  return fields.map((field) => `${linesOf(field, values).join("\n")}\n`).join("\n");
}

function linesOf(field: Field, values: Values): string[] {
  const key = field.path.at(-1)!;
  const value = values[key];
  const said = describe(field);
  if (value === undefined) return [...said, ...commented(outline(field))];
  if (isMap(value) && field.fields.length > 0 && !field.kind.startsWith("a list")) {
    const inside = field.fields.flatMap((inner) => linesOf(inner, value));
    // One line says all where nothing else could be there.
    const short = render(key, value);
    const plain = field.fields.every(
      ({ text, path }) => text === "" && Object.hasOwn(value, path.at(-1)!),
    );
    return [...said, ...(plain && short.length === 1 ? short : [`${key}:`, ...indented(inside)])];
  }
  return [...said, ...render(key, value)];
}

/** What the code says of it, and what may stand there where it says too little. */
function describe({ text }: Field): string[] {
  return text === "" ? [] : wrap(text).map((line) => `# ${line}`.trimEnd());
}

function wrap(text: string): string[] {
  return text.split("\n").flatMap((paragraph) => {
    const lines: string[] = [];
    for (const word of paragraph.split(" ")) {
      const last = lines.at(-1);
      if (last !== undefined && last.length + word.length < width - 10) {
        lines[lines.length - 1] = `${last} ${word}`;
      } else lines.push(word);
    }
    return lines;
  });
}

/** A field as it would be written, with its default or with what is expected there. */
function outline(field: Field): string[] {
  const key = field.path.at(-1)!;
  if (field.fields.length === 0) return [...render(key, field.byDefault ?? `<${field.kind}>`)];
  const inside = field.fields.flatMap((inner) => [...describe(inner), ...outline(inner)]);
  if (!field.kind.startsWith("a list")) return [`${key}:`, ...indented(inside)];
  return [`${key}:`, ...inside.map((line, index) => `  ${index === 0 ? "- " : "  "}${line}`)];
}

function render(key: string, value: unknown): string[] {
  const flow = onOneLine(value);
  const short = !flow.includes("\n") && key.length + flow.length + 2 <= 80;
  if (typeof value !== "object" || value === null || short) return [`${key}: ${flow}`];
  if (Array.isArray(value)) return [`${key}:`, ...indented(value.flatMap(renderItem))];
  return [
    `${key}:`,
    ...indented(Object.entries(value).flatMap(([name, one]) => render(name, one))),
  ];
}

function renderItem(item: unknown): string[] {
  const flow = onOneLine(item);
  if (!isMap(item) || (flow.length < 80 && !flow.includes("\n"))) return [`- ${flow}`];
  return Object.entries(item)
    .flatMap(([name, one]) => render(name, one))
    .map((line, index) => `${index === 0 ? "- " : "  "}${line}`);
}

/** As the house's formatter has it: `[a, { b: c }]`. */
function onOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inFlow).join(", ")}]`;
  if (!isMap(value)) return stringify(value, { lineWidth: 0 }).trimEnd();
  const fields = Object.entries(value).map(([name, one]) => `${name}: ${inFlow(one)}`);
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}

/** Between brackets, where a comma or a bracket in a text is to be quoted. */
function inFlow(value: unknown): string {
  if (typeof value === "object" && value !== null) return onOneLine(value);
  return stringify([value], { collectionStyle: "flow", lineWidth: 0 }).trim().slice(2, -2);
}

const indented = (lines: readonly string[]) => lines.map((line) => `  ${line}`);
const commented = (lines: readonly string[]) => lines.map((line) => `# ${line}`);
const isMap = (value: unknown): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);

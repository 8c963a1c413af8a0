/** `docs/reference/ports.md`: what the house asks of an ERP, method by method and field by field. */
import { readdirSync } from "node:fs";
import { z } from "zod";
import { allPorts } from "../../adapters/conformance/ports.ts";
import { LookUp, Outcome, type ChangePort } from "../../adapters/ports/changes.ts";
import type { MethodSpec, Port } from "../../adapters/ports/port.ts";
import * as values from "../../adapters/ports/values.ts";
import type { AskingOperation } from "./operations.ts";
import { features, fieldsOfPorts } from "../features.ts";
import { docOf, type Doc } from "./docstrings.ts";
import { fieldsOf, flatten, type Field } from "./fields.ts";
import { code, generated, kindOf, page, table } from "./markdown.ts";

const folder = new URL("../../adapters/ports/", import.meta.url);
const file = (name: string) => new URL(name, folder);

/** Described once, at the end of the page. */
const shared = [
  "Amount",
  "Money",
  "Day",
  "Moment",
  "Key",
  "Text",
  "Typed",
  "Period",
  "Address",
  "TypedAddress",
  "FileRef",
];
const known: ReadonlySet<string> = new Set(shared);

export function portsPage(operations: readonly AskingOperation[]): string {
  const ports = allPorts.toSorted((a, b) => a.name.localeCompare(b.name));
  const named = readdirSync(folder)
    .filter((name) => name.endsWith(".ts"))
    .toSorted()
    .flatMap((name) =>
      ports.filter((port) => declares(name, port)).map((port) => ({ name, port })),
    );
  const sections = named.map(({ name, port }) => portSection(name, port, operations));
  return page(
    generated("adapters/ports/"),
    "# Ports",
    "What a landlord's ERP may be asked. An adapter serves the ports that its ERP can answer; what it does not serve, the portal does not offer. No port is obligatory, but little works without `contracts` and `persons`.",
    "A method that reads takes a list of keys and gives a list of answers: as many, in the same order. A key is how the ERP names a thing; no client ever sees one. Every answer is checked against the shapes below before anybody gets it: a field more, a field less, or another form is BAD_RESPONSE. Errors: [errors.md](errors.md).",
    `Ports: ${named.map(({ port }) => `[${port.name}](#${port.name.toLowerCase()})`).join(", ")}.`,
    ...sections,
    changesSection(),
    valuesSection(),
  );
}

const declares = (name: string, port: Port<unknown>): boolean => {
  const doc = docOf(file(name), port.name);
  return doc !== null && (doc.typeArgument !== null || "payload" in port);
};

const isChange = (port: Port<unknown>): port is ChangePort<unknown> => "payload" in port;

function portSection(
  name: string,
  port: Port<unknown>,
  operations: readonly AskingOperation[],
): string {
  const doc = docOf(file(name), port.name)!;
  const body = isChange(port) ? changeParts(name, port, doc) : readParts(name, port, doc);
  return page(`## ${port.name}`, doc.text, ...body, usedBy(port.name, operations)).trimEnd();
}

/** A port of changes: what is asked; how it is sent is the same for all of them. */
function changeParts(name: string, port: ChangePort<unknown>, doc: Doc): string[] {
  const payload = docOf(file(name), doc.refersTo ?? "");
  return [
    `A change about a ${port.about.toLowerCase()}: see [changes](#changes). What is asked:`,
    fieldTable(fieldsOf(port.payload, payload)),
  ];
}

function readParts(name: string, port: Port<unknown>, doc: Doc): string[] {
  const own = docOf(file(name), doc.typeArgument ?? "");
  return Object.entries<MethodSpec>(port.methods).flatMap(([method, spec]) => {
    const member = own?.child(method);
    const [takes, gives] = signature(member?.type ?? "", spec);
    // A function that makes the methods has them in no object: its argument is the answer.
    const answer = doc.child(method) ?? doc;
    return [
      `### ${port.name}.${method} (${spec.of})`,
      own?.text ?? "",
      member?.text ?? "",
      `Takes ${takes}, gives ${gives}.`,
      keyTable(name, member?.type ?? ""),
      wordAnswer(spec, answer),
    ];
  });
}

function wordAnswer(spec: MethodSpec, doc: Doc): string {
  const fields = answerFields(spec, doc);
  return fields.length > 0 ? `What comes:\n\n${fieldTable(fields)}` : "";
}

function signature(type: string, spec: MethodSpec): [takes: string, gives: string] {
  const [, key, answer] = /^BatchRead<(\w+), (.+)>$/.exec(type) ?? [];
  if (key !== undefined && answer !== undefined) {
    const each = key === "string" ? "keys" : code(key);
    return [`a list of ${each}`, `for each ${code(answer)}`];
  }
  return spec.of === "stream"
    ? ["one key", "a description, and the bytes as they are read"]
    : ["one", "one"];
}

/** What stands in a key that is more than a text. */
function keyTable(name: string, type: string): string {
  const [, key = ""] = /^BatchRead<(\w+),/.exec(type) ?? [];
  const shape = key === "string" ? null : docOf(file(name), key);
  return shape
    ? `${code(key)}:\n\n${table(["field", "type", "meaning"], memberRows(name, shape))}`
    : "";
}

function memberRows(name: string, shape: Doc): string[][] {
  const inherited = shape.refersTo === null ? null : docOf(file(name), shape.refersTo);
  const rows = shape.keys.map((key) => {
    const member = shape.child(key)!;
    return [code(key), code(member.type ?? ""), member.text];
  });
  return [...(inherited ? memberRows(name, inherited) : []), ...rows];
}

/** The fields of one answer; of a page, those of its items. */
function answerFields({ answer }: MethodSpec, doc: Doc): Field[] {
  const [wrapped] = fieldsOf(z.strictObject({ answer }), null);
  const inside = wrapped!.fields;
  const items = inside.find(({ path }) => path.at(-1) === "items");
  const isPage = items !== undefined && inside.some(({ path }) => path.at(-1) === "endCursor");
  const told = (field: Field, from: Doc): Field => {
    const own = from.child(field.path.at(-1)!);
    return {
      ...field,
      name: field.name.replace(/^answer(\[\])?(\.items\[\])?\./, ""),
      text: own?.text ?? "",
      refersTo: own?.refersTo ?? null,
      fields: own ? field.fields.map((inner) => told(inner, own)) : field.fields,
    };
  };
  return (isPage ? items.fields : inside).map((field) => told(field, doc));
}

function fieldTable(fields: readonly Field[]): string {
  const hidden = (field: Field): Field =>
    field.refersTo !== null && known.has(field.refersTo)
      ? { ...field, fields: [] }
      : { ...field, fields: field.fields.map(hidden) };
  return table(
    ["field", "what stands there", "meaning"],
    flatten(fields.map(hidden)).map((field) => [
      code(field.name),
      `${kindOf(field, known)}${field.needed ? "" : " (may be left out)"}`,
      field.text,
    ]),
  );
}

function usedBy(port: string, operations: readonly AskingOperation[]): string {
  const fields = fieldsOfPorts[port] ?? [];
  const rows = features.filter(({ needs }) => needs.includes(port));
  const asking = operations
    .filter((operation) => fields.some((place) => operation.fields.has(place)))
    .map(({ name }) => `[${name}](../../schema/operations/${name}.graphql)`);
  return [
    `Without it: ${fields.map(code).join(", ")} answer NOT_SUPPORTED.`,
    rows.length > 0 ? `Features: ${rows.map(({ id, title }) => `${id} ${title}`).join(", ")}.` : "",
    asking.length > 0 ? `Operations: ${asking.join(", ")}.` : "",
  ]
    .filter((part) => part !== "")
    .join(" ");
}

function changesSection(): string {
  const changes = file("changes.ts");
  const methods = docOf(changes, "Changes")!;
  const said = (name: string) => docOf(changes, name)?.text ?? "";
  const wrapped = (schema: z.ZodType) =>
    fieldsOf(z.strictObject({ answer: schema }), null)[0]!.fields;
  const states = (fields: readonly Field[]) =>
    table(
      ["field", "what stands there"],
      fields.map(({ name, kind, needed }) => [
        code(name.replace("answer.", "")),
        `${kind}${needed ? "" : " (by state)"}`,
      ]),
    );
  return page(
    "## Changes",
    said("Changes"),
    `### submit (write)\n\n${methods.child("submit")!.text}`,
    said("Outcome"),
    states(wrapped(Outcome)),
    `### lookUp\n\n${methods.child("lookUp")!.text}`,
    states(wrapped(LookUp)),
    `### repeat\n\n${said("repeats")}`,
    "### What is sent",
    said("Submission"),
    table(["field", "type", "meaning"], memberRows("changes.ts", docOf(changes, "Submission")!)),
  ).trimEnd();
}

function valuesSection(): string {
  const schemas: Readonly<Record<string, z.ZodType>> = {
    Amount: values.Amount,
    Money: values.Money,
    Day: values.Day,
    Moment: values.Moment,
    Key: values.Key,
    Text: values.Text,
    Typed: values.Typed,
    Period: values.Period,
    Address: values.Address,
    TypedAddress: values.TypedAddress,
  };
  const rows = Object.entries(schemas).flatMap(([name, schema]) => {
    const doc = docOf(file("values.ts"), name);
    const [whole] = fieldsOf(z.strictObject({ value: schema }), null);
    const inner = flatten(fieldsOf(schema, doc));
    return [
      [code(name), whole!.kind, doc?.text ?? ""],
      ...inner.map((field) => [code(`${name}.${field.name}`), kindOf(field, known), field.text]),
    ];
  });
  const files = docOf(file("changes.ts"), "FileRef");
  return page(
    "## Values",
    table(["name", "what stands there", "meaning"], rows),
    `### FileRef\n\n${files?.text ?? ""}`,
    docOf(file("values.ts"), "pageOf")?.text ?? "",
  ).trimEnd();
}

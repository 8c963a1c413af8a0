/** The text of one operation as a function. */
import { resolved, type Description, type SchemaOrRef } from "./description.ts";
import type { Shapes, Typed } from "./fields.ts";
import { comment, pascalCase, plain, property } from "./names.ts";
import { fileAnswer, jsonAnswer } from "./answer-text.ts";
import { isList, isRepeated, type Asked, type Planned } from "./operations.ts";

export interface CallText {
  readonly name: string;
  readonly group: string;
  readonly text: string;
  /** The shapes that it names. */
  readonly shapes: ReadonlySet<string>;
  /** How it is called: `client.solde({ contrat }, call)`. */
  readonly usage: string;
}

export function callText(product: string, shapes: Shapes, planned: Planned): CallText {
  const { name, group, asked, body } = planned;
  const kept = new Set<string>();
  const typed = (schema: SchemaOrRef, hint: string): Typed => {
    const found = shapes.typeOf(schema, `${pascalCase(name)}${hint}`);
    for (const shape of found.names) kept.add(shape);
    return found;
  };
  const fields = asked.map(
    (each) =>
      `readonly ${property(each.name)}${each.required ? "" : "?"}: ${typeOfAsked(shapes.description, each.schema)};`,
  );
  const bodyType = body?.kind === "form" ? "FormData" : body && typed(body.schema, "Body").type;
  if (body)
    fields.push(
      `readonly ${body.kind === "form" ? "form" : "body"}${body.required ? "" : "?"}: ${bodyType};`,
    );
  const parameters =
    fields.length === 0 ? "call: Call" : `asked: { ${fields.join(" ")} }, call: Call`;
  const { type, statements } =
    planned.answer.kind === "file"
      ? fileAnswer(planned)
      : jsonAnswer(JSON.stringify(`${product}: ${name}`), planned, planned.answer.done, typed);
  const lines = [`const path = ${pathText(planned)};`, ...preparation(planned), ...statements];
  const text = `${comment(about(planned))}const ${name} = (rest: RestClient) => async (${parameters}): Promise<${type}> => {
${lines.join("\n")}
};`;
  const keys = asked.filter(({ required }) => required).map((each) => each.name);
  if (body) keys.push(body.kind === "form" ? "form" : "body");
  const argument =
    fields.length === 0 ? "" : keys.length === 0 ? "{}, " : `{ ${keys.join(", ")} }, `;
  return { name, group, text, shapes: kept, usage: `client.${name}(${argument}call)` };
}

function about({ title, about, none, answer, refused }: Planned): string {
  const parts = [`\`${plain(title, 200)}\``, plain(about)].filter(Boolean).join(": ");
  const ending = /[.!?…]$/.test(parts) ? parts : `${parts}.`;
  const isNothing = none !== undefined ? " Null where there is no such thing." : "";
  const isFile = answer.kind === "file" ? " The body may be read once." : "";
  const isRefused = refused.length > 0 ? " A refusal comes in the ERP's own words." : "";
  return `${ending}${isNothing}${isFile}${isRefused}`;
}

function pathText({ path, asked }: Planned): string {
  const names = new Map(
    asked.filter((each) => each.in === "path").map((each) => [each.wire, each]),
  );
  const parts = path.split(/(\{[^{}/]+\})/).map((part) => {
    const each = names.get(part.replace(/^\{|\}$/g, ""));
    if (part.startsWith("{") && each) return `\${${valueText(each)}}`;
    return part.replace(/[\\`$]/g, (sign) => `\\${sign}`);
  });
  const escaped = names.size > 0 ? `at\`${parts.join("")}\`` : JSON.stringify(path);
  const lists = asked.filter((each) => isRepeated(each));
  if (lists.length === 0) return escaped;
  const values = lists.map((each) => `${property(each.wire)}: asked.${each.name}`);
  return `withLists(${escaped}, { ${values.join(", ")} })`;
}

function valueText(asked: Asked): string {
  const value = `asked.${asked.name}`;
  if (!isList(asked)) return value;
  const separator = asked.list === "repeated" ? "," : asked.list;
  return `${value}${asked.required ? "" : "?"}.join(${JSON.stringify(separator)})`;
}

/** Query, headers and body, where there are any. */
function preparation({ asked }: Planned): string[] {
  const of = (place: Asked["in"], name: string) => {
    const all = asked.filter((each) => each.in === place && !isRepeated(each));
    if (all.length === 0) return [];
    const pairs = all.map((each) => `${property(each.wire)}: ${valueText(each)}`);
    return [`const ${name} = given({ ${pairs.join(", ")} });`];
  };
  return [...of("query", "query"), ...of("header", "headers")];
}

/** What a caller gives for a parameter. */
function typeOfAsked(description: Description, node: SchemaOrRef): string {
  const schema = typeof node === "boolean" ? undefined : resolved(description, node);
  if (!schema || typeof schema !== "object" || "$ref" in schema) return "string";
  const values = schema.enum?.filter((value) => value !== null) ?? [];
  if (values.length > 0) return values.map((value) => JSON.stringify(value)).join(" | ");
  const kind = [schema.type ?? "string"].flat().find((each) => each !== "null");
  if (kind === "array") {
    const item = typeOfAsked(description, schema.items ?? true);
    return `readonly ${item.includes("|") ? `(${item})` : item}[]`;
  }
  if (kind === "integer" || kind === "number") return "number";
  return kind === "boolean" ? "boolean" : "string";
}

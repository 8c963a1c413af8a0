/** `wire.ts`: zod shapes of what comes, types of what is sent, each once. */
import { commentText } from "../scaffold/index-file.ts";
import { importLines, type Import } from "../scaffold/imports.ts";
import {
  fieldsOf,
  recordIn,
  type Field,
  type RecordType,
  type Value,
} from "../../adapters/transport/wsdl/records.ts";
import { reachedFrom, type ErpCall } from "./calls.ts";
import { createNames, keyText, pascalCase } from "./names.ts";

/** One record's text, and what it needs. */
export interface Emitted {
  readonly record: RecordType;
  readonly text: string;
  readonly uses: readonly RecordType[];
}

export interface Wire {
  /** Each after those that it uses. */
  readonly types: readonly Emitted[];
  nameOf(record: RecordType): string;
  /** Whether it has a shape: some operation answers it. */
  isAnswer(record: RecordType): boolean;
  /** The record that is written in its stead: equal ones are written once. */
  of(record: RecordType): RecordType;
}

export function emitTypes(calls: readonly ErpCall[]): Wire {
  const requests = calls.flatMap(({ request, headers }) =>
    [request, headers].flatMap((record) => (record ? [...reachedFrom(record)] : [])),
  );
  const reached = calls.flatMap(({ answer, answeredHeaders }) =>
    [answer, answeredHeaders].flatMap((record) => (record ? [...reachedFrom(record)] : [])),
  );
  const ordered = inOrder([...new Set([...requests, ...reached])]);
  const first = firstOfEqual(ordered);
  const of = (record: RecordType) => first.get(record)!;
  const answers = new Set(reached.map(of));
  const naming = createNames("Record", (name) => name in globalThis || reserved.has(name));
  const kept = ordered.filter((record) => of(record) === record);
  const names = new Map(
    kept.map((record) => [record, naming(record.wanted.split(" ").map(pascalCase).join(""))]),
  );
  const nameOf = (record: RecordType) => names.get(of(record))!;
  const isAnswer = (record: RecordType) => answers.has(of(record));
  const types = kept.map((record): Emitted => {
    const uses = new Set(
      fieldsOf(record)
        .flatMap((field) => recordIn(field) ?? [])
        .map(of),
    );
    uses.delete(record);
    const text = isAnswer(record) ? shapeText(record, nameOf) : interfaceText(record, nameOf);
    return { record, text, uses: [...uses] };
  });
  return { types, nameOf, isAnswer, of };
}

/** Types of one name and the same fields, which several schemas declare: each with the first of them. */
function firstOfEqual(ordered: readonly RecordType[]): ReadonlyMap<RecordType, RecordType> {
  const first = new Map<RecordType, RecordType>();
  const known = new Map<string, RecordType>();
  const numbers = new Map<RecordType, number>();
  const numberOf = (record: RecordType) => {
    const number = numbers.get(record) ?? numbers.size;
    numbers.set(record, number);
    return number;
  };
  for (const record of ordered) {
    const fields = fieldsOf(record).map(({ uri: _, ...field }) => {
      const inner = recordIn(field);
      return inner
        ? { ...field, value: field.value.kind, of: numberOf(first.get(inner) ?? inner) }
        : field;
    });
    const key = JSON.stringify([record.wanted, record.open, fields]);
    const same = known.get(key) ?? record;
    known.set(key, same);
    first.set(record, same);
  }
  return first;
}

/** What a file of the adapter has already. */
const reserved = new Set(["Client", "Settings", "Call", "Io", "SoapFault", "PortError"]);

/** Depth first: what is used comes before, but for those that use each other. */
function inOrder(records: readonly RecordType[]): RecordType[] {
  const done = new Set<RecordType>();
  const visit = (record: RecordType, above: ReadonlySet<RecordType>): void => {
    if (done.has(record) || above.has(record)) return;
    const below = new Set([...above, record]);
    for (const field of fieldsOf(record)) {
      const inner = recordIn(field);
      if (inner) visit(inner, below);
    }
    done.add(record);
  };
  for (const record of records) visit(record, new Set());
  return [...done];
}

type NameOf = (record: RecordType) => string;

/** Whether following its fields comes back to it. */
export const isRecursive = (record: RecordType): boolean =>
  fieldsOf(record).some((field) => {
    const inner = recordIn(field);
    return inner !== undefined && reachedFrom(inner).has(record);
  });

function shapeText(record: RecordType, nameOf: NameOf): string {
  const name = nameOf(record);
  const recursive = isRecursive(record);
  const fields = fieldsOf(record).map(
    (field) =>
      `${fieldComment(field)}  ${keyText(field.name)}: ${shapeOfField(record, field, nameOf)},`,
  );
  const object = record.open ? "z.looseObject" : "z.object";
  const shape = `${object}({\n${fields.join("\n")}\n})`;
  if (recursive) {
    return `${interfaceText(record, nameOf)}\nexport const ${name}: z.ZodType<${name}> = ${shape};\n`;
  }
  return `${aboutText(record)}export const ${name} = ${shape};\nexport type ${name} = z.infer<typeof ${name}>;\n`;
}

const aboutText = ({ about }: RecordType): string =>
  about ? `/** ${commentText(about)} */\n` : "";

/** The kind of text, where it is one of its own, and what the schema says of it. */
function fieldComment({ value, about }: Field): string {
  const xsd =
    value.kind === "text" && !value.values && value.xsd !== "string" ? `xs:${value.xsd}` : "";
  const kind = value.kind === "file" ? "Bytes in base64" : xsd;
  const text = [kind, commentText(about)].filter((one) => one !== "").join(": ");
  return text ? `  /** ${text}${/[.…!?]$/.test(text) ? "" : "."} */\n` : "";
}

function shapeOfField(owner: RecordType, field: Field, nameOf: NameOf): string {
  const { value, many, optional, nil } = field;
  const inner = shapeOf(owner, value, nameOf);
  if (many) return `listOf(${inner}${nil ? ".nullable()" : ""})`;
  if (value.kind === "list" || value.kind === "any") return inner;
  if (optional && nil) return `${inner}.nullish()`;
  return inner + (optional ? ".optional()" : "") + (nil ? ".nullable()" : "");
}

function shapeOf(owner: RecordType, value: Value, nameOf: NameOf): string {
  switch (value.kind) {
    case "text":
      return value.values ? `z.enum(${JSON.stringify(value.values)})` : "z.string()";
    case "flag":
    case "whole":
      return value.kind;
    case "file":
      return "z.string()";
    case "any":
      return "z.unknown()";
    case "list":
      return `listOf(${shapeOf(owner, value.of, nameOf)})`;
    case "record": {
      const name = nameOf(value.record);
      return reachedFrom(value.record).has(owner) ? `z.lazy(() => ${name})` : name;
    }
  }
}

function interfaceText(record: RecordType, nameOf: NameOf): string {
  const fields = fieldsOf(record).map(
    (field) => `${fieldComment(field)}  ${typedField(field, nameOf)};`,
  );
  const open = record.open ? "  [element: string]: unknown;\n" : "";
  return `${aboutText(record)}export interface ${nameOf(record)} {\n${open}${fields.join("\n")}\n}\n`;
}

function typedField({ name, value, many, optional, nil }: Field, nameOf: NameOf): string {
  const type = typeOf(value, nameOf);
  const absent = optional && !many ? " | undefined" : "";
  const one = nil ? `${type} | null` : type;
  return `${keyText(name)}${absent ? "?" : ""}: ${many ? arrayText(one) : one}${absent}`;
}

const arrayText = (type: string): string => (/^[\w$]+$/.test(type) ? `${type}[]` : `(${type})[]`);

function typeOf(value: Value, nameOf: NameOf): string {
  switch (value.kind) {
    case "text":
      return value.values?.map((one) => JSON.stringify(one)).join(" | ") ?? "string";
    case "flag":
      return "boolean";
    case "whole":
      return "number";
    case "file":
      return "string";
    case "any":
      return "unknown";
    case "list":
      return arrayText(typeOf(value.of, nameOf));
    case "record":
      return nameOf(value.record);
  }
}

/** A file of types, with what they need of elsewhere. */
export function typesFile(
  about: string,
  types: readonly Emitted[],
  elsewhere: readonly Import[],
  up: string,
): string {
  const body = types.map(({ text }) => text).join("\n");
  const needed = ["flag", "listOf", "whole"].filter((name) =>
    new RegExp(`\\b${name}\\b`).test(body.replace(/\/\*\*.*?\*\//g, "")),
  );
  const zod = /\bz\.(?!infer|ZodType)/.test(body) ? "z" : "type z";
  const imports: Import[] = [
    ...(/\bz\./.test(body) ? [{ names: [zod], from: "zod" }] : []),
    { names: needed, from: `${up}transport/soap-fields.ts` },
    ...elsewhere,
  ];
  const head = importLines(imports);
  return `/** ${about} */\n${head}${head && "\n"}\n${body}`;
}

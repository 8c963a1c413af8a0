/** What becomes a call of the client: each operation with what it sends and gets, or why it does not. */
import { eachOrFaults, faultAt } from "./faults.ts";
import type { Message, Operation } from "./definitions.ts";
import { pascalCase } from "./names.ts";
import { addField, fieldsOf, newRecord, type Field, type RecordType, type Types } from "./types.ts";
import { localOf, resolveName } from "./xml.ts";

export interface ErpCall {
  readonly operation: string;
  readonly about: string;
  /** Null for one that takes nothing. */
  readonly request: RecordType | null;
  readonly answer: RecordType;
  /** The element whose bytes are to be streamed; null where the answer holds none, or several. */
  readonly file: string | null;
}

/** Why nothing was made of an operation: a sentence. */
export type Unfit = { readonly unfit: string };

/**
 * `attached`: files come beside the message, not as base64 in it. Throws WsdlFaults for names that
 * lead nowhere.
 */
export function callOf(
  operation: Operation,
  types: Types,
  { attached }: { readonly attached: boolean },
): ErpCall | Unfit {
  const { name, about, style, output } = operation;
  if (!output)
    return { unfit: "It answers nothing (one-way): whether it worked could not be told." };
  const rpc = style === "rpc";
  const sides = [
    { message: operation.input, wanted: "Request", what: "it is sent" },
    { message: output, wanted: "Response", what: "it answers" },
  ];
  const [request, answer] = eachOrFaults(sides, ({ message, wanted, what }) =>
    rpc
      ? partsOf(operation, message, pascalCase(name) + wanted, types)
      : elementOf(operation, message, types, what),
  );
  if (!request || "unfit" in request) return request!;
  if (!answer || "unfit" in answer) return answer!;
  const needed = attributesNeeded(request);
  if (needed.length > 0) {
    return {
      unfit: `It is sent the XML attributes ${needed.join(", ")}, and only elements can be.`,
    };
  }
  const empty = fieldsOf(request).length === 0 && !request.open;
  return {
    operation: name,
    about,
    request: empty ? null : request,
    answer,
    file: fileIn(answer, attached),
  };
}

/** The element of a document-style message, where it holds elements. */
function elementOf(
  { node }: Operation,
  message: Message,
  types: Types,
  what: string,
): RecordType | Unfit {
  const [part, ...others] = message.parts;
  if (!part) return newRecord("Nothing");
  if (others.length > 0)
    return {
      unfit: `Its message has several parts in the body, which document style does not allow.`,
    };
  if (!message.bodyFirst) {
    return {
      unfit:
        "The first part of its message is a header, which what writes the request would take for the body. Put the part of the body first in a copy of the WSDL, and begin with that.",
    };
  }
  const { element } = part.attributes;
  if (element === undefined) {
    return {
      unfit: "Its message names a type instead of an element, which document style does not allow.",
    };
  }
  const name = resolveName(part, element);
  const { value } = types.element(name, part);
  if (value.kind === "record") return value.record;
  if (value.kind === "any")
    throw faultAt(
      node,
      localOf(name),
      "This element says nothing of what it holds: give it a type.",
    );
  return {
    unfit: `What ${what} is a bare value in ${localOf(name)}, and only elements inside can be.`,
  };
}

/** The parameters of an rpc message as a record. */
function partsOf(
  { encoded }: Operation,
  message: Message,
  wanted: string,
  types: Types,
): RecordType | Unfit {
  const record = newRecord(wanted);
  for (const part of message.parts) {
    const { name = "", type } = part.attributes;
    if (type === undefined) {
      return {
        unfit: `Its part ${name} names an element instead of a type, which rpc style does not allow.`,
      };
    }
    const value = types.type(resolveName(part, type), part);
    addField(record, { name, value, about: "", many: false, optional: false, nil: encoded });
  }
  return record;
}

/** Every record that is reached from one, itself first. */
export function reachedFrom(
  record: RecordType,
  seen: Set<RecordType> = new Set(),
): ReadonlySet<RecordType> {
  if (seen.has(record)) return seen;
  seen.add(record);
  for (const field of fieldsOf(record)) {
    const inner = recordIn(field);
    if (inner) reachedFrom(inner, seen);
  }
  return seen;
}

/** The record that a field holds, alone or in lists. */
export function recordIn({ value }: Pick<Field, "value">): RecordType | undefined {
  if (value.kind === "list") return recordIn({ value: value.of });
  return value.kind === "record" ? value.record : undefined;
}

const attributesNeeded = (request: RecordType): string[] =>
  [...reachedFrom(request)].flatMap(({ wanted, requiredAttributes }) =>
    requiredAttributes.map((attribute) => `${wanted}@${attribute}`),
  );

/** The one element of an answer that holds bytes, where there is one, once. */
function fileIn(answer: RecordType, attached: boolean): string | null {
  const steps = pathsTo(answer, []);
  const [path] = steps;
  if (!path || steps.length > 1 || path.some(({ field }) => isMany(field))) return null;
  // When the bytes begin, what comes behind them is not there yet.
  if (!attached) for (const { record, field } of path) markBehind(record, field);
  return path.at(-1)!.field.name;
}

const isMany = ({ many, value }: Field): boolean => many || value.kind === "list";

interface Step {
  readonly record: RecordType;
  readonly field: Field;
}

function pathsTo(record: RecordType, above: readonly Step[]): (readonly Step[])[] {
  if (above.some((step) => step.record === record)) return [];
  return fieldsOf(record).flatMap((field) => {
    const path = [...above, { record, field }];
    const inner = recordIn(field);
    if (inner) return pathsTo(inner, path);
    return field.value.kind === "file" ? [path] : [];
  });
}

function markBehind(record: RecordType, field: Field): void {
  const all = fieldsOf(record);
  for (const behind of all.slice(all.indexOf(field) + 1)) behind.optional = true;
}

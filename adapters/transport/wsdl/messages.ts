/** What stands in the Body and in the Header of an operation's messages. */
import { eachOrFaults, faultAt } from "./faults.ts";
import type { HeaderPart, Message, Operation } from "./operations.ts";
import { addField, newRecord, plainField, type Field, type RecordType } from "./records.ts";
import type { Types } from "./types.ts";
import { resolveName } from "./xml.ts";

/** The one element of a Body. */
export interface Body {
  readonly name: string;
  readonly uri: string;
  readonly record: RecordType;
}

/** Why nothing can be made of an operation: a sentence. */
export type Unfit = { readonly unfit: string };

/** What an operation sends, or why nothing can be. Throws WsdlFaults for names that lead nowhere. */
export const requestOf = (operation: Operation, types: Types): Body | Unfit =>
  bodyOf(operation, operation.input, { suffix: "Request", after: "", what: "it is sent" }, types);

/** What an operation answers. */
export function answerOf(operation: Operation, types: Types): Body | Unfit {
  const { output } = operation;
  if (!output) {
    return { unfit: "It answers nothing (one-way): whether it worked could not be told." };
  }
  const side = { suffix: "Response", after: "Response", what: "it answers" };
  return bodyOf(operation, output, side, types);
}

/** SOAP headers as the fields of a record; null where there are none. */
export function headersOf(parts: readonly HeaderPart[], types: Types): RecordType | null {
  if (parts.length === 0) return null;
  const record = newRecord("SoapHeaders");
  for (const field of eachOrFaults(parts, (header) => headerOf(header, types))) {
    record.own.push(field);
  }
  return record;
}

function headerOf({ part, namespace, required }: HeaderPart, types: Types): Field {
  const { element, name = "", type = "" } = part.attributes;
  const optional = !required;
  if (element !== undefined) {
    return { ...types.element(resolveName(part, element), part), optional };
  }
  const value = types.type(resolveName(part, type), part);
  return { ...plainField, name, uri: namespace, value, optional };
}

interface Side {
  /** Of the type, where the operation gives it its name. */
  readonly suffix: string;
  /** Of the element of an rpc message, behind the operation's name. */
  readonly after: string;
  readonly what: string;
}

function bodyOf(operation: Operation, message: Message, side: Side, types: Types): Body | Unfit {
  return operation.style === "rpc"
    ? partsOf(operation, message, side, types)
    : elementOf(operation, message, side.what, types);
}

/** The element of a document-style message, where it holds elements. */
function elementOf(
  { node }: Operation,
  message: Message,
  what: string,
  types: Types,
): Body | Unfit {
  const [part, ...others] = message.parts;
  if (!part) return { name: "", uri: "", record: newRecord("Nothing") };
  if (others.length > 0) {
    return {
      unfit: "Its message has several parts in the body, which document style does not allow.",
    };
  }
  const { element } = part.attributes;
  if (element === undefined) {
    return {
      unfit: "Its message names a type instead of an element, which document style does not allow.",
    };
  }
  const { name, uri, value } = types.element(resolveName(part, element), part);
  if (value.kind === "record") return { name, uri, record: value.record };
  if (value.kind === "any") {
    throw faultAt(node, name, "This element says nothing of what it holds: give it a type.");
  }
  return { unfit: `What ${what} is a bare value in ${name}, and only elements inside can be.` };
}

/** The parameters of an rpc message as a record. */
function partsOf(
  { name, namespace, encoded }: Operation,
  message: Message,
  { suffix, after }: Side,
  types: Types,
): Body | Unfit {
  const record = newRecord(`${name} ${suffix}`);
  for (const part of message.parts) {
    const { name: own = "", type } = part.attributes;
    if (type === undefined) {
      return {
        unfit: `Its part ${own} names an element instead of a type, which rpc style does not allow.`,
      };
    }
    const value = types.type(resolveName(part, type), part);
    addField(record, { ...plainField, name: own, value, nil: encoded });
  }
  return { name: name + after, uri: namespace, record };
}

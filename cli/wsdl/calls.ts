/** What becomes a call of the client: each operation with what it sends and gets, or why it does not. */
import { eachOrFaults } from "../../adapters/transport/wsdl/faults.ts";
import {
  answerOf,
  headersOf,
  requestOf,
  type Unfit,
} from "../../adapters/transport/wsdl/messages.ts";
import type { Operation } from "../../adapters/transport/wsdl/operations.ts";
import {
  fieldsOf,
  isElement,
  recordIn,
  textName,
  type Field,
  type RecordType,
} from "../../adapters/transport/wsdl/records.ts";
import type { Types } from "../../adapters/transport/wsdl/types.ts";

export interface ErpCall {
  readonly operation: string;
  readonly about: string;
  /** Null for one that takes nothing. */
  readonly request: RecordType | null;
  /** SOAP headers by their names; null where the WSDL declares none. */
  readonly headers: RecordType | null;
  readonly answer: RecordType;
  /** SOAP headers that come with it. */
  readonly answeredHeaders: RecordType | null;
  /** The element whose bytes are to be streamed; null where the answer holds none, or several. */
  readonly file: string | null;
}

/**
 * `attached`: files come beside the message, not as base64 in it. Throws WsdlFaults for names that
 * lead nowhere.
 */
export function callOf(
  operation: Operation,
  types: Types,
  { attached }: { readonly attached: boolean },
): ErpCall | Unfit {
  const { name, about } = operation;
  const [request, answer] = eachOrFaults([requestOf, answerOf], (side) => side(operation, types));
  if (!request || "unfit" in request) return request!;
  if (!answer || "unfit" in answer) return answer!;
  const empty = fieldsOf(request.record).length === 0 && !request.record.open;
  return {
    operation: name,
    about,
    request: empty ? null : request.record,
    headers: headersOf(operation.headers, types),
    answer: answer.record,
    answeredHeaders: headersOf(operation.answeredHeaders, types),
    file: fileIn(answer.record, attached),
  };
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

/** The one element of an answer that holds bytes, where there is one, once. */
function fileIn(answer: RecordType, attached: boolean): string | null {
  const steps = pathsTo(answer, []);
  const [path] = steps;
  if (!path || steps.length > 1 || path.some(({ field }) => isMany(field))) return null;
  // When the bytes begin, what comes behind them is not there yet.
  if (!attached) for (const { record, field } of path) markBehind(record, field);
  return path.findLast(({ field }) => field.name !== textName)!.field.name;
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
  const elements = fieldsOf(record).filter(isElement);
  for (const behind of elements.slice(elements.indexOf(field) + 1)) behind.optional = true;
}

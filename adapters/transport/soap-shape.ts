/** What the answer of an operation looks like, for `toData`. */
import { fieldsOf, isElement, type RecordType, type Value } from "./wsdl/records.ts";
import type { Shape } from "./soap-data.ts";

export interface Shapes {
  of(record: RecordType): Shape;
}

/** A type that holds itself has a shape that does. */
export function createShapes(): Shapes {
  const known = new Map<RecordType, Record<string, unknown>>();
  const of = (record: RecordType): Shape => {
    const there = known.get(record);
    if (there) return there;
    const shape: Record<string, unknown> = {};
    known.set(record, shape);
    for (const field of fieldsOf(record)) {
      shape[field.many && isElement(field) ? `${field.name}[]` : field.name] = shown(field.value);
    }
    return shape;
  };
  const shown = (value: Value): unknown =>
    value.kind === "record" ? of(value.record) : value.kind === "text" ? value.xsd : undefined;
  return { of };
}

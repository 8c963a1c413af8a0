import { PortError } from "../ports/errors.ts";
import { textName, typeName, xsi } from "./wsdl/records.ts";
import { attributeIn, type XmlElement } from "./xml.ts";

/**
 * What the WSDL says of an element: child names as keys, with `[]` behind those that may be
 * repeated, `@` before attributes, `#text` for text beside attributes; text for simple types.
 */
export type Shape = Readonly<Record<string, unknown>>;

const soapEncoding = "http://schemas.xmlsoap.org/soap/encoding/";
const xop = "http://www.w3.org/2004/08/xop/include";

/**
 * An element as plain data:
 * - text for one without children, exactly as sent; `xsi:nil` is null;
 * - a record for one with children, or that the WSDL says may have some;
 * - what the WSDL or `lists` calls a list is an array, also of one, and of none where the WSDL says
 *   where it belongs; other names are an array only if they came more than once;
 * - an array of SOAP's own encoding (rpc/encoded) is an array, whatever its items are called, and
 *   whether or not its types have names;
 * - what an `xop:Include` stands for is its `cid:` address, as text;
 * - attributes that the WSDL declares are `@name`, and the text beside them is `#text`; of
 *   `@xsi:type` the local name. All others are left out.
 * Throws BAD_RESPONSE for text between elements, for `href="#…"`, for an
 * encoded array that has not the length it tells, and for an element called `__proto__`.
 */
export function toData(element: XmlElement, shape: unknown, lists: ReadonlySet<string>): unknown {
  if (isNil(element)) return null;
  if (element.attributes.get("href")?.value.startsWith("#"))
    throw refused("refers to another part of itself");
  const encoded = arrayTypeOf(element);
  if (encoded !== undefined) return toArray(element, encoded, lists);
  if (isShape(shape) && Object.hasOwn(shape, textName)) return textWith(element, shape);
  const { children, text } = element;
  const file = included(element);
  if (file !== undefined) return file;
  if (children.length === 0 && (text.trim() !== "" || !isShape(shape))) return text;
  if (text.trim() !== "") throw refused("has text between elements");
  const known = isShape(shape) ? shape : {};
  return { ...attributesOf(element, known), ...toRecord(children, known, lists) };
}

/** A text beside which attributes stand. */
function textWith(element: XmlElement, shape: Shape): Record<string, string> {
  const file = included(element);
  if (file === undefined && element.children.length > 0) throw refused("has elements in a text");
  return { ...attributesOf(element, shape), [textName]: file ?? element.text };
}

/** The address of the file that an element stands for. */
function included({ children }: XmlElement): string | undefined {
  const [only, ...others] = children;
  if (!only || others.length > 0 || !isInclude(only)) return undefined;
  return only.attributes.get("href")?.value ?? "";
}

/** Those that the shape knows. */
function attributesOf(element: XmlElement, shape: Shape): Record<string, string> {
  const found: Record<string, string> = {};
  if (element.attributes.size === 0) return found;
  for (const name of Object.keys(shape)) {
    if (!name.startsWith("@")) continue;
    const value =
      name === typeName
        ? attributeIn(element, xsi, "type")?.trim().split(":").at(-1)
        : declaredIn(element, name.slice(1));
    if (value !== undefined) found[name] = value;
  }
  return found;
}

/** An attribute of no namespace, or of whichever but that of `xsi:type` and its like. */
function declaredIn({ attributes }: XmlElement, local: string): string | undefined {
  const attribute = attributes.get(local);
  return attribute?.uri === xsi ? undefined : attribute?.value;
}

const arrayTypeOf = (element: XmlElement): string | undefined =>
  attributeIn(element, soapEncoding, "arrayType");

/** `xsd:string[2]`, but `:[2]` too: the type says nothing that is relied on. */
function toArray({ children, text }: XmlElement, type: string, lists: ReadonlySet<string>) {
  const length = /\[(\d+)\]\s*$/.exec(type)?.[1];
  if (length !== undefined && Number(length) !== children.length) {
    throw refused("has an array of another length than it tells");
  }
  if (text.trim() !== "") throw refused("has text between elements");
  return children.map((child) => toData(child, undefined, lists));
}

function toRecord(children: XmlElement[], shape: Shape, lists: ReadonlySet<string>) {
  const record: Record<string, unknown> = {};
  for (const name of listsOf(shape, lists)) record[name] = [];
  for (const child of children) {
    const name = child.local;
    if (name === "__proto__") throw refused("has an element __proto__");
    const value = toData(child, ownValue(shape, `${name}[]`) ?? ownValue(shape, name), lists);
    if (!Object.hasOwn(record, name)) record[name] = lists.has(name) ? [value] : value;
    else if (isRepeated(record[name])) record[name].push(value);
    else record[name] = [record[name], value];
  }
  return record;
}

function listsOf(shape: Shape, lists: ReadonlySet<string>): string[] {
  const names = Object.keys(shape);
  const declared = names.filter((name) => name.endsWith("[]")).map((name) => name.slice(0, -2));
  return [...declared, ...names.filter((name) => lists.has(name))];
}

/** Values are text, records, null, or the arrays that `toRecord` itself made. */
const isRepeated = (value: unknown): value is unknown[] => Array.isArray(value);

const isShape = (shape: unknown): shape is Shape => typeof shape === "object" && shape !== null;

const ownValue = (shape: Shape, name: string) =>
  Object.hasOwn(shape, name) ? shape[name] : undefined;

const isNil = (element: XmlElement): boolean =>
  ["true", "1"].includes(attributeIn(element, xsi, "nil")?.trim() ?? "");

export const isInclude = ({ local, uri }: XmlElement) => local === "Include" && uri === xop;

function refused(what: string): PortError {
  return new PortError("BAD_RESPONSE", `An answer that ${what}`);
}

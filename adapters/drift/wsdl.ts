/** A WSDL 1.1 with all that it imports, as an interface. */
import { PortError } from "../ports/errors.ts";
import { parseXml, type XmlElement } from "../transport/xml.ts";
import type { Described, Field, Operation } from "./described.ts";
import {
  attributeOf,
  collectSchema,
  createFieldReader,
  qualifiedName,
  xsdNamespace,
  type Definitions,
  type FieldReader,
} from "./xsd.ts";

const wsdlNamespace = "http://schemas.xmlsoap.org/wsdl/";
const soapVersions = new Map([
  ["http://schemas.xmlsoap.org/wsdl/soap/", "SOAP 1.1"],
  ["http://schemas.xmlsoap.org/wsdl/soap12/", "SOAP 1.2"],
]);

/** The text at an address. Throws for one that may not be read. */
export type ReadText = (url: URL) => Promise<string>;

const mostDocuments = 60;

/** Throws BAD_RESPONSE for what is no WSDL, and whatever `read` throws. */
export async function readWsdl(url: URL, read: ReadText): Promise<Described> {
  const documents: XmlElement[] = [];
  const definitions: Definitions = new Map();
  const seen = new Set<string>();

  async function load(at: URL, inherited = ""): Promise<void> {
    const name = `${at.href} ${inherited}`;
    if (seen.has(name)) return;
    if (seen.size === mostDocuments) {
      throw new PortError("BAD_RESPONSE", `A WSDL that imports more than ${mostDocuments} files`);
    }
    seen.add(name);
    const root = parseXml(await read(at));
    if (root.local === "definitions" && root.uri === wsdlNamespace) documents.push(root);
    else if (!isSchema(root)) throw new PortError("BAD_RESPONSE", "A file that is no WSDL");
    await loadImports(root, at, inherited);
  }

  async function loadImports(node: XmlElement, at: URL, inherited: string): Promise<void> {
    if (isSchema(node)) collectSchema(node, definitions, inherited);
    const target = attributeOf(node, "targetNamespace") ?? inherited;
    for (const child of node.children) {
      const place = attributeOf(child, "schemaLocation") ?? attributeOf(child, "location");
      const imports = ["import", "include", "redefine"].includes(child.local);
      if (imports && place) await load(new URL(place, at), child.local === "import" ? "" : target);
      else if (child.local === "types" || isSchema(child)) await loadImports(child, at, "");
    }
  }

  await load(url);
  if (documents.length === 0) throw new PortError("BAD_RESPONSE", "A file that is no WSDL");
  return describe(
    documents.flatMap(({ children }) => children),
    definitions,
  );
}

const isSchema = ({ local, uri }: XmlElement) => local === "schema" && uri === xsdNamespace;

function describe(nodes: readonly XmlElement[], definitions: Definitions): Described {
  const named = (kind: string) => nodes.filter(({ local }) => local === kind);
  const byName = (kind: string) =>
    new Map(named(kind).map((node) => [attributeOf(node, "name") ?? "", node]));
  const reader = createFieldReader(definitions);
  const wsdl: Wsdl = { messages: byName("message"), portTypes: byName("portType"), reader };
  const bound = new Map<string, Bound[]>();
  for (const binding of named("binding")) {
    for (const one of operationsOf(binding)) {
      bound.set(one.name, [...(bound.get(one.name) ?? []), one]);
    }
  }
  const operations = [...bound].map(
    ([name, ones]) => [name, operationOf(name, ones, wsdl)] as const,
  );
  return { base: addressOf(named("service")), operations: new Map(operations) };
}

interface Wsdl {
  readonly messages: ReadonlyMap<string, XmlElement>;
  readonly portTypes: ReadonlyMap<string, XmlElement>;
  readonly reader: FieldReader;
}

/** An operation as one binding has it. */
interface Bound {
  readonly name: string;
  readonly portType: string;
  readonly version: string;
  readonly action: string;
  readonly style: string;
  /** `encoded`, or `literal`; the namespace of an rpc call behind. */
  readonly use: string;
}

function operationsOf(binding: XmlElement): Bound[] {
  const soap = binding.children.find(
    ({ local, uri }) => local === "binding" && soapVersions.has(uri),
  );
  if (!soap) return [];
  const inOwn = (node: XmlElement, name: string) =>
    node.children.find(({ local, uri }) => local === name && uri === soap.uri);
  const operations = binding.children.filter(({ local }) => local === "operation");
  return operations.map((node) => {
    const own = inOwn(node, "operation");
    const input = node.children.find(({ local }) => local === "input");
    const body = input && inOwn(input, "body");
    const style = (own && attributeOf(own, "style")) ?? attributeOf(soap, "style") ?? "document";
    const namespace = style === "rpc" && body ? attributeOf(body, "namespace") : undefined;
    const use = (body && attributeOf(body, "use")) ?? "literal";
    return {
      name: attributeOf(node, "name") ?? "",
      portType: localOf(attributeOf(binding, "type")),
      version: soapVersions.get(soap.uri)!,
      action: (own && attributeOf(own, "soapAction")) || "none",
      style,
      use: namespace ? `${use} in ${namespace}` : use,
    };
  });
}

function operationOf(name: string, bound: readonly Bound[], wsdl: Wsdl): Operation {
  const [{ portType, style }] = bound as [Bound];
  const declared = wsdl.portTypes
    .get(portType)
    ?.children.find((node) => node.local === "operation" && attributeOf(node, "name") === name);
  const side = (which: "input" | "output") => {
    const node = declared?.children.find(({ local }) => local === which);
    return readMessage(wsdl, localOf(node && attributeOf(node, "message")));
  };
  const [input, output] = [side("input"), side("output")];
  const facts = new Map([
    ...bound.flatMap(({ version, action, style: own, use }): [string, string][] => [
      [`${version} action`, action],
      [`${version} style`, `${own}/${use}`],
    ]),
    ["element of the request", input.element],
    ["element of the answer", output.element],
    // Many a server binds them by their place, whatever they are called.
    ...(style === "rpc" ? [["parts of the request", input.parts] as const] : []),
  ]);
  return { name, facts, request: input.fields, answer: output.fields };
}

/** What the body of a message is. */
interface Message {
  /** `{namespace}name` of the body's element; `none` for rpc. */
  readonly element: string;
  readonly parts: string;
  readonly fields: ReadonlyMap<string, Field>;
}

function readMessage({ messages, reader }: Wsdl, name: string): Message {
  const fields = new Map<string, Field>();
  const children = messages.get(name)?.children ?? [];
  const parts = children.filter(({ local }) => local === "part");
  const elements: string[] = [];
  for (const part of parts) {
    const [element, type] = [attributeOf(part, "element"), attributeOf(part, "type")];
    if (element) {
      elements.push(qualifiedName(part, element));
      reader.ofElement(qualifiedName(part, element), fields);
    } else if (type) {
      reader.ofPart(attributeOf(part, "name") ?? "", qualifiedName(part, type), fields);
    }
  }
  const order = parts.map((part) => attributeOf(part, "name")).join(", ");
  return { element: elements.join(", ") || "none", parts: order, fields };
}

const localOf = (name = "") => name.slice(name.indexOf(":") + 1);

function addressOf(services: readonly XmlElement[]): string {
  const ports = services.flatMap(({ children }) => children);
  const address = ports
    .flatMap(({ children }) => children)
    .find(({ local, uri }) => local === "address" && soapVersions.has(uri));
  const location = address && attributeOf(address, "location");
  return location && URL.canParse(location) ? new URL(location).pathname.replace(/\/+$/, "") : "";
}

/** The operations of a binding: what they are called, and of which messages they are made. */
import type { Binding, Definitions } from "./definitions.ts";
import { faultAt } from "./faults.ts";
import { aboutOf, childrenOf, resolveName, uris, type QName, type XmlNode } from "./xml.ts";

export interface Operation {
  readonly name: string;
  readonly about: string;
  readonly node: XmlNode;
  readonly style: "document" | "rpc";
  readonly encoded: boolean;
  readonly input: Message;
  /** Undefined where nothing comes back. */
  readonly output: Message | undefined;
  /** The parts that go as SOAP headers, and those that come so. */
  readonly headers: readonly HeaderPart[];
  readonly answeredHeaders: readonly HeaderPart[];
  /** What SOAPAction says; undefined where the WSDL does not. */
  readonly action: string | undefined;
  /** Of an rpc call. */
  readonly namespace: string;
}

export interface HeaderPart {
  readonly part: XmlNode;
  /** Of a part that names a type instead of an element. */
  readonly namespace: string;
  /** Whether the WSDL says that it must be there. */
  readonly required: boolean;
}

export interface Message {
  readonly node: XmlNode;
  /** Those of the body. */
  readonly parts: readonly XmlNode[];
}

export const operationNames = ({ portTypes }: Definitions, type: QName): string[] =>
  childrenOf(portTypes.get(type) ?? { children: [] }, uris.wsdl, "operation").map(
    ({ attributes }) => attributes["name"] ?? "",
  );

/** The operations of a binding, in their order. Throws WsdlFaults for names that lead nowhere. */
export function operationsOf(definitions: Definitions, binding: Binding): Operation[] {
  const portType = definitions.portTypes.get(binding.type);
  if (!portType) {
    throw faultAt(
      binding.node,
      binding.node.attributes["type"] ?? "",
      "There is no such portType.",
    );
  }
  const bound = childrenOf(binding.node, uris.wsdl, "operation");
  return childrenOf(portType, uris.wsdl, "operation").flatMap((node) => {
    const name = node.attributes["name"] ?? "";
    const own = bound.find(({ attributes }) => attributes["name"] === name);
    if (!own) return [];
    const soap = own.children.find(
      ({ local, uri }) => local === "operation" && (uri === uris.soap11 || uri === uris.soap12),
    );
    const [into] = childrenOf(own, uris.wsdl, "input");
    const [out] = childrenOf(own, uris.wsdl, "output");
    const [input] = childrenOf(node, uris.wsdl, "input");
    const [output] = childrenOf(node, uris.wsdl, "output");
    if (!input) throw faultAt(node, name, "The operation has no input: nothing can be sent.");
    const style = soap?.attributes["style"] ?? binding.style;
    return [
      {
        name,
        about: aboutOf(node),
        node,
        style: style === "rpc" ? ("rpc" as const) : ("document" as const),
        encoded: bodyOf(into)?.attributes["use"] === "encoded",
        input: messageOf(definitions, input, into),
        output: output && messageOf(definitions, output, out),
        headers: headersOf(into).map((header) => headerPart(definitions, header)),
        answeredHeaders: headersOf(out).map((header) => headerPart(definitions, header)),
        action: soap?.attributes["soapAction"],
        namespace: bodyOf(into)?.attributes["namespace"] ?? "",
      },
    ];
  });
}

const isSoap = ({ uri }: XmlNode) => uri === uris.soap11 || uri === uris.soap12;

/** Elements of SOAP in a bound message, also inside the parts of a multipart one. */
function soapIn(bound: XmlNode | undefined, local: string): XmlNode[] {
  const within = (node: XmlNode): XmlNode[] =>
    node.children.flatMap((child) =>
      isSoap(child) ? (child.local === local ? [child] : []) : within(child),
    );
  return bound ? within(bound) : [];
}
const bodyOf = (bound: XmlNode | undefined) => soapIn(bound, "body")[0];
const headersOf = (bound: XmlNode | undefined) => soapIn(bound, "header");

function messageOf(
  { messages }: Definitions,
  reference: XmlNode,
  bound: XmlNode | undefined,
): Message {
  const written = reference.attributes["message"] ?? "";
  const name = resolveName(reference, written);
  const node = messages.get(name);
  if (!node) throw faultAt(reference, written, "There is no such message.");
  const all = childrenOf(node, uris.wsdl, "part");
  const listed = bodyOf(bound)?.attributes["parts"]?.split(/\s+/);
  const own = headersOf(bound).filter(
    (header) => resolveName(header, header.attributes["message"] ?? written) === name,
  );
  const inHeader = new Set(own.map(({ attributes }) => attributes["part"]));
  const parts = all.filter(({ attributes }) => {
    const part = attributes["name"] ?? "";
    return listed ? listed.includes(part) : !inHeader.has(part);
  });
  return { node, parts };
}

function headerPart({ messages }: Definitions, header: XmlNode): HeaderPart {
  const { message = "", part: name = "", namespace = "", required } = header.attributes;
  const node = messages.get(resolveName(header, message));
  if (!node) throw faultAt(header, message, "There is no such message.");
  const part = childrenOf(node, uris.wsdl, "part").find(
    ({ attributes }) => attributes["name"] === name,
  );
  if (!part) throw faultAt(header, name, `The message ${message} has no such part.`);
  return { part, namespace, required: required === "true" };
}

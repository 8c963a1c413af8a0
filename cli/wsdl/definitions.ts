/** A WSDL's services, ports, bindings, operations and messages, over all its documents. */
import { faultAt, WsdlFaults } from "./faults.ts";
import type { WsdlDocument } from "./load.ts";
import { aboutOf, childrenOf, qName, resolveName, uris, type QName, type XmlNode } from "./xml.ts";

export interface Definitions {
  readonly root: XmlNode;
  /** Ports that speak SOAP over HTTP, in their order. */
  readonly ports: readonly WsdlPort[];
  readonly bindings: ReadonlyMap<QName, Binding>;
  readonly portTypes: ReadonlyMap<QName, XmlNode>;
  readonly messages: ReadonlyMap<QName, XmlNode>;
  readonly schemas: readonly XmlNode[];
}

export interface WsdlPort {
  readonly name: string;
  readonly address: string;
  readonly binding: Binding;
}

export interface Binding {
  readonly name: QName;
  readonly node: XmlNode;
  readonly version: "1.1" | "1.2";
  readonly style: "document" | "rpc";
  /** The port type. */
  readonly type: QName;
}

export function readDefinitions(documents: readonly WsdlDocument[]): Definitions {
  const roots = documents.map(({ root }) => root);
  const definitions = roots.filter(({ local }) => local === "definitions");
  const top = (local: string) =>
    definitions.flatMap((root) => {
      const tns = root.attributes["targetNamespace"] ?? "";
      return childrenOf(root, uris.wsdl, local).map((node) => [tns, node] as const);
    });
  const named = (local: string) =>
    new Map(top(local).map(([tns, node]) => [qName(tns, node.attributes["name"] ?? ""), node]));
  const bindings = new Map(
    [...named("binding")].flatMap(([name, node]) => {
      const binding = bindingOf(name, node);
      return binding ? [[name, binding] as const] : [];
    }),
  );
  const inline = definitions.flatMap((root) =>
    childrenOf(root, uris.wsdl, "types").flatMap((types) =>
      childrenOf(types, uris.schema, "schema"),
    ),
  );
  return {
    root: roots[0]!,
    ports: top("service").flatMap(([, service]) => portsOf(service, bindings)),
    bindings,
    portTypes: named("portType"),
    messages: named("message"),
    schemas: [
      ...inline,
      ...roots.filter(({ local, uri }) => local === "schema" && uri === uris.schema),
    ],
  };
}

/** Undefined for a binding that is not SOAP: plain HTTP, MIME. */
function bindingOf(name: QName, node: XmlNode): Binding | undefined {
  const soap = [
    ...childrenOf(node, uris.soap11, "binding"),
    ...childrenOf(node, uris.soap12, "binding"),
  ][0];
  if (!soap) return undefined;
  return {
    name,
    node,
    version: soap.uri === uris.soap12 ? "1.2" : "1.1",
    style: soap.attributes["style"] === "rpc" ? "rpc" : "document",
    type: resolveName(node, node.attributes["type"] ?? ""),
  };
}

function portsOf(service: XmlNode, bindings: ReadonlyMap<QName, Binding>): WsdlPort[] {
  return childrenOf(service, uris.wsdl, "port").flatMap((node) => {
    const { name = "", binding: written = "" } = node.attributes;
    const binding = bindings.get(resolveName(node, written));
    if (!binding) return [];
    const address = node.children.find(({ local }) => local === "address");
    return [{ name, binding, address: address?.attributes["location"] ?? "" }];
  });
}

/** The port to talk to, and what was not taken. Throws WsdlFaults where it cannot be told. */
export function choosePort(
  { ports, bindings, root }: Definitions,
  wanted: string | undefined,
): { port: WsdlPort; left: string[] } {
  const [first] = ports;
  if (!first) throw withoutPort(root, [...bindings.values()]);
  const listed = ports.map(({ name, binding }) => `${name} (SOAP ${binding.version})`).join(", ");
  if (wanted !== undefined) {
    const port = ports.find(({ name }) => name === wanted);
    if (port) return { port, left: othersThan(port, ports) };
    throw faultAt(root, wanted, `There is no SOAP port of this name. There are: ${listed}.`);
  }
  if (ports.some(({ binding }) => binding.type !== first.binding.type)) {
    throw faultAt(
      root,
      "service",
      `It has several ports with different operations: ${listed}. Choose one with --port NAME.`,
    );
  }
  const port = ports.find(({ binding }) => binding.version === "1.2") ?? first;
  return { port, left: othersThan(port, ports) };
}

const othersThan = (port: WsdlPort, ports: readonly WsdlPort[]): string[] =>
  ports
    .filter((other) => other !== port)
    .map(
      ({ name, binding }) =>
        `The port ${name} (SOAP ${binding.version}): ${port.name} (SOAP ${port.binding.version}) was taken; --port ${name} takes the other.`,
    );

function withoutPort(root: XmlNode, bindings: readonly Binding[]): WsdlFaults {
  const [binding] = bindings;
  if (!binding) {
    return faultAt(
      root,
      "definitions",
      "It has no SOAP binding: nothing says how its operations are called. Ask for the WSDL of the service itself.",
    );
  }
  const { name } = binding.node.attributes;
  const soap = binding.version === "1.2" ? uris.soap12 : uris.soap11;
  return faultAt(
    root,
    "definitions",
    `It has no <service> with a SOAP port, so nothing says where it is. Add before </definitions>, with the ERP's address: <service xmlns="${uris.wsdl}" name="Service"><port name="Port" binding="p:${name}" xmlns:p="${root.attributes["targetNamespace"] ?? ""}"><a:address xmlns:a="${soap}" location="https://…"/></port></service>`,
  );
}

export interface Operation {
  readonly name: string;
  readonly about: string;
  readonly node: XmlNode;
  readonly style: "document" | "rpc";
  readonly encoded: boolean;
  readonly input: Message;
  /** Undefined where nothing comes back. */
  readonly output: Message | undefined;
  /** Names of the parts that go as SOAP headers. */
  readonly headers: readonly string[];
}

export interface Message {
  readonly node: XmlNode;
  readonly parts: readonly XmlNode[];
  /** Whether what stands in the body is the first of all parts. */
  readonly bodyFirst: boolean;
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
        headers: headersOf(into).map(({ attributes }) => attributes["part"] ?? ""),
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
  return { node, parts, bodyFirst: all[0] === parts[0] };
}

/** A WSDL's services, ports, bindings, operations and messages, over all its documents. */
import { faultAt, WsdlFaults } from "./faults.ts";
import type { WsdlDocument } from "./load.ts";
import { schemasIn, type Schema } from "./schemas.ts";
import { childrenOf, qName, resolveName, uris, type QName, type XmlNode } from "./xml.ts";

export interface Definitions {
  readonly root: XmlNode;
  /** Ports that speak SOAP over HTTP, in their order. */
  readonly ports: readonly WsdlPort[];
  readonly bindings: ReadonlyMap<QName, Binding>;
  readonly portTypes: ReadonlyMap<QName, XmlNode>;
  readonly messages: ReadonlyMap<QName, XmlNode>;
  readonly schemas: readonly Schema[];
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
  return {
    root: roots[0]!,
    ports: top("service").flatMap(([, service]) => portsOf(service, bindings)),
    bindings,
    portTypes: named("portType"),
    messages: named("message"),
    schemas: schemasIn(documents),
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


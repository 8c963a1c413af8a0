/** The global names of a WSDL's schemas, and in which schema each node stands. */
import { childrenOf, localOf, qName, resolveName, uris, type QName, type XmlNode } from "./xml.ts";
import type { WsdlDocument } from "./load.ts";

export interface Schema {
  readonly node: XmlNode;
  /** Its namespace: its own, or that of whoever includes it. */
  readonly target: string;
}

export interface Schemas {
  /** Of `element`, `complexType` (and `simpleType`), `group`, `attribute`, `attributeGroup`. */
  find(kind: string, name: QName): XmlNode | undefined;
  /** The namespace of what is declared at the top of a schema. */
  targetOf(node: XmlNode): string;
  /** The namespace of an element or attribute that is declared inside a type; empty for none. */
  namespaceOf(node: XmlNode): string;
  isKnown(uri: string): boolean;
  /** Elements that may stand in the place of one. */
  substitutesOf(name: QName): readonly XmlNode[];
  /** Types that are made of one. */
  derivedFrom(name: QName): readonly XmlNode[];
}

/** Inline schemas, then those in files of their own. */
export function schemasIn(documents: readonly WsdlDocument[]): Schema[] {
  const inline = documents.flatMap(({ root }) =>
    childrenOf(root, uris.wsdl, "types").flatMap((types) =>
      childrenOf(types, uris.schema, "schema"),
    ),
  );
  const apart = documents
    .filter(({ root }) => root.local === "schema" && root.uri === uris.schema)
    .map(({ root }) => root);
  const nodes = [...inline, ...apart];
  return nodes.map((node) => ({ node, target: targetOf(node, nodes, documents) }));
}

/** A schema without a namespace of its own takes that of whoever includes it. */
function targetOf(
  node: XmlNode,
  nodes: readonly XmlNode[],
  documents: readonly WsdlDocument[],
  seen: readonly XmlNode[] = [],
): string {
  const own = node.attributes["targetNamespace"];
  if (own !== undefined || seen.includes(node)) return own ?? "";
  const includer = nodes.find((other) => {
    const document = documents.find(({ location }) => location === other.file);
    return childrenOf(other, uris.schema, "include", "redefine").some(
      ({ attributes }) =>
        document?.imports.get(attributes["schemaLocation"] ?? "") === node.file,
    );
  });
  return includer ? targetOf(includer, nodes, documents, [...seen, node]) : "";
}

export function indexSchemas(schemas: readonly Schema[]): Schemas {
  const globals = new Map<string, XmlNode>();
  const homes = new Map<XmlNode, Schema>();
  const substitutes = new Map<QName, XmlNode[]>();
  const derived = new Map<QName, XmlNode[]>();
  const add = (into: Map<QName, XmlNode[]>, name: QName, node: XmlNode) =>
    into.set(name, [...(into.get(name) ?? []), node]);

  for (const schema of schemas) {
    const settle = (node: XmlNode): void => {
      homes.set(node, schema);
      for (const child of node.children) settle(child);
    };
    settle(schema.node);
    const own = schema.node.attributes["targetNamespace"] !== undefined;
    for (const node of schema.node.children) {
      const kind = node.local === "simpleType" ? "complexType" : node.local;
      const name = node.attributes["name"] ?? "";
      globals.set(`${kind} ${qName(schema.target, name)}`, node);
      // What it refers to without a prefix means itself.
      if (!own) globals.set(`${kind} ${qName("", name)}`, node);
      const head = node.attributes["substitutionGroup"];
      if (head !== undefined) add(substitutes, resolveName(node, head), node);
      const base = baseOf(node);
      if (base !== undefined) add(derived, base, node);
    }
  }
  const home = (node: XmlNode) => homes.get(node)!;
  return {
    find: (kind, name) =>
      globals.get(`${kind} ${name}`) ?? globals.get(`${kind} ${qName("", localOf(name))}`),
    targetOf: (node) => home(node).target,
    namespaceOf: (node) => (isQualified(node, home(node).node) ? home(node).target : ""),
    isKnown: (uri) => schemas.some(({ target }) => target === uri),
    substitutesOf: (name) => substitutes.get(name) ?? [],
    derivedFrom: (name) => derived.get(name) ?? [],
  };
}

function baseOf(node: XmlNode): QName | undefined {
  if (node.local !== "complexType") return undefined;
  const [content] = childrenOf(node, uris.schema, "complexContent");
  const [derived] = content ? childrenOf(content, uris.schema, "extension", "restriction") : [];
  const base = derived?.attributes["base"];
  return derived && base !== undefined ? resolveName(derived, base) : undefined;
}

function isQualified({ local, attributes }: XmlNode, schema: XmlNode): boolean {
  const byDefault = local === "attribute" ? "attributeFormDefault" : "elementFormDefault";
  return (attributes["form"] ?? schema.attributes[byDefault]) === "qualified";
}

/** The attributes of a type: fields whose names begin with `@`. */
import { faultAt } from "./faults.ts";
import { plainField, type Field, type Value } from "./records.ts";
import type { Schemas } from "./schemas.ts";
import { aboutOf, childrenOf, localOf, qName, resolveName, uriOf, uris, type XmlNode } from "./xml.ts";

/** What of an attribute's type is known elsewhere. */
export type ValueOf = (node: XmlNode) => Value;

/** Those that stand in `content`, and in the groups that it names. Null for one that is taken away. */
export function attributesIn(
  schemas: Schemas,
  content: XmlNode,
  valueOf: ValueOf,
  above: readonly XmlNode[] = [],
): readonly { readonly name: string; readonly field: Field | null }[] {
  return childrenOf(content, uris.schema, "attribute", "attributeGroup").flatMap((node) => {
    if (node.local === "attribute") return [attributeOf(schemas, node, valueOf)];
    const group = referred(schemas, node);
    if (!group || above.includes(group)) return [];
    return attributesIn(schemas, group, valueOf, [...above, group]);
  });
}

function attributeOf(schemas: Schemas, node: XmlNode, valueOf: ValueOf) {
  const { ref, use, fixed } = node.attributes;
  const declared = ref === undefined ? node : (referred(schemas, node) ?? node);
  const local = ref === undefined ? (node.attributes["name"] ?? "") : localOf(resolveName(node, ref));
  const name = `@${local}`;
  if (use === "prohibited") return { name, field: null };
  const field: Field = {
    ...plainField,
    name,
    uri: ref === undefined ? schemas.namespaceOf(node) : uriOf(resolveName(node, ref)),
    value: plain(valueOf(declared)),
    about: fixed === undefined ? aboutOf(node) : `Always ${fixed}.`,
    optional: use !== "required" || fixed !== undefined,
    ...(use === "required" && fixed !== undefined ? { fixed } : {}),
  };
  return { name, field };
}

/** An attribute holds no elements, and bytes in one are text. */
const plain = (value: Value): Value =>
  ["text", "flag", "whole"].includes(value.kind) ? value : { kind: "text", xsd: "string" };

/** Undefined for what everybody knows: `xml:lang`, `xmime:contentType` without its schema. */
function referred(schemas: Schemas, node: XmlNode): XmlNode | undefined {
  const name = resolveName(node, node.attributes["ref"] ?? "");
  const found = schemas.find(node.local, name);
  if (found || (node.local === "attribute" && !schemas.isKnown(uriOf(name)))) return found;
  const what = node.local === "attribute" ? "attribute" : "group of attributes";
  throw faultAt(
    node,
    localOf(name),
    `There is no ${what} ${qName(uriOf(name), localOf(name))} in the schemas. Is the name right, and is the file that has it imported?`,
  );
}

/**
 * A small, strict XML reader, so that the ERPs here read requests with nothing that the adapters
 * use. Namespaces are resolved; comments and processing instructions are skipped; a DOCTYPE, an
 * unknown entity or anything that is not well-formed throws XmlError.
 */
export interface XmlElement {
  /** The namespace, "" for none. */
  ns: string;
  /** The name without its prefix. */
  name: string;
  /** Attributes by `{namespace}name`, or `name` where there is no prefix; declarations left out. */
  attributes: Map<string, string>;
  children: XmlElement[];
  /** The element's own text, as it stands, CDATA included. */
  text: string;
}

export class XmlError extends Error {}

type Scope = ReadonlyMap<string, string>;
interface Open {
  element: XmlElement;
  tag: string;
  scope: Scope;
}

const token =
  /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\?[\s\S]*?\?>|<\/([^\s>]+)\s*>|<([^\s/>!?]+)((?:\s+[^\s=>]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/y;
const attribute = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const deepest = 40;

interface Reading {
  /** From the root to where the reading is. */
  open: Open[];
  root: XmlElement | undefined;
}

/** The root element of a document. */
export function parseXml(source: string): XmlElement {
  const reading: Reading = { open: [], root: undefined };
  token.lastIndex = 0;
  while (token.lastIndex < source.length) {
    const at = token.lastIndex;
    const found = token.exec(source);
    if (!found) throw new XmlError(`not well-formed at character ${at}`);
    const [, cdata, closing, opening, attributes, selfClosing, text] = found;
    if (opening !== undefined) addElement(reading, opening, attributes ?? "", selfClosing === "/");
    else if (closing !== undefined) closeElement(reading, closing);
    else addText(reading.open.at(-1), cdata, text);
  }
  const { root, open } = reading;
  if (!root || open.length > 0) throw new XmlError("the document ends too early");
  return root;
}

function addElement(reading: Reading, tag: string, attributes: string, empty: boolean): void {
  const { open } = reading;
  if (open.length === 0 && reading.root) throw new XmlError("a second root element");
  if (open.length >= deepest) throw new XmlError("too deep");
  const next = openElement(tag, attributes, open.at(-1)?.scope ?? noScope);
  open.at(-1)?.element.children.push(next.element);
  reading.root ??= next.element;
  if (!empty) open.push(next);
}

function closeElement({ open }: Reading, tag: string): void {
  if (open.pop()?.tag !== tag) throw new XmlError(`unexpected </${tag}>`);
}

const noScope: Scope = new Map([
  ["", ""],
  ["xml", "http://www.w3.org/XML/1998/namespace"],
]);

function addText(owner: Open | undefined, cdata: string | undefined, text: string | undefined) {
  const value = cdata ?? (text === undefined ? "" : unescape(text));
  if (owner) owner.element.text += value;
  else if (value.replace(/^\uFEFF/, "").trim()) throw new XmlError("text outside the root element");
}

function openElement(tag: string, attributeText: string, outer: Scope): Open {
  const pairs = [...attributeText.matchAll(attribute)].map(
    ([, name = "", a, b]) => [name, unescape(a ?? b ?? "")] as const,
  );
  if (new Set(pairs.map(([name]) => name)).size < pairs.length) {
    throw new XmlError("an attribute is there twice");
  }
  const scope = new Map(outer);
  for (const [name, value] of pairs) {
    if (name === "xmlns") scope.set("", value);
    else if (name.startsWith("xmlns:")) scope.set(name.slice(6), value);
  }
  const attributes = new Map<string, string>();
  for (const [name, value] of pairs) {
    if (name === "xmlns" || name.startsWith("xmlns:")) continue;
    const { ns, name: local } = resolve(name, scope);
    attributes.set(name.includes(":") ? `{${ns}}${local}` : name, value);
  }
  return { element: { ...resolve(tag, scope), attributes, children: [], text: "" }, tag, scope };
}

function resolve(name: string, scope: Scope): { ns: string; name: string } {
  const colon = name.indexOf(":");
  const prefix = colon < 0 ? "" : name.slice(0, colon);
  const ns = scope.get(prefix);
  if (ns === undefined) throw new XmlError(`the prefix ${prefix} is not declared`);
  return { ns, name: name.slice(colon + 1) };
}

const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescape(text: string): string {
  return text.replace(/&([^;]*);?/g, (whole, name: string) => {
    const [, hex, decimal] = /^#(?:x([0-9a-f]+)|(\d+))$/i.exec(name) ?? [];
    const value = hex ? codePoint(parseInt(hex, 16)) : decimal ? codePoint(+decimal) : named[name];
    if (value === undefined || !whole.endsWith(";")) throw new XmlError("an unknown entity");
    return value;
  });
}

const codePoint = (code: number) =>
  code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;

/** Text as it may stand between tags and in attributes. */
export function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** The element as a document of its own, each namespace declared where it is used. */
export function writeXml(element: XmlElement): string {
  const attributes = [...element.attributes].map(([name, value], i) => {
    const [, ns, local] = /^\{(.*)\}(.*)$/.exec(name) ?? [];
    if (local === undefined) return ` ${name}="${escapeXml(value)}"`;
    return ` xmlns:a${i}="${escapeXml(ns!)}" a${i}:${local}="${escapeXml(value)}"`;
  });
  const inner = escapeXml(element.text) + element.children.map(writeXml).join("");
  const { name, ns } = element;
  return `<${name} xmlns="${escapeXml(ns)}"${attributes.join("")}>${inner}</${name}>`;
}

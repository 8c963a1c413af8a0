/** XML with the line of each element, and names as WSDL and XML Schema use them. */
import sax, { type Handlers, type Tag } from "sax";
import { WsdlFaults } from "./faults.ts";

export interface XmlNode {
  readonly local: string;
  readonly uri: string;
  /** By local name; those that declare namespaces are left out. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlNode[];
  text: string;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly prefixes: Readonly<Record<string, string>>;
}

export const uris = {
  wsdl: "http://schemas.xmlsoap.org/wsdl/",
  wsdl2: "http://www.w3.org/ns/wsdl",
  soap11: "http://schemas.xmlsoap.org/wsdl/soap/",
  soap12: "http://schemas.xmlsoap.org/wsdl/soap12/",
  schema: "http://www.w3.org/2001/XMLSchema",
  encoding: "http://schemas.xmlsoap.org/soap/encoding/",
} as const;

/** Throws WsdlFaults for what is no XML, for a page, and for a DOCTYPE. */
export function parseXmlNodes(text: string, file: string): XmlNode {
  const open: XmlNode[] = [];
  let root: XmlNode | undefined;
  const parser = sax.parser(true, { xmlns: true, strictEntities: true, position: true });
  const refuse = (message: string): never => {
    throw new WsdlFaults([{ file, line: parser.line + 1, place: "", message }]);
  };
  if (/^\s*(<!doctype\s+html|<html)\b/i.test(text)) refuse(page);
  const add = (piece: string) => {
    const top = open.at(-1);
    if (top) top.text += piece;
  };
  Object.assign(parser, {
    onerror: (error) => refuse(`It is no well-formed XML: ${firstLine(error)}.`),
    ondoctype: () =>
      refuse("It has a DOCTYPE, which is not read: entities could hide anything. Remove it."),
    onopentag: (tag) => {
      const node = nodeOf(tag, file, parser.line + 1);
      open.at(-1)?.children.push(node);
      root ??= node;
      open.push(node);
    },
    onclosetag: () => void open.pop(),
    ontext: add,
    oncdata: add,
  } satisfies Handlers);
  parser.write(text).close();
  return root ?? refuse("It is empty.");
}

const page =
  "It is a web page, no WSDL: a login, or the list of services. Save what the address with ?wsdl behind it answers, and look at its first line.";

const firstLine = (error: Error): string => error.message.split("\n")[0]!.replace(/\.$/, "");

function nodeOf({ local, uri, attributes, ns }: Tag, file: string, line: number): XmlNode {
  const own = Object.values(attributes).filter(
    (attribute) => attribute.uri !== "http://www.w3.org/2000/xmlns/",
  );
  return {
    local,
    uri,
    attributes: Object.fromEntries(own.map((attribute) => [attribute.local, attribute.value])),
    children: [],
    text: "",
    file,
    line,
    // The parser's own object changes, and inherits: a copy with all that it sees.
    prefixes: allOf(ns),
  };
}

function allOf(ns: Readonly<Record<string, string>>): Record<string, string> {
  const found: Record<string, string> = {};
  for (const prefix in ns) found[prefix] = ns[prefix]!;
  return found;
}

export const childrenOf = (
  node: Pick<XmlNode, "children">,
  uri: string,
  ...locals: string[]
): XmlNode[] => node.children.filter((child) => child.uri === uri && locals.includes(child.local));

/** A name with its namespace, as text: `{urn:erp}Bail`. */
export type QName = string;
export const qName = (uri: string, local: string): QName => `{${uri}}${local}`;
export const localOf = (name: QName): string => name.slice(name.indexOf("}") + 1);
export const uriOf = (name: QName): string => name.slice(1, name.indexOf("}"));

/** What `tns:Bail` means where it stands. Without a prefix: the default namespace there. */
export function resolveName(node: XmlNode, written: string): QName {
  const [prefix, local] = written.includes(":") ? written.trim().split(":") : ["", written.trim()];
  const uri = node.prefixes[prefix!];
  if (uri === undefined && prefix !== "") {
    throw new WsdlFaults([
      {
        file: node.file,
        line: node.line,
        place: written,
        message: `The prefix ${prefix} is not declared. Declare it: xmlns:${prefix}="…".`,
      },
    ]);
  }
  return qName(uri ?? "", local!);
}

/** The first words of its documentation, on one line. */
export function aboutOf(node: XmlNode): string {
  const documented = [
    ...childrenOf(node, uris.wsdl, "documentation"),
    ...childrenOf(node, uris.schema, "annotation").flatMap((one) =>
      childrenOf(one, uris.schema, "documentation"),
    ),
  ];
  const text = documented.map(textOf).join(" ").replace(/\s+/g, " ").trim();
  return text.length > 160 ? `${text.slice(0, 159).trimEnd()}…` : text;
}

const textOf = (node: XmlNode): string => node.text + node.children.map(textOf).join(" ");

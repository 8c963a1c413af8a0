/** Reads a WSDL with all that it imports. Nothing is fetched but what stands beside an address. */
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { decodeText } from "../decode.ts";
import { faultAt, WsdlFaults } from "./faults.ts";
import { parseXmlNodes, uris, type XmlNode } from "./xml.ts";

export interface WsdlDocument {
  /** A path or an address. */
  readonly location: string;
  readonly text: string;
  readonly root: XmlNode;
  /** What it imports, as written there, by where that was found. */
  readonly imports: ReadonlyMap<string, string>;
}

interface Import {
  readonly node: XmlNode;
  readonly written: string;
}

export const isAddress = (location: string): boolean => /^https?:\/\//i.test(location);

/** The text at a path or an address; its errors say why it cannot be read. */
export type ReadText = (location: string) => Promise<string>;

/** Of a file; an address is not a file. */
export const readFileText: ReadText = async (location) =>
  decodeText(await readFile(location), undefined, "xml");

/** The first is the WSDL itself. Throws WsdlFaults. */
export async function loadWsdl(
  file: string,
  read: ReadText = readFileText,
): Promise<WsdlDocument[]> {
  const found = new Map<string, WsdlDocument>();
  const load = async (location: string, from?: Import): Promise<void> => {
    if (found.has(location)) return;
    const text = await textAt(read, location, from);
    const root = parseXmlNodes(text, location);
    if (!from) refuseRoot(root);
    const imports = importsOf(root);
    const targets = new Map(imports.map((one) => [one.written, targetOf(location, one)]));
    found.set(location, { location, text, root, imports: targets });
    for (const one of imports) await load(targets.get(one.written)!, one);
  };
  await load(isAddress(file) ? file : resolve(file));
  return [...found.values()];
}

function refuseRoot(root: XmlNode): void {
  const { local, uri } = root;
  if (local === "definitions" && uri === uris.wsdl) return;
  throw faultAt(root, local, whatInstead(local, uri));
}

function whatInstead(local: string, uri: string): string {
  if (uri === uris.wsdl2) {
    return "It is a WSDL 2.0 file; WSDL 1.1 is what is read, here and by what talks to the ERP. Ask for the 1.1 one: most servers answer it at ?wsdl.";
  }
  if (uri === uris.schema) {
    return "It is an XML Schema, which says nothing of operations. Give the WSDL that imports it.";
  }
  return `Its root is ${local}, and that of a WSDL is definitions of ${uris.wsdl}. Save what the ERP's address with ?wsdl behind it answers.`;
}

const importing = new Set(["import", "include", "redefine"]);

/** Of `import`, `include` and `redefine` those that say where. */
function importsOf(node: XmlNode): Import[] {
  const known = node.uri === uris.wsdl || node.uri === uris.schema;
  const written = known && importing.has(node.local) ? whereOf(node) : undefined;
  const own = written === undefined ? [] : [{ node, written }];
  return [...own, ...node.children.flatMap(importsOf)];
}

const whereOf = ({ attributes }: XmlNode): string | undefined =>
  attributes["schemaLocation"] ?? attributes["location"];

function targetOf(location: string, { node, written }: Import): string {
  if (!isAddress(location)) {
    if (!/^[a-z]{2,}:/i.test(written)) return resolve(dirname(location), written);
    throw faultAt(node, written, `It is not beside this file, and is not fetched. ${remedy(node)}`);
  }
  const target = new URL(written, location);
  if (target.origin === new URL(location).origin) return target.href;
  throw faultAt(
    node,
    written,
    `It is on another server than the WSDL, and is not fetched. Save the WSDL to a file. ${remedy(node)}`,
  );
}

/** Namespaces that everybody knows need no schema. */
const remedy = ({ attributes }: XmlNode): string =>
  wellKnown.has(attributes["namespace"] ?? "")
    ? "Remove its schemaLocation: nothing of this namespace is needed."
    : "Download it beside this file and change schemaLocation to its name.";

const wellKnown: ReadonlySet<string> = new Set([
  uris.encoding,
  uris.schema,
  uris.wsdl,
  "http://www.w3.org/XML/1998/namespace",
]);

async function textAt(read: ReadText, location: string, from?: Import): Promise<string> {
  try {
    return await read(location);
  } catch (error) {
    const why = `It cannot be read: ${reasonOf(error)}.`;
    if (!from) throw new WsdlFaults([{ file: location, line: 0, place: "", message: why }]);
    throw faultAt(
      from.node,
      from.written,
      `${why} Put it at ${location}, or change where it is looked for.`,
    );
  }
}

function reasonOf(error: unknown): string {
  const { code, message, cause } = error as NodeJS.ErrnoException;
  if (code === "ENOENT") return "there is no such file";
  if (code === "EISDIR") return "it is a folder";
  return cause instanceof Error && message === "fetch failed" ? cause.message : message;
}

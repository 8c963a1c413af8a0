/** A WSDL with what it imports: where the generator reads it, and the copies that an adapter keeps. */
import { basename, dirname, relative } from "node:path";
import { decodeText } from "../../adapters/transport/decode.ts";
import {
  isAddress,
  readFileText,
  type ReadText,
  type WsdlDocument,
} from "../../adapters/transport/wsdl/load.ts";
import type { GeneratedFile } from "../scaffold/generated.ts";

/** Of a file, or of an address, which is fetched. */
export const readOrFetch: ReadText = async (location) => {
  if (!isAddress(location)) return readFileText(location);
  const answer = await fetch(location, { redirect: "error", signal: AbortSignal.timeout(30_000) });
  if (!answer.ok) throw new Error(`the server says ${answer.status}`);
  const type = answer.headers.get("content-type") ?? undefined;
  return decodeText(new Uint8Array(await answer.arrayBuffer()), type, "xml");
};

/**
 * The documents as files under `wsdl/`, in their tree, and what the first is called there. In UTF-8,
 * whatever they came in, because what talks to the ERP reads no other. Those that were fetched are
 * named anew, and point to each other by these names.
 */
export function copiesOf(documents: readonly WsdlDocument[]): {
  readonly files: readonly GeneratedFile[];
  readonly main: string;
} {
  const paths = isAddress(documents[0]!.location) ? namesOf(documents) : treeOf(documents);
  const files = documents.map((document) => {
    const text = document.text.replace(/(^<\?xml[^>]*\bencoding\s*=\s*["'])[^"']+/, "$1UTF-8");
    return {
      path: paths.get(document.location)!,
      text: isAddress(document.location) ? pointing(text, document, paths) : text,
    };
  });
  return { files, main: paths.get(documents[0]!.location)! };
}

function treeOf(documents: readonly WsdlDocument[]): Map<string, string> {
  const steps = documents.map(({ location }) => dirname(location).split("/"));
  const [first = []] = steps;
  const shared = first.findIndex((step, at) => steps.some((other) => other[at] !== step));
  const top = first.slice(0, shared < 0 ? first.length : shared).join("/") || "/";
  return new Map(documents.map(({ location }) => [location, `wsdl/${relative(top, location)}`]));
}

function namesOf(documents: readonly WsdlDocument[]): Map<string, string> {
  return new Map(
    documents.map(({ location }, index) => {
      const name = basename(new URL(location).pathname).replace(/\.\w+$/, "") || "service";
      const plain = name.replace(/[^\w-]/g, "-");
      return [location, `wsdl/${index === 0 ? `${plain}.wsdl` : `${plain}-${index}.xsd`}`];
    }),
  );
}

/** All its copies stand in one folder. */
function pointing(text: string, { imports }: WsdlDocument, paths: Map<string, string>): string {
  return text.replace(
    /\b(schemaLocation|location)(\s*=\s*)(["'])(.*?)\3/g,
    (whole, name: string, equals: string, quote: string, value: string) => {
      const target = imports.get(value.replaceAll("&amp;", "&"));
      return target === undefined
        ? whole
        : `${name}${equals}${quote}${basename(paths.get(target)!)}${quote}`;
    },
  );
}

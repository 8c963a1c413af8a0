import sax, { type Attribute, type Handlers, type Tag } from "sax";
import { PortError } from "../ports/errors.ts";
import { notXmlCharacter, refuseUnsafe } from "./xml-guard.ts";

/** An element as it was sent. Names are compared by `local` and `uri`, never by prefix. */
export interface XmlElement {
  readonly local: string;
  readonly uri: string;
  /** By local name, whatever their namespace; without those that declare namespaces. */
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly children: XmlElement[];
  /** All text that is directly inside, CDATA too, as sent: not trimmed. */
  text: string;
}

const maxDepth = 100;
const maxElements = 200_000;

/**
 * Reads well-formed XML with namespaces; only the five entities of XML itself and character
 * references exist. Throws BAD_RESPONSE for whatever is not that, for a DOCTYPE, for more than 100
 * levels or 200,000 elements.
 */
export function parseXml(text: string): XmlElement {
  refuseUnsafe(text);
  const parser = sax.parser(true, { xmlns: true, strictEntities: true, position: false });
  const open: XmlElement[] = [];
  let root: XmlElement | undefined;
  let count = 0;
  const addText = (piece: string) => {
    const top = open.at(-1);
    if (top) top.text += piece;
  };
  Object.assign(parser, {
    onerror(error) {
      throw refused("is not well-formed XML", error);
    },
    ondoctype() {
      throw refused("has a DOCTYPE");
    },
    onopentag(tag) {
      const element = elementOf(tag);
      if (++count > maxElements) throw refused(`has more than ${maxElements} elements`);
      if (open.length === maxDepth) throw refused(`has more than ${maxDepth} levels`);
      if (root && open.length === 0) throw refused("has more than one root");
      open.at(-1)?.children.push(element);
      root ??= element;
      open.push(element);
    },
    onclosetag() {
      if (notXmlCharacter.test(open.pop()!.text)) throw refused("has control characters");
    },
    ontext: addText,
    oncdata: addText,
  } satisfies Handlers);
  parser.write(text).close();
  if (!root) throw refused("has no element");
  return root;
}

function elementOf(tag: Tag): XmlElement {
  const own = Object.values(tag.attributes).filter(
    ({ uri }) => uri !== "http://www.w3.org/2000/xmlns/",
  );
  const attributes = new Map(own.map((attribute) => [attribute.local, attribute]));
  return { local: tag.local, uri: tag.uri, attributes, children: [], text: "" };
}

function refused(what: string, error?: Error): PortError {
  // The parser's message quotes the place where it stopped; its first line does not.
  const cause = error && new Error(error.message.split("\n")[0]);
  return new PortError("BAD_RESPONSE", `An answer that ${what}`, { cause });
}

import { setImmediate as nextTurn } from "node:timers/promises";
import sax, { type Attribute, type Handlers, type Tag } from "sax";
import { PortError } from "../ports/errors.ts";
import { notXmlCharacter, refuseUnsafe } from "./xml-guard.ts";

/** An element as it was sent. Names are compared by `local` and `uri`, never by prefix. */
export interface XmlElement {
  readonly local: string;
  readonly uri: string;
  /**
   * By local name, whatever their namespace; where two have the same, only one of no namespace by
   * it, and others by `{namespace}name`. Without those that declare namespaces.
   */
  readonly attributes: ReadonlyMap<string, Attribute>;
  /** Namespaces by prefix, as they hold here: for names that stand in attributes. */
  readonly namespaces: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  /** All text that is directly inside, CDATA too, as sent: not trimmed. */
  text: string;
}

const maxDepth = 100;
const maxElements = 50_000;
/** Of one element: the parser looks for each among all the others. */
const maxAttributes = 200;
/** How much text is parsed before its limits are looked at, in characters. */
const pieceLength = 8 * 1024;
/** How long the parser may keep everybody else waiting, in milliseconds. */
const turnMs = 15;

/**
 * Reads well-formed XML with namespaces; only the five entities of XML itself and character
 * references exist. Throws BAD_RESPONSE for whatever is not that, for a DOCTYPE, for more than 100
 * levels, 50,000 elements or 200 attributes of one element.
 */
export function parseXml(text: string): XmlElement {
  refuseUnsafe(text);
  const reader = createXmlReader();
  reader.write(text);
  return reader.close();
}

/** The same as `parseXml`, letting others have their turn: for what may be long. */
export async function parseXmlInTurns(text: string): Promise<XmlElement> {
  refuseUnsafe(text);
  const reader = createXmlReader();
  let since = performance.now();
  for (let at = 0; at < text.length;) {
    const end = endOfPiece(text, at);
    reader.write(text.slice(at, end));
    at = end;
    if (performance.now() - since < turnMs) continue;
    await nextTurn();
    since = performance.now();
  }
  return reader.close();
}

/** Where the text of one element goes instead of into the element, as it comes. */
export interface Diversion {
  /** The local name; elements so called have no children, and there is one at most. */
  readonly element: string;
  begin(): void;
  text(piece: string): void;
  end(): void;
}

/** XML that comes in pieces. Whoever writes has looked at its beginning (`refuseUnsafe`). */
export interface XmlReader {
  write(text: string): void;
  /** What was read so far; undefined before the first element. */
  root(): XmlElement | undefined;
  /** Throws BAD_RESPONSE when the document ends too early. */
  close(): XmlElement;
}

/** Refuses what `parseXml` refuses, as soon as it comes. */
export function createXmlReader(diversion?: Diversion): XmlReader {
  const parser = sax.parser(true, { xmlns: true, strictEntities: true, position: true });
  const reading: Reading = { open: [], root: undefined, count: 0, diverted: undefined, diversion };
  const addText = (piece: string) => takeText(reading, piece);
  Object.assign(parser, {
    onerror(error) {
      throw refused("is not well-formed XML", error);
    },
    ondoctype() {
      throw refused("has a DOCTYPE");
    },
    onopentag: (tag) => openElement(reading, tag),
    onclosetag: () => closeElement(reading),
    ontext: addText,
    oncdata: addText,
  } satisfies Handlers);
  return {
    write(text) {
      const plain = parser.state === sax.STATE.TEXT && isDiverted(reading) ? plainLength(text) : 0;
      if (plain > 0) diversion!.text(text.slice(0, plain));
      for (let at = plain; at < text.length;) {
        const end = endOfPiece(text, at);
        parser.write(text.slice(at, end));
        if (parser.attribList.length > maxAttributes) throw tooManyAttributes();
        // Text that waits for its end is held in as many scraps as it has references.
        parser.flush();
        at = end;
      }
    },
    root: () => reading.root,
    close() {
      parser.close();
      if (!reading.root) throw refused("has no element");
      return reading.root;
    },
  };
}

/** Where a piece from `start` on ends: not between the halves of a character. */
function endOfPiece(text: string, start: number): number {
  const end = start + pieceLength;
  return (text.charCodeAt(end - 1) & 0xfc00) === 0xd800 ? end + 1 : end;
}

interface Reading {
  /** From the root to where the reading is. */
  readonly open: XmlElement[];
  root: XmlElement | undefined;
  count: number;
  /** The element whose text goes elsewhere, from its beginning on. */
  diverted: XmlElement | undefined;
  readonly diversion: Diversion | undefined;
}

function openElement(reading: Reading, tag: Tag): void {
  const { open, diversion } = reading;
  const element = elementOf(tag);
  if (++reading.count > maxElements) throw refused(`has more than ${maxElements} elements`);
  if (open.length === maxDepth) throw refused(`has more than ${maxDepth} levels`);
  if (reading.root && open.length === 0) throw refused("has more than one root");
  if (reading.diverted && open.at(-1) === reading.diverted) throw refused("has no plain text");
  open.at(-1)?.children.push(element);
  reading.root ??= element;
  open.push(element);
  if (diversion?.element !== element.local) return;
  if (reading.diverted) throw refused(`has more than one ${element.local}`);
  reading.diverted = element;
  diversion.begin();
}

function closeElement({ open, diverted, diversion }: Reading): void {
  const element = open.pop()!;
  if (element === diverted) diversion!.end();
}

/** Whether the text that comes next is that of the diversion's element. */
const isDiverted = ({ open, diverted }: Reading) =>
  diverted !== undefined && open.at(-1) === diverted;

/** How much of a text has no markup: a big file need not go through the parser. */
function plainLength(text: string): number {
  const ends = [text.indexOf("<"), text.indexOf("&")].filter((at) => at >= 0);
  return Math.min(text.length, ...ends);
}

function takeText({ open, diverted, diversion }: Reading, piece: string): void {
  const top = open.at(-1);
  if (top && top === diverted) return diversion!.text(piece);
  if (notXmlCharacter.test(piece)) throw refused("has control characters");
  if (top) top.text += piece;
}

const none: XmlElement["attributes"] = new Map();

const tooManyAttributes = () =>
  refused(`has an element with more than ${maxAttributes} attributes`);

function elementOf(tag: Tag): XmlElement {
  const all = Object.values(tag.attributes);
  if (all.length > maxAttributes) throw tooManyAttributes();
  const own = all.filter(({ uri }) => uri !== "http://www.w3.org/2000/xmlns/");
  const attributes = own.length > 0 ? byName(own) : none;
  const { local, uri, ns: namespaces } = tag;
  return { local, uri, attributes, namespaces, children: [], text: "" };
}

function byName(own: readonly Attribute[]): Map<string, Attribute> {
  const found = new Map(own.map((attribute) => [attribute.local, attribute]));
  if (found.size === own.length) return found;
  for (const attribute of own) {
    if (attribute.uri === "") found.set(attribute.local, attribute);
    else found.set(`{${attribute.uri}}${attribute.local}`, attribute);
  }
  return found;
}

/** The value of an attribute of a namespace; undefined where there is none. */
export function attributeIn({ attributes }: XmlElement, uri: string, local: string) {
  const byLocal = attributes.get(local);
  return byLocal?.uri === uri ? byLocal.value : attributes.get(`{${uri}}${local}`)?.value;
}

function refused(what: string, error?: Error): PortError {
  // The parser's message quotes the place where it stopped; its first line does not.
  const cause = error && new Error(error.message.split("\n")[0]);
  return new PortError("BAD_RESPONSE", `An answer that ${what}`, { cause });
}

import type { Io } from "../ports/adapter.ts";
import { PortError } from "../ports/errors.ts";
import { collect } from "./collect.ts";
import { decodeText } from "./decode.ts";
import { labelled } from "./failure.ts";
import { boundaryOf, readMultipart, type Multipart } from "./multipart.ts";
import { openEnvelope, SoapFault, type Envelope } from "./soap-envelope.ts";
import { isInclude, toData, type Shape } from "./soap-data.ts";
import { statusError, type Head } from "./status.ts";
import { parseXmlInTurns, type XmlElement } from "./xml.ts";

/** What is known before an answer comes. */
export interface Reading {
  readonly io: Io;
  /** `landlord: Operation`, for messages. */
  readonly label: string;
  /** The local name of the element that is expected in the Body. */
  readonly name: string;
  readonly shape: Shape;
  /** Of the SOAP headers that the WSDL declares for it, by their names. */
  readonly headers: Shape;
  readonly lists: ReadonlySet<string>;
  /** Of the SOAP message itself, without attachments. */
  readonly maxBytes: number;
}

export interface Attachment {
  /** As the part says it; empty when it says nothing. */
  contentType: string;
  body: Body;
}

type Body = AsyncIterable<Uint8Array>;
export type HttpAnswer = Head & { readonly body: Body };

interface Opened {
  answer: Record<string, unknown>;
  /** Those SOAP headers that the WSDL declares, as far as they came. */
  headers: Record<string, unknown>;
  attachment: Attachment | null;
}

/** The result of an operation, and the file that came with it. Closes the body when it throws. */
export async function readAnswer(http: HttpAnswer, reading: Reading): Promise<Opened> {
  try {
    return await read(http, reading);
  } catch (error) {
    await http.body[Symbol.asyncIterator]().return?.();
    throw labelled(error, reading.label);
  }
}

async function read(http: HttpAnswer, reading: Reading): Promise<Opened> {
  const contentType = http.headers["content-type"] ?? "";
  if (http.status !== 200 && http.status < 400) throw statusError(reading.io, reading.label, http);
  if (!/^\s*multipart\/related\b/i.test(contentType)) {
    const bytes = await collect(http.body, reading.maxBytes);
    const result = await resultOf(http, bytes, contentType, reading);
    if (referencesOf(result.content).length > 0) {
      throw refused("refers to a file that did not come");
    }
    return { ...dataOf(result, reading), attachment: null };
  }
  const parts = readMultipart(http.body, boundaryOf(contentType));
  const root = await parts.next();
  if (!root) throw refused("has no part");
  const bytes = await collect(root.body, reading.maxBytes);
  const result = await resultOf(http, bytes, root.headers["content-type"] ?? "", reading);
  const attachment = await attachmentOf(parts, referencesOf(result.content), reading.label);
  return { ...dataOf(result, reading), attachment };
}

/** What holds the result. Throws a SoapFault or, for other failures, what the status says. */
async function resultOf(
  http: HttpAnswer,
  bytes: Uint8Array,
  contentType: string,
  reading: Reading,
): Promise<Envelope> {
  const parse = () => parseXmlInTurns(decodeText(bytes, contentType, "xml"));
  if (http.status === 200) return resultIn(await parse(), reading);
  try {
    resultIn(await parse(), reading);
  } catch (error) {
    if (error instanceof SoapFault) throw error;
  }
  const error = statusError(reading.io, reading.label, http);
  // No such page: the service is not there. It does not say that a person or a document is not.
  throw error.code === "NOT_FOUND" ? new PortError("UNAVAILABLE", error.message) : error;
}

/** The result in a message, or in one that has begun. Throws SoapFault, or BAD_RESPONSE. */
export function resultIn(root: XmlElement | undefined, reading: Reading): Envelope {
  if (!root) throw refused("is no SOAP message");
  const envelope = openEnvelope(root, `${reading.label}: a SOAP Fault`);
  if (envelope.content.local === reading.name) return envelope;
  throw refused("has another result than the one asked for");
}

export function dataOf(
  { content, headers }: Envelope,
  { shape, headers: declared, lists }: Reading,
): Pick<Opened, "answer" | "headers"> {
  const answer = toData(content, shape, lists);
  if (typeof answer !== "object" || answer === null) {
    throw refused("has a result without elements");
  }
  const known = headers.filter(({ local }) => Object.hasOwn(declared, local));
  const read = known.map((one) => [one.local, toData(one, declared[one.local], lists)] as const);
  return { answer: answer as Record<string, unknown>, headers: Object.fromEntries(read) };
}

/** The addresses of all files that a message refers to. */
function referencesOf(element: XmlElement): string[] {
  if (isInclude(element)) return [element.attributes.get("href")?.value ?? ""];
  return element.children.flatMap(referencesOf);
}

async function attachmentOf(
  parts: Multipart,
  references: string[],
  label: string,
): Promise<Attachment | null> {
  const part = await parts.next();
  if (!part) {
    if (references.length > 0) throw refused("refers to a file that did not come");
    await parts.abandon();
    return null;
  }
  const { headers } = part;
  const known = references.every((cid) => names(cid, headers["content-id"]));
  if (!known) throw refused("refers to another file than the one that came");
  if (!/^(binary|8bit|7bit)?$/i.test(headers["content-transfer-encoding"] ?? "")) {
    throw refused("has a file in a transfer encoding that is not read");
  }
  return { contentType: headers["content-type"] ?? "", body: thenClose(part.body, parts, label) };
}

/** Whether `cid:a%40b` names the part whose Content-ID is `<a@b>`. */
function names(reference: string, contentId = ""): boolean {
  const id = contentId.replace(/^<|>$/g, "");
  return reference === `cid:${id}` || reference === `cid:${encodeURIComponent(id)}`;
}

/** What comes after the file is of no use, so the exchange ends with it. */
async function* thenClose(body: Body, parts: Multipart, label: string): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw labelled(error, label);
  } finally {
    await parts.abandon();
  }
}

function refused(what: string): PortError {
  return new PortError("BAD_RESPONSE", `An answer that ${what}`);
}

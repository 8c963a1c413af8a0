/** Answers that hold a file as base64 text in one of their elements: decoded as it is asked for. */
import { PortError } from "../ports/errors.ts";
import { createBase64Reader } from "./base64.ts";
import { createDecoder, type Decode } from "./decode.ts";
import { labelled } from "./failure.ts";
import { dataOf, readAnswer, resultIn, type HttpAnswer, type Reading } from "./soap-answer.ts";
import { refuseUnsafe } from "./xml-guard.ts";
import { createXmlReader, type XmlReader } from "./xml.ts";

export interface InlineFile {
  /** What came before the file; the element itself is empty text. */
  answer: Record<string, unknown>;
  /** Null when there was no such element. Leaving the loop closes the exchange. */
  file: AsyncIterable<Uint8Array> | null;
}

/**
 * Resolves when the element `name` begins, or at the end of an answer without one. What is wrong
 * with the rest comes out of the file's loop, as BAD_RESPONSE. Closes the body when it throws.
 */
export async function readInline(
  http: HttpAnswer,
  name: string,
  reading: Reading,
): Promise<InlineFile> {
  if (http.status !== 200) return { answer: (await readAnswer(http, reading)).answer, file: null };
  const stream = createStream(http, name, reading);
  try {
    await stream.start();
    while (!stream.began() && (await stream.more()));
    const { answer } = dataOf(resultIn(stream.root(), reading), reading);
    return { answer, file: stream.began() ? fileOf(stream, reading.label) : null };
  } catch (error) {
    await stream.leave();
    throw labelled(error, reading.label);
  }
}

/** The beginning of an answer: enough for its declaration and its first element. */
const startBytes = 1024;

function createStream(http: HttpAnswer, name: string, { maxBytes }: Reading) {
  const chunks = http.body[Symbol.asyncIterator]();
  const waiting: string[] = [];
  let state: "before" | "inside" | "behind" = "before";
  let headBytes = 0;
  let decode: Decode = () => "";
  const reader: XmlReader = createXmlReader({
    element: name,
    begin: () => (state = "inside"),
    text: (piece) => void waiting.push(piece),
    end: () => (state = "behind"),
  });

  async function start(): Promise<void> {
    const pieces: Uint8Array[] = [];
    let ended = false;
    while (!ended && headBytes < startBytes) {
      const { done, value } = await chunks.next();
      if (value) pieces.push(value);
      headBytes += value?.length ?? 0;
      ended = done === true;
    }
    const bytes = Buffer.concat(pieces);
    decode = createDecoder(bytes, http.headers["content-type"], "xml");
    const text = decode(bytes, true);
    refuseUnsafe(text);
    reader.write(text);
  }

  /** False when the answer ended, as it should. */
  async function more(): Promise<boolean> {
    const { done, value } = await chunks.next();
    if (done) {
      reader.write(decode(new Uint8Array(), false));
      reader.close();
      return false;
    }
    if (state === "before" && (headBytes += value.length) > maxBytes) {
      throw new PortError("BAD_RESPONSE", `An answer of more than ${maxBytes} bytes`);
    }
    reader.write(decode(value, true));
    return true;
  }

  return {
    start,
    more,
    began: () => state !== "before",
    ended: () => state === "behind",
    /** The text of the file that came since the last time. */
    take: () => waiting.splice(0).join(""),
    root: () => reader.root(),
    leave: async () => void (await chunks.return?.()),
  };
}

function fileOf(stream: ReturnType<typeof createStream>, label: string): AsyncIterable<Uint8Array> {
  const bytes = decoded(stream, label);
  const leave = async (): Promise<IteratorResult<Uint8Array>> => {
    await stream.leave();
    return { done: true, value: undefined };
  };
  return { [Symbol.asyncIterator]: () => ({ next: () => bytes.next(), return: leave }) };
}

async function* decoded(
  stream: ReturnType<typeof createStream>,
  label: string,
): AsyncGenerator<Uint8Array> {
  const base64 = createBase64Reader();
  try {
    for (;;) {
      const bytes = base64.read(stream.take());
      if (bytes.length > 0) yield bytes;
      if (stream.ended() || !(await stream.more())) break;
    }
    const last = base64.read(stream.take());
    if (last.length > 0) yield last;
    base64.end();
    // A file is only whole when the message around it is.
    while (await stream.more());
  } catch (error) {
    throw labelled(error, label);
  } finally {
    await stream.leave();
  }
}

/** Files in answers: big ones go out piece by piece, so that no mock ever holds one. */
import { wholeOf, type PdfFile } from "../world/pdf.ts";
import type { MockAnswer } from "./product.ts";

type Body = MockAnswer["body"];

const bigBytes = 1_000_000;

/** A file as it is. A big one has no content length of its own. */
export const fileBody = (file: PdfFile): Body =>
  file.size > bigBytes ? inPieces(file.pieces()) : wholeOf(file);

async function* inPieces(pieces: Generator<Buffer>): AsyncGenerator<Buffer> {
  yield* pieces;
}

/** Stands in a text where a file is to be. */
export const hole = "\uE000";

/** A text with a file as base64 in its hole, in lines of so many characters where it is told. */
export function filled(
  text: string,
  file: PdfFile,
  encode: (text: string) => Buffer,
  lineLength = 0,
): Body {
  const [before = "", after = ""] = text.split(hole);
  const pieces = (function* () {
    yield encode(before);
    yield* base64Of(file, lineLength);
    yield encode(after);
  })();
  return file.size > bigBytes ? inPieces(pieces) : Buffer.concat([...pieces]);
}

function* base64Of(file: PdfFile, lineLength: number): Generator<Buffer> {
  const unit = lineLength === 0 ? 3 : (lineLength / 4) * 3;
  const lines = new RegExp(`.{${lineLength}}`, "g");
  const written = (bytes: Buffer) => {
    const text = bytes.toString("base64");
    return Buffer.from(lineLength === 0 ? text : text.replace(lines, "$&\n"), "latin1");
  };
  let rest: Buffer = Buffer.alloc(0);
  for (const piece of file.pieces()) {
    const bytes = Buffer.concat([rest, piece]);
    const whole = bytes.length - (bytes.length % unit);
    yield written(bytes.subarray(0, whole));
    rest = bytes.subarray(whole);
  }
  yield written(rest);
}

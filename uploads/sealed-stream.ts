/**
 * Files at rest: AES-256-GCM in pieces, so that one can be read as it comes from the disk and no
 * byte leaves unchecked. Each piece is bound to its place, and the last one to being the last: pieces
 * can be neither swapped nor left out. A key seals one file, once.
 */
import { createCipheriv, createDecipheriv } from "node:crypto";
import { inPieces } from "./pieces.ts";

const pieceSize = 64 * 1024;
const tagSize = 16;

/** `context` says whose file it is; it must be the same to open it. */
export async function* sealStream(
  plain: AsyncIterable<Uint8Array>,
  key: Uint8Array,
  context: string,
): AsyncGenerator<Uint8Array> {
  let index = 0;
  for await (const { bytes, last } of inPieces(plain, pieceSize)) {
    const cipher = createCipheriv("aes-256-gcm", key, nonceOf(index, last), {
      authTagLength: tagSize,
    }).setAAD(Buffer.from(context));
    yield Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
    index += 1;
  }
}

/** Throws at the first piece that has been changed, moved, cut, or is of another key or context. */
export async function* openStream(
  sealed: AsyncIterable<Uint8Array>,
  key: Uint8Array,
  context: string,
): AsyncGenerator<Uint8Array> {
  let index = 0;
  for await (const { bytes, last } of inPieces(sealed, pieceSize + tagSize)) {
    const decipher = createDecipheriv("aes-256-gcm", key, nonceOf(index, last), {
      authTagLength: tagSize,
    });
    if (bytes.length < tagSize) throw new Error("A sealed file has been cut.");
    decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(-tagSize));
    yield Buffer.concat([decipher.update(bytes.subarray(0, -tagSize)), decipher.final()]);
    index += 1;
  }
}

function nonceOf(index: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(index, 7);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

/**
 * The same bytes in pieces of `size`, each with whether it is the last. The last one may be shorter,
 * and is empty only where there are no bytes at all.
 */
export async function* inPieces(
  source: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<{ readonly bytes: Buffer; readonly last: boolean }> {
  let waiting: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source) {
    waiting.push(chunk);
    length += chunk.length;
    if (length <= size) continue;
    const joined = Buffer.concat(waiting);
    let start = 0;
    // One byte is kept back: only the end of the source tells which piece is the last.
    for (; joined.length - start > size; start += size) {
      yield { bytes: joined.subarray(start, start + size), last: false };
    }
    waiting = [joined.subarray(start)];
    length = joined.length - start;
  }
  yield { bytes: Buffer.concat(waiting), last: true };
}

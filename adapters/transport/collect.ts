import { PortError } from "../ports/errors.ts";

/** All of a body, in memory. Throws BAD_RESPONSE beyond `max` bytes. */
export async function collect(
  body: AsyncIterable<Uint8Array>,
  max = Infinity,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > max) throw new PortError("BAD_RESPONSE", `An answer of more than ${max} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

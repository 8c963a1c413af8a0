import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { MockAnswer } from "./product.ts";

/** Sends an answer; resolves also when the client has left in the middle. */
export async function send(outgoing: ServerResponse, answer: MockAnswer): Promise<void> {
  if (outgoing.destroyed) return;
  const { status, headers, body } = answer;
  if (typeof body === "string" || Buffer.isBuffer(body)) {
    outgoing.writeHead(status, withLength(answer, Buffer.byteLength(body)));
    outgoing.end(body);
    return;
  }
  outgoing.writeHead(status, headers);
  try {
    await pipeline(Readable.from(body), outgoing);
  } catch {
    // The client left, or the product's stream broke: the pipeline has destroyed both ends.
  }
}

/** The headers with a content length, where a body may follow and none is given. */
export function withLength({ status, headers }: MockAnswer, length: number): MockAnswer["headers"] {
  const given = Object.keys(headers).some((name) => name.toLowerCase() === "content-length");
  if (given || status === 204 || status === 304) return headers;
  return { ...headers, "content-length": String(length) };
}

/** The whole body in memory. */
export async function bytesOf({ body }: MockAnswer): Promise<Buffer> {
  if (typeof body === "string") return Buffer.from(body);
  if (Buffer.isBuffer(body)) return body;
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export function contentTypeOf({ headers }: MockAnswer): string {
  const name = Object.keys(headers).find((key) => key.toLowerCase() === "content-type");
  return (name && headers[name]) || "application/octet-stream";
}

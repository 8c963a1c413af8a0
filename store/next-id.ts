import { randomUUIDv7 } from "node:crypto";

let last = "";

/**
 * A UUID of version 7 that sorts behind those that this process made before, also within one
 * millisecond: lists that are ordered by it are in the order in which things came. Only a clock that
 * was put back breaks the order.
 */
export function nextId(): string {
  let id = randomUUIDv7();
  // Within one millisecond the rest is random; after at most that long the next one is behind.
  for (let tries = 0; id <= last && tries < 10_000; tries += 1) id = randomUUIDv7();
  if (id > last) last = id;
  return id;
}

/** A body as it comes from somebody whom nobody trusts: counted, and not waited for without end. */
import { Refusal } from "./refusal.ts";

export interface Patience {
  /** Longest time without a byte. */
  readonly idleMs: number;
  /** Longest time in all. */
  readonly wholeMs: number;
}

/** Throws a Refusal as soon as it is more than `size` bytes, or too slow; at the end, if it is fewer. */
export async function* counted(
  body: AsyncIterable<Uint8Array>,
  size: number,
  { idleMs, wholeMs }: Patience,
): AsyncGenerator<Uint8Array> {
  const iterator = body[Symbol.asyncIterator]();
  const end = Date.now() + wholeMs;
  let count = 0;
  try {
    for (;;) {
      const { done, value } = await inTime(next(iterator), Math.min(idleMs, end - Date.now()));
      if (done) break;
      count += value.length;
      if (count > size) throw new Refusal("TOO_LARGE");
      yield value;
    }
  } finally {
    // Not waited for: it may hang just as the body does.
    void iterator.return?.().catch(() => {});
  }
  if (count < size) throw new Refusal("SIZE_DIFFERS");
}

const next = (iterator: AsyncIterator<Uint8Array>) =>
  iterator.next().catch((cause: unknown) => {
    throw new Refusal("CUT_OFF", { cause });
  });

async function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Refusal("TOO_SLOW")), Math.max(0, ms));
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => {});
  }
}

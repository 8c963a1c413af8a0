import { isSafeUrl } from "../safe-url.ts";

const deadlineMs = 10_000;
/** Key sets and discovery documents are the largest, at a few kilobytes. */
const maxBytes = 512 * 1024;

/** The provider cannot be reached, takes too long, or says itself that it cannot serve. */
export class ProviderDown extends Error {}

interface Sent {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: unknown;
  readonly signal?: AbortSignal | null | undefined;
}

/**
 * `fetch` for a provider's addresses: one deadline for headers and body, a limit of size, no
 * redirects, and nothing in clear but on the machine itself. Rejects for what breaks these.
 */
export async function boundedFetch(url: string, sent: Sent): Promise<Response> {
  if (!isSafeUrl(url)) throw new Error("A provider gave an address in clear.");
  const signals = [AbortSignal.timeout(deadlineMs), sent.signal].filter((signal) => signal != null);
  const answer = await reach(() =>
    fetch(url, {
      ...(sent as RequestInit),
      redirect: "manual",
      signal: AbortSignal.any(signals),
    }),
  );
  if (answer.status >= 500) {
    await answer.body?.cancel();
    throw new ProviderDown(`A provider answered ${answer.status}.`);
  }
  if (answer.status >= 300 && answer.status < 400) {
    await answer.body?.cancel();
    throw new Error("A provider answered with a redirect.");
  }
  const bytes = await collect(answer.body);
  const { status, headers } = answer;
  return new Response(status === 204 ? null : bytes, { status, headers });
}

async function reach<T>(job: () => Promise<T>): Promise<T> {
  try {
    return await job();
  } catch (cause) {
    throw new ProviderDown("A provider does not answer.", { cause });
  }
}

async function collect(body: Response["body"]): Promise<Uint8Array<ArrayBuffer>> {
  if (!body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reach(() => reader.read());
    if (done) break;
    size += value.length;
    if (size > maxBytes) {
      await reader.cancel();
      throw new Error("A provider's answer is too long.");
    }
    chunks.push(value);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/** Where descriptions may be read from: the file itself, and what it refers to from the same place. */
import { readFile } from "node:fs/promises";
import { BaseResolver, ResolveError, Source } from "@redocly/openapi-core";

const maxBytes = 20 * 1024 * 1024;
const timeoutMs = 20_000;

/**
 * Text of a file or http URL. Throws an Error whose message says in a few words what is in the way.
 * Redirects are not followed: they could lead to another host.
 */
export async function textOf(place: string): Promise<string> {
  if (!isUrl(place))
    return (await readFile(place, "utf8").catch(unreadable)).replace(/^\uFEFF/, "");
  const answer = await fetch(place, {
    redirect: "manual",
    signal: AbortSignal.timeout(timeoutMs),
    headers: { accept: "application/json, application/yaml, */*;q=0.5" },
  }).catch(unreachable);
  const { status } = answer;
  if (status >= 300 && status < 400) {
    throw new Error(`it redirects to ${answer.headers.get("location") ?? "nowhere"}`);
  }
  if (status === 401 || status === 403) {
    throw new Error(`it answered ${status}: it asks for a sign-in; save it to a file first`);
  }
  if (status !== 200) throw new Error(`it answered ${status}`);
  const bytes = await answer.arrayBuffer().catch(unreachable);
  if (bytes.byteLength > maxBytes) throw new Error("it has more than 20 MB");
  return new TextDecoder().decode(bytes);
}

export const isUrl = (place: string): boolean => /^https?:\/\//i.test(place);

const reasons: Record<string, string> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder",
  EACCES: "this user may not read it",
  ECONNREFUSED: "nothing listens there",
  ENOTFOUND: "there is no host of that name",
  EAI_AGAIN: "the name of the host cannot be looked up",
  ETIMEDOUT: "the host does not answer",
  CERT_HAS_EXPIRED: "its certificate has expired",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is signed by nobody who is known here",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its certificate is signed by nobody who is known here",
};

function unreadable(error: NodeJS.ErrnoException): never {
  throw new Error(reasons[error.code ?? ""] ?? `it cannot be read (${error.code})`, {
    cause: error,
  });
}

function unreachable(error: Error): never {
  if (error.name === "TimeoutError") {
    throw new Error(`no answer within ${timeoutMs / 1000} s`, { cause: error });
  }
  const { code, message } = (error.cause ?? error) as NodeJS.ErrnoException;
  throw new Error(reasons[code ?? ""] ?? message, { cause: error });
}

/**
 * What reads the files that the description at `root` refers to: a local one other local files, one
 * of a URL only what the same host has. A description never makes us call elsewhere.
 */
export function createResolver(root: string): BaseResolver {
  const resolver = new BaseResolver();
  resolver.loadExternalRef = async (place) => {
    try {
      if (!isAllowed(root, place)) throw new Error(refusal(root, place));
      return new Source(place, await textOf(place));
    } catch (error) {
      throw new ResolveError(error as Error);
    }
  };
  return resolver;
}

function isAllowed(root: string, place: string): boolean {
  if (!isUrl(place)) return !isUrl(root) && !/^[a-z][a-z\d+.-]+:/i.test(place);
  return isUrl(root) && new URL(root).origin === new URL(place).origin;
}

function refusal(root: string, place: string): string {
  const own = isUrl(root) ? `what ${new URL(root).origin} has itself` : "local files";
  return `only ${own} may be referred to: nothing is fetched from ${isUrl(place) ? new URL(place).origin : place}. Save it beside the description and refer to that file`;
}

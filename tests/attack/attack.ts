/** What an attack is, and by what an answer is known to be a refusal that tells nothing. */
import { send, type Answer, type Sent } from "./send.ts";

/**
 * How the gateway that is attacked was started. `open`: anything may be asked; `listed`: registered
 * operations only; both without counting, so that each attack meets the limit that is its own.
 * `usual`: as in production. `given`: somebody else started it.
 */
export type Way = "open" | "listed" | "usual" | "given";

export interface Target {
  readonly url: string;
  readonly landlord: string;
  readonly way: Way;
  /** An access token of somebody; null where nobody is known. */
  readonly token: string | null;
  /** People signed in at another landlord; null where nobody is known. */
  readonly neighbours: { readonly landlord: string; readonly tokens: readonly string[] } | null;
  /** Makes an address of a large file, from which it is not read yet; null where there is none. */
  readonly download: (() => Promise<string>) | null;
}

export interface Seen {
  readonly answers: readonly Answer[];
  /** What was not as it has to be, each in a sentence. */
  readonly faults: readonly string[];
  /** What came too late: tried again, since a busy machine may have been the reason. */
  readonly late?: readonly string[];
  /** For the reader of the table. */
  readonly remark?: string;
}

export interface Attack {
  readonly name: string;
  readonly ways: readonly Way[];
  /** Whether it is over within a second or so. */
  readonly soon: boolean;
  /** Null where this target has not what it takes. */
  run(target: Target): Promise<Seen | null>;
}

export const everyWay: readonly Way[] = ["open", "listed", "given"];
const quickMs = 100;
const refusing = new Set([400, 401, 403, 404, 405, 406, 408, 413, 414, 415, 417, 429, 431, 503]);

/** Each of these requests has to be refused in JSON, quickly. */
export function refusals(
  name: string,
  requests: (target: Target) => readonly Sent[],
  bare: readonly number[] = [],
): Attack {
  const run = async (target: Target): Promise<Seen> => {
    const answers: Answer[] = [];
    for (const sent of requests(target)) answers.push(await send(target.url, sent));
    return refused(answers, bare);
  };
  return { name, ways: everyWay, soon: true, run };
}

/**
 * Where the body is too long to be waited for: whoever still sends it may find the connection closed,
 * and never see the answer.
 */
export const orCut = [0];

/** `bare`: statuses that need no body; 0 among them where a connection may be cut without an answer. */
export function refused(answers: readonly Answer[], bare: readonly number[] = []): Seen {
  return {
    answers,
    faults: [...answers.flatMap((answer) => whyNoRefusal(answer, bare)), ...answers.flatMap(told)],
    late: answers.flatMap(tooLate),
  };
}

export const served = (answers: readonly Answer[]): Seen => ({
  answers,
  faults: answers.flatMap(told),
});

function whyNoRefusal({ status, code, text }: Answer, bare: readonly number[]): string[] {
  if (status === 0 && text === "" && bare.includes(0)) return [];
  if (status === 0) return [text || "cut without an answer"];
  if (!refusing.has(status)) return [`not refused: ${status} ${text.slice(0, 80)}`];
  if (bare.includes(status) && text === "") return [];
  return code === "" ? [`${status} without a code: ${text.slice(0, 80)}`] : [];
}

const tooLate = ({ status, ms }: Answer): string[] =>
  ms > quickMs ? [`${status} after ${Math.round(ms)} ms`] : [];

const telling =
  /\n\s+at |node_modules|file:\/\/|\/[\w-]+\.[cm]?[jt]s\b|stacktrace|did you mean|sqlite|econn/i;

/** A stack, a path, a suggestion, or who made it. */
export function told({ text, headers }: Answer): string[] {
  const found = telling.exec(text)?.[0];
  const makers = ["x-powered-by", "server"].filter((name) => name in headers);
  return [
    ...(found === undefined ? [] : [`the answer tells ${JSON.stringify(found)}`]),
    ...makers.map((name) => `the answer has the header ${name}`),
  ];
}

/** A request to GraphQL, signed in where somebody is known. */
export function asking({ landlord, token }: Target, body: unknown): Sent {
  return {
    path: "/graphql",
    headers: {
      "content-type": "application/json",
      "x-landlord": landlord,
      ...(token !== null && { authorization: `Bearer ${token}` }),
    },
    body: typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body),
  };
}

/** What holds for every method that reads, whatever it reads. */
import { PortError } from "../../ports/errors.ts";
import { alone, ask, keysFor, saysUnknown, type Keys } from "../ask.ts";
import {
  fail,
  firstWrong,
  Missing,
  pass,
  saysError,
  that,
  type Check,
  type Finding,
} from "../check.ts";
import { allReads, type Read } from "../ports.ts";
import { difference } from "../same.ts";
import { newCall, type Subject } from "../subject.ts";

/** Texts that are no key of anything, and that an ERP may choke on. */
const hostileTexts = [
  "' OR '1'='1",
  "<a>&amp;]]><!--",
  "../../etc/passwd?x=1#y",
  "*",
  "L'Œuvre\r\nX-Injected: 1",
  "🐈🐈",
  "9".repeat(200),
];

type Run = (subject: Subject, read: Read, keys: Keys) => Promise<Finding>;

const order: Run = async (subject, read, { known, unknown }) => {
  const keys = read.unknown === "refused" ? known : [known[0], unknown, ...known.slice(1)];
  const wanted = await Promise.all(keys.map((key) => alone(subject, read, key)));
  const differ = wanted.some((answer) => difference(answer, wanted[0]) !== null);
  if (!differ) throw new Missing(`keys for ${read.name} whose answers differ from each other`);
  return firstWrong([
    compare(wanted, await ask(subject, read, keys)),
    compare(wanted.toReversed(), await ask(subject, read, keys.toReversed())),
  ]);
};

function compare(wanted: unknown[], came: unknown[]): Finding {
  if (came.length !== wanted.length)
    return fail(`${wanted.length} answers`, `${came.length} answers`);
  const places = wanted.map((answer, index) => difference(answer, came[index]));
  const wrong = places.findIndex((place) => place !== null);
  return that(
    wrong < 0,
    "in a batch, in either order, the same answer to each key as alone",
    `the answer to key ${wrong + 1} of ${wanted.length} differs at ${places[wrong]}`,
  );
}

const empty: Run = async (subject, read) => {
  const came = await ask(subject, read, []);
  return that(came.length === 0, "an empty list", `${came.length} answers`);
};

const unknownKey: Run = async (subject, read, { known, unknown }) => {
  if (read.unknown === "refused") {
    const code = await codeOf(ask(subject, read, [unknown]));
    return that(code === "NOT_FOUND", "NOT_FOUND", code);
  }
  const [first, second] = await ask(subject, read, [known[0], unknown]);
  const place = difference(await alone(subject, read, known[0]), first);
  return firstWrong([
    that(saysUnknown(read, second), `${read.unknown} for the unknown key`, "something else"),
    that(place === null, "the known key answered as ever", `it differs at ${place}`),
  ]);
};

const twice: Run = async (subject, read, { known }) => {
  const key = known[0];
  const wanted = await alone(subject, read, key);
  return compare([wanted, wanted], await ask(subject, read, [key, key]));
};

const hostile: Run = async (subject, read, { unknown }) => {
  for (const text of hostileTexts) {
    const came = await answerTo(ask(subject, read, [withText(read, unknown, text)]));
    const refused = /^(NOT_FOUND|INVALID_INPUT)\b/.test(came.error ?? "");
    if (refused || (came.error === null && saysUnknown(read, came.answers[0]))) continue;
    const words = `${read.unknown}, NOT_FOUND or INVALID_INPUT for a key that is no key`;
    return fail(words, `to key ${hostileTexts.indexOf(text) + 1}: ${came.error ?? "an answer"}`);
  }
  return pass;
};

const aborted: Run = async (subject, read, { known }) => {
  // One that has asked nothing yet: what an adapter remembers it may well answer.
  const connection = await subject.connect(subject.limits);
  const method = connection.raw.use(read.port)[read.method]!;
  const call = newCall(AbortSignal.abort());
  const came = await answerTo(Promise.resolve().then(() => method(known, call)));
  await connection.close();
  return that(
    came.error?.startsWith("TIMEOUT") ?? false,
    "TIMEOUT where the caller has given up already",
    came.error ?? "an answer",
  );
};

async function answerTo(asked: Promise<unknown[]>) {
  try {
    return { answers: await asked, error: null };
  } catch (error) {
    return { answers: [], error: saysError(error) };
  }
}

const codeOf = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => "an answer",
    (error: unknown) => (error instanceof PortError ? error.code : saysError(error)),
  );

/** The key with that text in place of what names the thing. */
function withText({ by }: Read, key: unknown, text: string): unknown {
  if (by === "person" || by === "contract") return text;
  const place = { page: "contractKey", document: "key", request: "key" } as const;
  if (by === "reference") return { ...(key as object), reference: text };
  if (by === "credentials") return { identifier: text, password: text };
  return { ...(key as object), [place[by]]: text };
}

const kinds: readonly [suffix: string, title: string, hint: string, run: Run][] = [
  [
    "order",
    "Answers stand in the order of the keys, one for each",
    "Where the ERP answers a batch, put its answers in the order of the keys by their key; leave no gap out.",
    order,
  ],
  [
    "empty",
    "No key, no answer, no error",
    "Answer [] before anything is sent: many ERPs take an empty list for “all”.",
    empty,
  ],
  [
    "unknown",
    "A key that names nothing is answered as unknown, and spoils no other",
    "An ERP says it by a fault, a 404, an empty list or an empty element: map each of them, for that key alone.",
    unknownKey,
  ],
  [
    "twice",
    "The same key twice in a batch is answered twice",
    "An ERP drops repeated keys: ask each once, then answer by key.",
    twice,
  ],
  [
    "hostile",
    "Texts that are no key find nothing and break nothing",
    "Check a key's form before it is sent; encode it for the wire; never build a query or a path by joining texts.",
    hostile,
  ],
  [
    "aborted",
    "Where the caller has given up, nothing is asked",
    "Hand `call.signal` to the transport in every call, and answer nothing from it once it has fired.",
    aborted,
  ],
];

export const batchChecks: readonly Check[] = allReads.flatMap((read) =>
  kinds.map(([suffix, title, hint, run]): Check => ({
    id: `${read.name}/${suffix}`,
    level: "MUST",
    ports: [read.port.name],
    title,
    hint,
    kind: "reads",
    run: async (subject) => run(subject, read, await keysFor(subject, read)),
  })),
);

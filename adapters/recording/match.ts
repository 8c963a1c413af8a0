/** Which recorded exchange answers a request: the same question, whoever asks it and when. */
import { readText } from "./charset.ts";
import type { KeptExchange } from "./exchanges.ts";

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** The exchange that answers; null where none was recorded. */
export type Match = (asked: Asked) => KeptExchange | null;

export function createMatch(exchanges: readonly KeptExchange[]): Match {
  const known = exchanges.map((exchange) => {
    const { method, path, requestHeaders: headers, requestBody: body } = exchange;
    return { exchange, question: questionOf({ method, path, headers, body }) };
  });
  const exact = Map.groupBy(known, ({ question }) => JSON.stringify(question));
  const fits = ({ exchange }: Known, { headers }: Asked) =>
    exchange.status !== 304 || "if-none-match" in headers;
  const times = new Map<string, number>();
  return (asked) => {
    const question = questionOf(asked);
    const conditional = "if-none-match" in asked.headers;
    const name = JSON.stringify(question);
    const same = exact.get(name)?.filter((one) => fits(one, asked)) ?? [];
    if (same.length === 0)
      return nearest(
        question,
        known.filter((one) => fits(one, asked)),
      );
    // Asked again, it is answered as it was then; the last answer stays.
    const counted = `${name} ${conditional}`;
    const time = times.get(counted) ?? 0;
    times.set(counted, time + 1);
    return same[Math.min(time, same.length - 1)]!.exchange;
  };
}

/** What it is about, and with which values it asks. */
interface Question {
  readonly about: string;
  readonly values: readonly (readonly [name: string, value: string])[];
}

interface Known {
  readonly exchange: KeptExchange;
  readonly question: Question;
}

/** The same but for tickets and the like, which differ from one session to the next. */
function nearest({ about, values }: Question, known: readonly Known[]): KeptExchange | null {
  const found = known.find(
    ({ question }) =>
      question.about === about &&
      question.values.length === values.length &&
      question.values.every(([name, value], index) => {
        const [otherName, other] = values[index]!;
        return name === otherName && (value === other || (isTicket(value) && isTicket(other)));
      }),
  );
  return found?.exchange ?? null;
}

const isTicket = (value: string) => /^(?=.*\d)(?=.*[A-Za-z])[\w+/=.-]{20,}$/.test(value);

function questionOf({ method, path, headers, body }: Asked): Question {
  const { pathname, searchParams } = new URL(path, "http://erp.invalid");
  const { text } = readText(body, headers["content-type"]);
  const inBody = valuesIn(text, headers["content-type"] ?? "");
  const values = [...searchParams].toSorted().concat(inBody);
  const operation = /Body[^>]*>\s*<(?:[\w.-]+:)?([\w.-]+)/.exec(text)?.[1] ?? "";
  return {
    about: `${method} ${pathname} ${operation}`,
    values: values.map(([name, value]) => [name, withoutMoment(value)]),
  };
}

/** When it is asked, and under which number, makes no other question of it. */
const withoutMoment = (value: string) =>
  value
    .replace(/\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?/g, "(moment)")
    .replace(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/gi, "(number)");

function valuesIn(text: string, contentType: string): [string, string][] {
  if (text.trim() === "") return [];
  if (/urlencoded/i.test(contentType)) return [...new URLSearchParams(text)].toSorted();
  if (/^\s*[[{]/.test(text)) return valuesOfJson(text);
  if (/^\s*</.test(text)) return valuesOfXml(text);
  return [["", text]];
}

/** Without the header of SOAP: it says who asks. */
const valuesOfXml = (text: string): [string, string][] =>
  [
    ...text
      .replace(/<([\w.-]+:)?Header\b[^>]*?(\/>|>[\s\S]*?<\/\1?Header>)/, "")
      .matchAll(/<(?:[\w.-]+:)?([\w.-]+)[^<>]*>([^<]*)(?=<)/g),
  ].map(([, name = "", value = ""]) => [name, value.trim()]);

function valuesOfJson(text: string): [string, string][] {
  const values: [string, string][] = [];
  try {
    JSON.parse(text, (name, value: unknown) => {
      if (typeof value !== "object") values.push([name, JSON.stringify(value)]);
      return value;
    });
    return values;
  } catch {
    return [["", text]];
  }
}

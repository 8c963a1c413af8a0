/** For tests: recorded answers, given over HTTP again by a server that stops with the test. */
import { readFileSync } from "node:fs";
import type { Port } from "../../ports/port.ts";
import { serve, testIo, type TestIo } from "../../transport/fixtures/server.ts";
import { parseXml, type XmlElement } from "../../transport/xml.ts";
import adapter from "./index.ts";

export const call = { signal: new AbortController().signal, requestId: "test" };

export interface Recorded {
  status: number;
  type: string;
  body: string;
}

/** What was recorded under this name: of an operation, or of one of the ways to say no. */
export function recorded(name: string): Recorded {
  const page = name.includes(".html");
  const file = new URL(`./fixtures/${page ? name : `${name}.xml`}`, import.meta.url);
  const status = { "base-arretee.html": 202, faute: 500 }[name] ?? 200;
  const type = page ? "text/html; charset=UTF-8" : "text/xml; charset=UTF-8";
  return { status, type, body: readFileSync(file, "utf8") };
}

/** One call, as it came: the operation and its parts, in their order. */
interface Asked {
  operation: string;
  parts: { name: string; text: string }[];
}

type Change = (body: string, asked: Asked) => string;

export interface Replay {
  asked: Asked[];
  io: TestIo;
  use<I>(port: Port<I>): I;
  /** Changes the next recordings of the operation. */
  change(operation: string, change: Change): void;
  /** Answers so from now on, whatever is asked. */
  always(answer: string | Recorded): void;
}

/** Each operation answers what it answered when it was recorded. */
export async function replayIntitulo(): Promise<Replay> {
  const asked: Asked[] = [];
  const changes = new Map<string, Change>();
  let always: Recorded | null = null;
  const server = await serve((response, request) => {
    const one = readRequest(request.body);
    asked.push(one);
    const { status, type, body } = always ?? recorded(one.operation);
    const change = changes.get(one.operation) ?? ((text: string) => text);
    response.writeHead(status, { "content-type": type }).end(change(body, one));
  });
  const io = testIo();
  const settings = { endpoint: `${server.url}/ws`, username: "portail", password: "s3cret & co" };
  const connected = await adapter.connect(adapter.settings.parse(settings), io);
  return {
    asked,
    io,
    use: <I>(port: Port<I>) =>
      connected.ports.find((served) => served.port.name === port.name)!.implementation as I,
    change: (operation, change) => changes.set(operation, change),
    always: (answer) => {
      always = typeof answer === "string" ? recorded(answer) : answer;
    },
  };
}

function readRequest(body: string): Asked {
  const [operation] = parseXml(body).children.at(-1)!.children;
  const partOf = ({ local: name, text, children }: XmlElement) => ({
    name,
    text: children.length > 0 ? children.map((child) => child.text).join("|") : text,
  });
  return { operation: operation!.local, parts: operation!.children.map(partOf) };
}

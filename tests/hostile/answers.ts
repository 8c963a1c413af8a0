/** What a broken or hostile ERP answers, over HTTP, whatever it is asked. */
import type { ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import type { ErrorCode } from "../../adapters/ports/errors.ts";
import { jsonAnswers } from "./json-answers.ts";
import { soapAnswers } from "./soap-answers.ts";

export interface HostileAnswer {
  /** The check that it belongs to. */
  readonly check: `E-${string}` | `F-${string}`;
  readonly what: string;
  /** What a read becomes. */
  readonly code: ErrorCode;
  /** The ERP turns the call away: what a write becomes is the same, and nothing was applied. */
  readonly turnedAway?: boolean;
  /** `operation`: what was asked, in SOAP; empty else. */
  send(response: ServerResponse, operation: string): void;
}

/** Stands in some answers, and may come out nowhere. */
export const canary = "FR7630006000011234567890189";

export type Format = "SOAP" | "REST";

const typeOf = { SOAP: "application/soap+xml; charset=utf-8", REST: "application/json" } as const;

const page = `<html><title>Connexion</title>Identifiant, mot de passe ? ${canary}</html>`;
const mega = Buffer.alloc(1_000_000, " ");

/** Of any format, under its content type. */
function anyAnswers(type: string, trap: string): HostileAnswer[] {
  const row =
    (check: HostileAnswer["check"]) =>
    (code: ErrorCode, what: string, send: HostileAnswer["send"]): HostileAnswer => ({
      check,
      what,
      code,
      send,
    });
  const broken = row("E-01");
  const whole =
    (body: string | Buffer, of = type, status = 200) =>
    (response: ServerResponse) =>
      void response.writeHead(status, { "content-type": of }).end(body);
  const raw = (text: string) => (response: ServerResponse) => void response.socket!.end(text);
  const packed = (encoding: string, body: Buffer) => (response: ServerResponse) =>
    void response.writeHead(200, { "content-type": type, "content-encoding": encoding }).end(body);
  const redirect = (location: string) => (response: ServerResponse) =>
    void response.writeHead(302, { location, "content-type": type }).end();
  const turnedAway = (code: ErrorCode, status: number): HostileAnswer => ({
    ...broken(code, `is a ${status}`, whole(page, "text/html", status)),
    turnedAway: true,
  });
  return [
    broken("TIMEOUT", "never comes", () => {}),
    broken("TIMEOUT", "drips, one byte each 20 ms", (response) => {
      response.writeHead(200, { "content-type": type });
      every(20, response, () => response.write(" "));
    }),
    broken("TIMEOUT", "drips its head", ({ socket }) => {
      socket!.write("HTTP/1.1 200 OK\r\nx-a: ");
      every(20, socket!, () => socket!.write("a"));
    }),
    broken("UNAVAILABLE", "is a cut connection", (response) => void response.socket!.destroy()),
    broken("BAD_RESPONSE", "is cut in the middle", (response) => {
      response.writeHead(200, { "content-type": type, "content-length": 1000 });
      response.write("  ", () => response.socket!.destroy());
    }),
    broken("BAD_RESPONSE", "is not HTTP", raw("220 mail.example ESMTP\r\n")),
    broken("BAD_RESPONSE", "has two lengths", raw(lengths(type, "2", "4"))),
    broken("BAD_RESPONSE", "has a length and chunks", raw(lengths(type, "2"))),
    broken("BAD_RESPONSE", "has a head without end", ({ socket }) =>
      every(
        1,
        socket!,
        () => socket!.write(`x-a: ${"b".repeat(9_000)}\r\n`),
        "HTTP/1.1 200 OK\r\n",
      ),
    ),
    broken("BAD_RESPONSE", "has a body without end", (response) => endless(response, type)),
    broken("BAD_RESPONSE", "has 50 MB", (response) => {
      response.writeHead(200, { "content-type": type, "content-length": 50_000_000 });
      for (let part = 0; part < 50; part++) response.write(mega);
      response.end();
    }),
    broken("BAD_RESPONSE", "is a gzip bomb of 1 GB", packed("gzip", bomb())),
    broken("BAD_RESPONSE", "is packed in a way nobody asked for", packed("zstd", mega)),
    broken("BAD_RESPONSE", "says that it is packed, and is not", packed("gzip", Buffer.from("{}"))),
    broken("BAD_RESPONSE", "is random bytes", whole(Buffer.from("9f00ff1bfe80c3", "hex"))),
    broken("UNAVAILABLE", "is a 202 with a page", whole(page, "text/html", 202)),
    broken("UNAVAILABLE", "is a 500 with a page", whole(page, "text/html", 500)),
    broken("UNAVAILABLE", "is a 503", whole("", type, 503)),
    broken("TIMEOUT", "is a 504", whole("", type, 504)),
    turnedAway("UNAVAILABLE", 401),
    turnedAway("UNAVAILABLE", 403),
    turnedAway("RATE_LIMITED", 429),
    row("E-05")("BAD_RESPONSE", "is empty", whole("")),
    row("E-05")("BAD_RESPONSE", "is only blanks", whole(" \r\n ")),
    row("E-05")("BAD_RESPONSE", "is a page under its own type", whole(page, "text/html")),
    row("E-05")("BAD_RESPONSE", "is a page under the right type", whole(page)),
    ...[
      trap,
      trap.replace("127.0.0.1", "2130706433"),
      trap.replace("127.0.0.1", "0.0.0.0"),
      trap.replace("127.0.0.1", "[::1]"),
      "http://169.254.169.254/latest/meta-data/",
      "file:///etc/passwd",
      "/elsewhere",
    ].map((to) =>
      row("F-02")(
        "BAD_RESPONSE",
        `is a 302 to ${to.replace(/:\d{4,5}(?!\d)/, ":…")}`,
        redirect(to),
      ),
    ),
  ];
}

const lengths = (type: string, ...values: string[]) =>
  [
    "HTTP/1.1 200 OK",
    `content-type: ${type}`,
    ...values.map((value) => `content-length: ${value}`),
    ...(values.length === 1 ? ["transfer-encoding: chunked"] : []),
    "",
    "{}",
  ].join("\r\n");

interface Leaving {
  readonly destroyed: boolean;
  once(event: "close", listener: () => void): unknown;
}

function every(ms: number, to: Leaving, write: () => void, first?: string): void {
  if (first !== undefined && "write" in to) (to as unknown as ServerResponse).write(first);
  const timer = setInterval(() => void (to.destroyed || write()), ms);
  to.once("close", () => clearInterval(timer));
}

function endless(response: ServerResponse, type: string): void {
  response.writeHead(200, { "content-type": type });
  const more = () => {
    while (!response.destroyed && response.write(mega));
  };
  response.on("drain", more);
  more();
}

/** Gzip joins its members: a thousand of 1 MB each are one file. */
function bomb(): Buffer {
  const member = gzipSync(mega);
  return Buffer.concat(Array.from({ length: 1000 }, () => member));
}

/** `trap` is an address of ours that nobody may call. */
export const hostileAnswers = (format: Format, trap: string): HostileAnswer[] => [
  ...anyAnswers(typeOf[format], trap),
  ...(format === "SOAP" ? soapAnswers(canary, trap) : jsonAnswers(canary)),
];

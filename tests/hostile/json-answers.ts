/** What can be wrong with JSON, and what can be right JSON and of no use. */
import type { HostileAnswer } from "./answers.ts";

const megabytes = 1_000_000;

export function jsonAnswers(canary: string): HostileAnswer[] {
  const wrong = (
    what: string,
    body: string | Buffer,
    type = "application/json",
  ): HostileAnswer => ({
    check: "E-13",
    what,
    code: "BAD_RESPONSE",
    send: (response) => void response.writeHead(200, { "content-type": type }).end(body),
  });
  const many = (count: number, item: string) => `[${`${item},`.repeat(count)}1]`;
  return [
    wrong("is JSON that calls itself octets", "{}", "application/octet-stream"),
    wrong("is JSON that calls itself a text", "{}", "text/plain"),
    wrong("is XML", "<a/>", "text/xml"),
    wrong("is cut JSON", `{"iban": "${canary}", "montant": [1, 2`),
    wrong("has a key twice", `{"montant": "1.00", "montant": "2.00", "iban": "${canary}"}`),
    wrong("has a key __proto__", '{"__proto__": {"montant": "1.00"}}'),
    wrong("has a key __proto__, escaped", '{"\\u005f_proto__": {"admin": true}}'),
    wrong("has a key constructor", '{"constructor": {"prototype": {"admin": true}}}'),
    wrong("has a number that becomes infinite", '{"montant": 1e400}'),
    wrong("has a number of 4 million digits", `[1${"0".repeat(4 * megabytes)}1]`),
    wrong("has a million levels", "[".repeat(megabytes) + "]".repeat(megabytes)),
    wrong("has a million objects", many(megabytes, "{}")),
    wrong("has two million numbers", many(2 * megabytes, "1")),
    wrong("has an object of 300,000 keys", `{${keys(300_000)}}`),
    wrong("has one text of 4 MB", `["${"x".repeat(4 * megabytes)}"]`),
    wrong("has one text of two million escapes", `["${'\\"'.repeat(2 * megabytes)}"]`),
    wrong("has 4 MB of blanks", " ".repeat(4 * megabytes)),
    wrong("is not text in its encoding", Buffer.from('{"nom": "Müller"}', "latin1")),
    wrong("is in an encoding that nobody knows", "{}", "application/json; charset=klingon"),
    wrong("is null", "null"),
    wrong("is a list where a thing belongs, and the other way round", "[[]]"),
    wrong("is an empty object", "{}"),
    wrong("is a text", `"${canary}"`),
    wrong("is an error in a 200", `{"error": {"code": 500, "message": "${canary}"}}`),
  ];
}

const keys = (count: number) =>
  Array.from({ length: count }, (_, number) => `"k${number}":1`).join(",");

/** What can be wrong with SOAP, and what can be right SOAP and of no use. */
import type { ServerResponse } from "node:http";
import type { HostileAnswer } from "./answers.ts";

const envelopeOf = "http://www.w3.org/2003/05/soap-envelope";
const soapType = "application/soap+xml; charset=utf-8";
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, "utf16le");

const envelope = (body: string) =>
  `<s:Envelope xmlns:s="${envelopeOf}" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><s:Body>${body}</s:Body></s:Envelope>`;
const resultOf = (operation: string, content: string) =>
  envelope(`<${operation}Response xmlns="urn:any">${content}</${operation}Response>`);

/** `trap` is an address of ours: whoever fetches what an answer names is seen there. */
export const soapAnswers = (canary: string, trap: string): HostileAnswer[] => [
  ...documentTypes(trap),
  ...encodings(),
  ...otherThings(canary),
  ...faults(canary),
  ...strangeResults(canary),
  ...tooMuch(),
];

type Written = (operation: string) => string | Buffer;

const row =
  (check: HostileAnswer["check"], code: HostileAnswer["code"] = "BAD_RESPONSE") =>
  (what: string, write: Written, type = soapType, status = 200): HostileAnswer => ({
    check,
    what,
    code,
    send: (response: ServerResponse, operation: string) =>
      void response.writeHead(status, { "content-type": type }).end(write(operation)),
  });

function documentTypes(trap: string): HostileAnswer[] {
  const [dtd, outside] = [row("E-02"), row("E-03")];
  const before = (start: string) => (operation: string) => start + resultOf(operation, "&x9;");
  const laughs = Array.from(
    { length: 9 },
    (_, level) => `<!ENTITY x${level + 1} "${`&x${level};`.repeat(10)}">`,
  ).join("");
  const including = (element: string) => (operation: string) => resultOf(operation, element);
  return [
    dtd("has a DOCTYPE", before('<!DOCTYPE s:Envelope [<!ENTITY x9 "y">]>')),
    dtd("has a doctype behind a comment, in other letters", before("<!-- --><!dOcTyPe a>")),
    dtd("has a DOCTYPE in UTF-16", (operation) => utf16(`<!DOCTYPE a>${resultOf(operation, "")}`)),
    dtd("laughs a billion times", before(`<!DOCTYPE a [<!ENTITY x0 "ha">${laughs}]>`)),
    outside("has an entity on a server", before(`<!DOCTYPE a [<!ENTITY x9 SYSTEM "${trap}">]>`)),
    outside("has a DTD on a server", before(`<!DOCTYPE a SYSTEM "${trap}">`)),
    outside(
      "has a parameter entity on a server",
      before(`<!DOCTYPE a [<!ENTITY % x9 SYSTEM "${trap}"> %x9;]>`),
    ),
    outside(
      "includes a file of ours",
      including('<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'),
    ),
    outside(
      "includes what is on a server",
      including(`<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="${trap}"/>`),
    ),
    outside("names a schema on a server", including(`<a i:schemaLocation="urn:any ${trap}"/>`)),
    outside(
      "has a style sheet on a server",
      (operation) => `<?xml-stylesheet href="${trap}"?>${resultOf(operation, "")}`,
    ),
    outside(
      "names a file that comes from a server",
      including(
        `<a><x:Include xmlns:x="http://www.w3.org/2004/08/xop/include" href="${trap}"/></a>`,
      ),
    ),
  ];
}

function encodings(): HostileAnswer[] {
  const text = row("E-04");
  const prolog = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?>`;
  const named = (operation: string) => resultOf(operation, "<Nom>Müller-Groß</Nom>");
  return [
    text("is ISO-8859-1 that calls itself UTF-8", (operation) =>
      Buffer.from(prolog("UTF-8") + named(operation), "latin1"),
    ),
    text(
      "is in an encoding that nobody knows",
      (operation) => prolog("klingon") + named(operation),
    ),
    text("has half a character in UTF-16", (operation) =>
      Buffer.concat([utf16(resultOf(operation, "")), Buffer.of(0, 0xd8)]),
    ),
    text("has half a character by its number", (operation) =>
      resultOf(operation, "<a>&#xd83d;</a>"),
    ),
    text("has a control character", (operation) => resultOf(operation, "<a>\u0000</a>")),
    text("has a control character by its number", (operation) =>
      resultOf(operation, "<a>&#0;</a>"),
    ),
  ];
}

function otherThings(canary: string): HostileAnswer[] {
  const other = row("E-05");
  return [
    other("is JSON", () => '{"ok": true}', "application/json"),
    other("is an empty object under the right type", () => "{}"),
    other("is XML, but no SOAP", () => `<ok>${canary}</ok>`),
    other(
      "is an envelope of another kind",
      () => '<Envelope xmlns="urn:x"><Body><a/></Body></Envelope>',
    ),
    other("has an empty Body", () => envelope("")),
    other("has no Body", () => `<s:Envelope xmlns:s="${envelopeOf}"/>`),
    other(
      "has a warning before it",
      (operation) => `Warning: ${canary}\n${resultOf(operation, "")}`,
    ),
    other("is cut", (operation) => resultOf(operation, canary).slice(0, -20)),
  ];
}

function faults(canary: string): HostileAnswer[] {
  const detail = `<s:Detail><pile>${canary} at Compte.java:12</pile></s:Detail>`;
  const fault = (code: string) => () =>
    envelope(
      `<s:Fault><s:Code><s:Value>s:${code}</s:Value></s:Code><s:Reason><s:Text>${canary}</s:Text></s:Reason>${detail}</s:Fault>`,
    );
  const down = row("E-06", "UNAVAILABLE");
  return [
    down("is a Fault in a 500", fault("Receiver"), soapType, 500),
    down("is a Fault in a 200", fault("Receiver")),
    row("E-06")("is a Fault that says nothing", () => envelope("<s:Fault/>")),
  ];
}

function strangeResults(canary: string): HostileAnswer[] {
  const strange = row("E-07");
  const holding = (content: string) => (operation: string) => resultOf(operation, content);
  return [
    strange("is the result of something else", () => resultOf("LireAutreChose", "")),
    strange("has two results", () => envelope("<a/><b/>")),
    strange("has nothing of what must be there", holding("")),
    strange("has nil where a word must be", holding('<Success i:nil="true"/>')),
    strange("has one thing twice", holding("<Success>true</Success><Success>true</Success>")),
    strange("has elements where a word must be", holding("<Success><a>true</a></Success>")),
    strange("has a word that means nothing", holding("<Success>peut-être</Success>")),
    strange("has text between its elements", holding(`${canary}<Success>true</Success>`)),
    strange("has an element __proto__", holding("<__proto__><Success>true</Success></__proto__>")),
    strange("refers to itself", holding('<Success href="#1"/>')),
  ];
}

const megabytes = 1_000_000;

function tooMuch(): HostileAnswer[] {
  const much = row("E-01");
  const holding = (content: string) => (operation: string) => resultOf(operation, content);
  const attributes = Array.from({ length: 300_000 }, (_, number) => `a${number}="1"`).join(" ");
  const spaces = attributes.replaceAll(" a", " xmlns:a");
  return [
    much("has a million levels", holding("<a>".repeat(megabytes))),
    much("has a million elements", holding("<a/>".repeat(megabytes))),
    much("has an element of 300,000 attributes", holding(`<a ${attributes}/>`)),
    much("has an element of 300,000 namespaces", holding(`<a ${spaces}/>`)),
    much("has one text of 4 MB", holding(`<a>${"x".repeat(4 * megabytes)}</a>`)),
    much(
      "has a million references to characters",
      holding(`<a>${"&amp;".repeat(0.9 * megabytes)}</a>`),
    ),
    much("has one name of 4 MB", holding(`<${"a".repeat(4 * megabytes)}/>`)),
    much(
      "has a comment of 4 MB before it",
      (operation) => `<!--${"-x".repeat(2 * megabytes)}-->${resultOf(operation, "")}`,
    ),
    much(
      "has 800,000 instructions before it",
      (operation) => "<?a?>".repeat(0.8 * megabytes) + resultOf(operation, ""),
    ),
  ];
}

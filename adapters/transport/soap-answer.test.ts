import { describe, expect, test } from "vitest";
import type { ErrorCode } from "../ports/errors.ts";
import { answering, baux, envelope, soapClient } from "./fixtures/soap.ts";
import { testCall, type Answerer } from "./fixtures/server.ts";
import { SoapFault } from "./soap.ts";

async function ask(answer: Answerer) {
  const { soap, ...rest } = await soapClient(answer);
  return { ...rest, result: soap.call("LireBaux", { Numero: "1" }, testCall()) };
}

const named = (name: string) => baux(`<b:Bail><c:Numero>${name}</c:Numero></b:Bail>`);
const latin1 = (text: string) => Buffer.from(text, "latin1");

describe("E-04 the encoding of an answer", () => {
  const declared = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?>\n`;
  const text = named("Müller-Groß");

  test.each<[string, Buffer, string]>([
    ["ISO-8859-1 by its prolog", latin1(declared("ISO-8859-1") + text), "text/xml"],
    ["ISO-8859-1 by its header", latin1(text), "application/soap+xml; charset=ISO-8859-1"],
    [
      "ISO-8859-1 by its prolog, UTF-8 by its header",
      latin1(declared("ISO-8859-1") + text),
      "text/xml; charset=utf-8",
    ],
    ["windows-1252", latin1(declared("windows-1252") + text), "text/xml"],
    ["UTF-8 with a mark", Buffer.from(`\ufeff${declared("UTF-8")}${text}`), "text/xml"],
    [
      "UTF-16 with a mark",
      Buffer.from(`\ufeff${declared("UTF-16")}${text}`, "utf16le"),
      "text/xml",
    ],
  ])("is read: %s", async (_what, bytes, type) => {
    const { result } = await ask(answering(bytes, 200, type));
    expect(await result).toMatchObject({ Bail: [{ Numero: "Müller-Groß" }] });
  });

  test("is BAD_RESPONSE when the bytes do not fit it", async () => {
    const { result } = await ask(answering(latin1(text), 200, "text/xml; charset=utf-8"));
    await expect(result).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });
});

describe("an answer that cannot be used", () => {
  const dtd = '<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]>';
  test.each<[string, Answerer, ErrorCode]>([
    ["is empty", answering(""), "BAD_RESPONSE"],
    ["is a page", answering("<html>Please log in</html>", 200, "text/html"), "BAD_RESPONSE"],
    ["is JSON", answering("{}", 200, "application/json"), "BAD_RESPONSE"],
    ["is XML, but no SOAP", answering("<ok/>"), "BAD_RESPONSE"],
    [
      "is an envelope of another kind",
      answering('<Envelope xmlns="urn:x"><Body><a/></Body></Envelope>'),
      "BAD_RESPONSE",
    ],
    ["has no Body", answering(envelope("").replace("<s:Body></s:Body>", "")), "BAD_RESPONSE"],
    ["has an empty Body", answering(envelope("")), "BAD_RESPONSE"],
    ["has two results", answering(envelope("<a/><b/>")), "BAD_RESPONSE"],
    ["has another operation's result", answering(envelope("<LireSoldeReponse/>")), "BAD_RESPONSE"],
    ["has a text for a result", answering(baux("0")), "BAD_RESPONSE"],
    [
      "has nil for a result",
      answering(envelope('<LireBauxReponse xsi:nil="true"/>')),
      "BAD_RESPONSE",
    ],
    ["has a DOCTYPE", answering(dtd + baux("")), "BAD_RESPONSE"],
    [
      "has a DOCTYPE in UTF-16",
      answering(Buffer.from(`\ufeff${dtd.toLowerCase()}${baux("")}`, "utf16le")),
      "BAD_RESPONSE",
    ],
    [
      "has a warning before the XML",
      answering(`Warning: x\n<?xml version="1.0"?>${baux("")}`),
      "BAD_RESPONSE",
    ],
    ["is cut", answering(baux("").slice(0, -20)), "BAD_RESPONSE"],
    ["nests 200 levels", answering(baux("<a>".repeat(200) + "</a>".repeat(200))), "BAD_RESPONSE"],
    [
      "refers to a file that is not there",
      answering(baux('<i:Include xmlns:i="http://www.w3.org/2004/08/xop/include" href="cid:1"/>')),
      "BAD_RESPONSE",
    ],
    ["is a 202 with a page", answering("<html>down</html>", 202, "text/html"), "UNAVAILABLE"],
    ["is a 202 without anything", answering("", 202), "BAD_RESPONSE"],
    ["is a 204", (response) => void response.writeHead(204).end(), "BAD_RESPONSE"],
    [
      "is a 302",
      (response) => void response.writeHead(302, { location: "/" }).end(),
      "BAD_RESPONSE",
    ],
    ["is a 400 with a page", answering("<html/>", 400, "text/html"), "BAD_RESPONSE"],
    ["is a 401", answering("", 401), "UNAVAILABLE"],
    ["is a 404", answering("<html/>", 404, "text/html"), "UNAVAILABLE"],
    ["is a 500 with a page", answering("<html/>", 500, "text/html"), "UNAVAILABLE"],
    ["is a 500 with a result", answering(baux(""), 500), "UNAVAILABLE"],
    [
      "is a 503 with a page",
      answering("<html>closed at night</html>", 503, "text/html"),
      "UNAVAILABLE",
    ],
    ["is a 504", answering("", 504), "TIMEOUT"],
  ])("E-05 because it %s", async (_what, answer, code) => {
    const { result } = await ask(answer);
    const message = expect.stringMatching(/^test-landlord: LireBaux: /);
    await expect(result).rejects.toMatchObject({ name: "PortError", code, message });
  });

  test("quotes nothing of what came in its message", async () => {
    const { result } = await ask(answering(baux("FR7630006000011234567890189")));
    const error = await result.catch((reason: unknown) => reason);
    expect(`${String(error)} ${String((error as Error).cause)}`).not.toContain("FR76");
  });
});

const secret = "IBAN FR7630006000011234567890189 at line 12 of compte.java";

const fault11 = envelope(
  `<s:Fault><faultcode>s:Client.Acces</faultcode><faultstring>${secret}</faultstring><detail><Code>P1</Code></detail></s:Fault>`,
  "1.1",
);
const fault12 = envelope(
  `<s:Fault><s:Code><s:Value>s:Receiver</s:Value><s:Subcode><s:Value>p:ServeurOccupe</s:Value></s:Subcode></s:Code>` +
    `<s:Reason><s:Text xml:lang="fr">${secret}</s:Text></s:Reason></s:Fault>`,
);

describe("a Fault", () => {
  test.each([200, 400, 500])("of SOAP 1.1 in a %i is a SoapFault", async (status) => {
    const { result } = await ask(answering(fault11, status, "text/xml"));
    await expect(result).rejects.toMatchObject({
      name: "SoapFault",
      code: "s:Client.Acces",
      subcode: null,
      reason: secret,
      detail: { Code: "P1" },
    });
  });

  test.each([200, 400, 500])("of SOAP 1.2 in a %i is a SoapFault", async (status) => {
    const { result } = await ask(answering(fault12, status));
    await expect(result).rejects.toMatchObject({
      name: "SoapFault",
      code: "s:Receiver",
      subcode: "p:ServeurOccupe",
      reason: secret,
      detail: null,
    });
  });

  test("E-06 keeps the ERP's words out of its message", async () => {
    const { result } = await ask(answering(fault12, 500));
    const error = await result.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SoapFault);
    expect((error as Error).message).toBe("test-landlord: LireBaux: a SOAP Fault");
  });

  test("with nothing in it is still a SoapFault", async () => {
    const { result } = await ask(answering(envelope("<s:Fault/>"), 500));
    await expect(result).rejects.toMatchObject({
      name: "SoapFault",
      code: "",
      subcode: null,
      reason: "",
    });
  });
});

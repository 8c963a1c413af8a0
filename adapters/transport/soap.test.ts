import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answering, baux, envelope, soapClient, wsdlFile } from "./fixtures/soap.ts";
import { serve, testCall, testIo, until } from "./fixtures/server.ts";
import { createSoapClient } from "./soap.ts";
import { parseXml, type XmlElement } from "./xml.ts";

const security = { username: "portail & co", password: "p<s3cret>", digest: true } as const;

function find(element: XmlElement, local: string): XmlElement[] {
  const inside = element.children.flatMap((child) => find(child, local));
  return element.local === local ? [element, ...inside] : inside;
}

const textsOf = (xml: string, local: string) => find(parseXml(xml), local).map(({ text }) => text);

describe("a request", () => {
  test("of SOAP 1.2 has its envelope, its type and its action", async () => {
    const { soap, server } = await soapClient(answering(baux("")));
    await soap.call("LireBaux", { Numero: ["L/1", "L/2"] }, testCall());
    const [{ url, method, headers, body }] = server.received as [(typeof server.received)[0]];
    expect({ url, method }).toEqual({ url: "/ws", method: "POST" });
    expect(headers["content-type"]).toBe(
      'application/soap+xml; charset=utf-8; action="urn:test:LireBaux"',
    );
    const root = parseXml(body);
    expect(root.uri).toBe("http://www.w3.org/2003/05/soap-envelope");
    expect(find(root, "LireBaux")).toMatchObject([{ uri: "urn:test:baux" }]);
    expect(find(root, "Numero")).toMatchObject([
      { uri: "urn:test:baux", text: "L/1" },
      { uri: "urn:test:baux", text: "L/2" },
    ]);
  });

  test("of SOAP 1.1 has its envelope, its type and its action", async () => {
    const { soap, server } = await soapClient(answering(baux("")), { version: "1.1" });
    await soap.call("LireBaux", { Numero: "L/1" }, testCall());
    expect(server.received[0]?.headers).toMatchObject({
      "content-type": "text/xml; charset=utf-8",
      soapaction: '"urn:test:LireBaux"',
    });
    expect(parseXml(server.received[0]!.body).uri).toBe(
      "http://schemas.xmlsoap.org/soap/envelope/",
    );
  });

  test("has its elements in the order of the schema, and leaves out what is undefined", async () => {
    const { soap, server } = await soapClient(answering(baux("")));
    await soap.call("LireBaux", { Motif: "a", Numero: "L/1" }, testCall());
    await soap.call("LireBaux", { Motif: undefined, Numero: "L/1" }, testCall());
    const names = server.received.map(({ body }) =>
      find(parseXml(body), "LireBaux")[0]!.children.map(({ local }) => local),
    );
    expect(names).toEqual([["Numero", "Motif"], ["Numero"]]);
  });

  test("has the namespaces of the schemas that the types come from", async () => {
    const { soap, server } = await soapClient(answering(baux("")));
    const filter = { Depuis: "2026-01-01", Ville: ["Ivry", "Chartres"] };
    await soap.call("LireBaux", { Numero: "1", Filtre: filter }, testCall());
    const [sent] = find(parseXml(server.received[0]!.body), "Filtre");
    expect(sent).toMatchObject({
      uri: "urn:test:baux",
      children: [
        { local: "Ville", uri: "urn:test:commun", text: "Ivry" },
        { local: "Ville", uri: "urn:test:commun", text: "Chartres" },
        { local: "Depuis", uri: "urn:test:commun", text: "2026-01-01" },
      ],
    });
  });

  test("proves the password by a digest whose nonce is used once, and never sends it", async () => {
    const { soap, server } = await soapClient(answering(baux("")), { security });
    await Promise.all([1, 2, 3].map(() => soap.call("LireBaux", { Numero: "1" }, testCall())));
    const nonces = server.received.map(({ body }) => {
      const [nonce, created, digest] = ["Nonce", "Created", "Password"].map(
        (name) => textsOf(body, name)[0]!,
      );
      const hash = createHash("sha1")
        .update(Buffer.from(nonce!, "base64"))
        .update(created! + security.password);
      expect(digest).toBe(hash.digest("base64"));
      expect(textsOf(body, "Username")).toEqual([security.username]);
      expect(body).not.toContain("s3cret");
      return nonce;
    });
    expect(new Set(nonces).size).toBe(3);
  });

  test("in rpc style has its parameters by position, and null as nil", async () => {
    const answer = envelope(
      '<r:LireSoldeResponse xmlns:r="urn:test:rpc"><solde>1 234,56</solde></r:LireSoldeResponse>',
      "1.1",
    );
    const { soap, server } = await soapClient(answering(answer, 200, "text/xml"), {
      wsdl: wsdlFile("rpc.wsdl"),
      version: "1.1",
    });
    expect(await soap.call("LireSolde", { jour: null, bail: "L/1" }, testCall())).toEqual({
      solde: "1 234,56",
    });
    const [asked] = find(parseXml(server.received[0]!.body), "LireSolde");
    expect(asked?.children.map(({ local, text }) => [local, text])).toEqual([
      ["bail", "L/1"],
      ["jour", ""],
    ]);
    expect(asked?.children[1]?.attributes.get("nil")?.value).toBe("true");
    const absent = soap.call("LireSolde", { bail: "L/1" }, testCall());
    await expect(absent).rejects.toMatchObject({ code: "INTERNAL" });
    expect(server.received).toHaveLength(1);
  });
});

describe("E-11 what a tenant writes", () => {
  test("arrives equal, whatever it looks like", async () => {
    const { soap, server } = await soapClient(answering(baux("")));
    const markup = fc.constantFrom(
      "]]>",
      "<![CDATA[",
      "<a/>",
      "&x;",
      "&#0;",
      "<!--",
      "<?pi?>",
      "\r\n",
      "\t",
      "é",
      "😀",
      "'\"",
      " ",
    );
    const text = fc
      .array(fc.oneof(markup, fc.string({ unit: "grapheme" })))
      .map((parts) => parts.join(""));
    const sendable = text.filter(
      (value) => !/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(value),
    );
    await fc.assert(
      fc.asyncProperty(sendable, sendable, async (one, two) => {
        await soap.call("LireBaux", { Numero: [one, two], Motif: one }, testCall());
        const { body } = server.received.at(-1)!;
        expect(textsOf(body, "Numero")).toEqual([one, two]);
        expect(textsOf(body, "Motif")).toEqual([one]);
      }),
    );
  });

  test.each(["<![CDATA[]]><b:Evil/><![CDATA[]]>", "<![CDATA[x]]>", "x".repeat(100_000), "]]><a/>"])(
    "arrives equal, for instance %.40j",
    async (text) => {
      const { soap, server } = await soapClient(answering(baux("")));
      await soap.call("LireBaux", { Numero: [text], Motif: text }, testCall());
      expect(textsOf(server.received[0]!.body, "Numero")).toEqual([text]);
      expect(textsOf(server.received[0]!.body, "Motif")).toEqual([text]);
    },
  );

  test.each(["a\0b", "\u0008", "\u001f", "\ufffe", "half a pair \ud800"])(
    "is INVALID_INPUT when XML cannot hold it: %j",
    async (text) => {
      const { soap, server } = await soapClient(answering(baux("")));
      const sent = soap.call("LireBaux", { Numero: ["1", text] }, testCall());
      await expect(sent).rejects.toMatchObject({ code: "INVALID_INPUT" });
      expect(server.received).toHaveLength(0);
    },
  );
});

describe("a result", () => {
  test("has lists where the schemas have them, through imports of other namespaces", async () => {
    const content = `<b:Bail><c:Numero>1</c:Numero><c:Loyer>999999999999.99</c:Loyer><c:Fin>2026-02-31</c:Fin></b:Bail>`;
    const { soap } = await soapClient(answering(baux(content)));
    expect(await soap.call("LireBaux", { Numero: "1" }, testCall())).toEqual({
      Bail: [{ Numero: "1", Loyer: "999999999999.99", Fin: "2026-02-31", Signataire: [] }],
    });
  });

  test("has null for nil, and lists that the caller names", async () => {
    const content = `<b:Bail><c:Loyer xsi:nil="true"/><c:Signataire><c:Nom>é</c:Nom></c:Signataire></b:Bail>`;
    const { soap } = await soapClient(answering(baux(content)), { arrays: ["Nom"] });
    expect(await soap.call("LireBaux", { Numero: "1" }, testCall())).toEqual({
      Bail: [{ Loyer: null, Signataire: [{ Nom: ["é"] }] }],
    });
  });

  test("is the call's own, however many there are at once", async () => {
    const { soap } = await soapClient(async (response, { body }) => {
      const [number] = textsOf(body, "Numero");
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
      response.end(baux(`<b:Bail><c:Numero>${number}</c:Numero></b:Bail>`));
    });
    const numbers = Array.from({ length: 50 }, (_, n) => `L/${n}`);
    const answers = await Promise.all(
      numbers.map((Numero) => soap.call("LireBaux", { Numero }, testCall())),
    );
    expect(answers).toEqual(numbers.map((Numero) => ({ Bail: [{ Numero, Signataire: [] }] })));
  });
});

describe("a caller who gives up", () => {
  test("stops the exchange", async () => {
    const { soap, server, io } = await soapClient(() => {});
    const controller = new AbortController();
    const asked = soap.call("LireBaux", { Numero: "1" }, testCall(controller.signal));
    await until(() => server.received.length === 1);
    controller.abort();
    await expect(asked).rejects.toMatchObject({
      code: "TIMEOUT",
      message: expect.stringMatching(/^test-landlord: LireBaux: /),
    });
    await until(() => server.connections.open.size === 0 && io.taken() === 0);
  });
});

describe("a WSDL", () => {
  test("E-03 that names a file on a server is refused, and nobody is asked", async () => {
    const elsewhere = await serve((response) => void response.end("<schema/>"));
    const folder = await mkdtemp(`${tmpdir()}/wsdl-`);
    try {
      const text = await readFile(wsdlFile("document.wsdl"), "utf8");
      await writeFile(`${folder}/a.wsdl`, text.replace("baux.xsd", `${elsewhere.url}/baux.xsd`));
      const options = {
        wsdl: `${folder}/a.wsdl`,
        endpoint: elsewhere.url,
        version: "1.2",
      } as const;
      await expect(createSoapClient(testIo(), options)).rejects.toMatchObject({ code: "INTERNAL" });
      expect(elsewhere.connections.made).toBe(0);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test("that is not there is INTERNAL, as is an operation that it does not have", async () => {
    const options = {
      wsdl: wsdlFile("none.wsdl"),
      endpoint: "http://127.0.0.1:1",
      version: "1.2",
    } as const;
    await expect(createSoapClient(testIo(), options)).rejects.toMatchObject({ code: "INTERNAL" });
    const { soap } = await soapClient(answering(baux("")));
    await expect(soap.call("Effacer", {}, testCall())).rejects.toMatchObject({
      code: "INTERNAL",
      message: "test-landlord: Effacer: The WSDL has no operation Effacer",
    });
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { collect } from "./collect.ts";
import { answering, envelope, soapClient, wsdlFile } from "./fixtures/soap.ts";
import { testCall, testIo, until, type Answerer } from "./fixtures/server.ts";
import { readInline } from "./soap-inline.ts";

const rpc = (content: string) =>
  envelope(`<r:LireSoldeResponse xmlns:r="urn:test:rpc">${content}</r:LireSoldeResponse>`, "1.1");
const answer = (base64: string) =>
  rpc(`<code>OK</code><f><nom>été</nom><contenu>${base64}</contenu></f><fin/>`);
const fault = envelope("<s:Fault><faultcode>s:Server</faultcode></s:Fault>", "1.1");
const bad = expect.objectContaining({
  code: "BAD_RESPONSE",
  message: expect.stringMatching(/^test-landlord: LireSolde: /),
});

async function open(answerer: Answerer, signal?: AbortSignal) {
  const options = { wsdl: wsdlFile("rpc.wsdl"), version: "1.1" } as const;
  const { soap, io, server } = await soapClient(answerer, options);
  const opened = soap.openInline(
    "LireSolde",
    { bail: "L/1", jour: "" },
    "contenu",
    testCall(signal),
  );
  return { opened, io, server };
}

const openText = async (text: string) => (await open(answering(text, 200, "text/xml"))).opened;

describe("a file inside an answer", () => {
  test("comes with what stood before it", async () => {
    const { answer: found, file } = await openText(answer("UXVpIHZpdmU="));
    expect(found).toMatchObject({ code: "OK", f: { nom: "été", contenu: "" } });
    expect(Buffer.from(await collect(file!)).toString()).toBe("Qui vive");
  });

  test("is null where there is no such element", async () => {
    expect(await openText(rpc("<code>NOT_FOUND</code>"))).toEqual({
      answer: { code: "NOT_FOUND" },
      file: null,
    });
  });

  test("is decoded as it is asked for, and closed when nobody asks any more", async () => {
    const line = "A".repeat(65_536);
    const { opened, io, server } = await open((response) => {
      response.writeHead(200, { "content-type": "text/xml" });
      const [before] = answer("|").split("|");
      response.write(before);
      const more = () => {
        while (!response.destroyed && response.write(line));
      };
      response.on("drain", more);
      more();
    });
    const { file } = await opened;
    expect(io.taken()).toBe(1);
    let seen = 0;
    for await (const bytes of file!) {
      seen += bytes.length;
      if (seen > 1_000_000) break;
    }
    await until(() => io.taken() === 0 && server.connections.open.size === 0);
  });

  test("that nobody reads is closed by leaving it", async () => {
    const { opened, io } = await open((response) => {
      response.writeHead(200, { "content-type": "text/xml" });
      response.write(answer("|").split("|")[0]! + "A".repeat(2000));
    });
    const { file } = await opened;
    await file![Symbol.asyncIterator]().return?.();
    await until(() => io.taken() === 0);
  });

  test.each<[string, string]>([
    ["is no base64", answer("é")],
    ["ends in the middle", answer("UXVpI")],
    ["has elements inside", answer("UXVp<b/>")],
    ["comes twice", answer("UXVp</contenu><contenu>UXVp")],
    ["is cut, and the message with it", answer("UXVp".repeat(2000)).slice(0, 4000)],
    [
      "stands in a message that is not well-formed behind it",
      answer("UXVp").replace("<fin/>", "<fin>"),
    ],
  ])("that %s is BAD_RESPONSE", async (_what, text) => {
    const read = async () => collect((await openText(text)).file!);
    await expect(read()).rejects.toEqual(bad);
  });

  test.each<[string, string]>([
    ["a page", "<!DOCTYPE html><html><body>Module désactivé</body></html>"],
    ["another result", answer("").replaceAll("LireSoldeResponse", "LireBailResponse")],
    ["no SOAP message", "<contenu>UXVp</contenu>"],
    ["a DOCTYPE behind a long comment", `<!--${" ".repeat(900)}--><!DOCTYPE a><a/>`],
    ["nothing", ""],
    ["XML that is not well-formed", rpc("<a>")],
  ])("is BAD_RESPONSE where there is %s", async (_what, text) => {
    await expect(openText(text)).rejects.toEqual(bad);
  });

  test("is a Fault where the ERP has one, in a 200 or a 500", async () => {
    await expect(openText(fault)).rejects.toMatchObject({ code: "s:Server" });
    const { opened } = await open(answering(fault, 500, "text/xml"));
    await expect(opened).rejects.toMatchObject({ code: "s:Server" });
  });

  test("is UNAVAILABLE when a page comes with a 202", async () => {
    const { opened, io } = await open(answering("<html></html>", 202, "text/html"));
    await expect(opened).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await until(() => io.taken() === 0);
  });

  test("may begin late, but not later than the limit for a message", async () => {
    const long = rpc(`<a>${"x".repeat(5000)}</a><contenu>UXVp</contenu>`);
    const reading = {
      io: testIo(),
      label: "",
      name: "LireSoldeResponse",
      shape: {},
      headers: {},
      lists: new Set<string>(),
    };
    const from = async (maxBytes: number) =>
      readInline({ status: 200, headers: {}, body: inPieces(long, [500]) }, "contenu", {
        ...reading,
        maxBytes,
      });
    expect(Buffer.from(await collect((await from(6000)).file!)).toString()).toBe("Qui");
    await expect(from(4000)).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });

  test("is the same however the network cuts it", async () => {
    const reading = {
      io: testIo(),
      label: "",
      name: "LireSoldeResponse",
      shape: {},
      headers: {},
      lists: new Set<string>(),
      maxBytes: 1e6,
    };
    const sizes = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), sizes, async (bytes, cuts) => {
        const text = answer(Buffer.from(bytes).toString("base64"));
        const http = { status: 200, headers: {}, body: inPieces(text, cuts) };
        const { answer: found, file } = await readInline(http, "contenu", reading);
        expect(found).toMatchObject({ f: { nom: "été" } });
        expect(Buffer.from(await collect(file!))).toEqual(Buffer.from(bytes));
      }),
      { numRuns: 60 },
    );
  });
});

async function* inPieces(text: string, sizes: number[]): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length]!;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

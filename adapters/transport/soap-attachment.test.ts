import { describe, expect, test } from "vitest";
import { collect } from "./collect.ts";
import { answering, baux, envelope, soapClient } from "./fixtures/soap.ts";
import { testCall, until, type Answerer } from "./fixtures/server.ts";
import type { SoapOptions } from "./soap.ts";

const type = 'multipart/related; type="application/xop+xml"; start="<root@x>"; boundary="b1"';
const include = '<i:Include xmlns:i="http://www.w3.org/2004/08/xop/include" href="cid:file%40x"/>';
const withFile = baux(`<b:Fichier>${include}</b:Fichier>`);
const rootPart = (text: string, partType = 'application/xop+xml; charset=UTF-8; type="text/xml"') =>
  `--b1\r\nContent-Type: ${partType}\r\nContent-ID: <root@x>\r\n\r\n${text}\r\n`;
const filePart =
  "--b1\r\nContent-Type: application/pdf\r\nContent-ID: <file@x>\r\nContent-Transfer-Encoding: binary\r\n\r\n";
const end = "\r\n--b1--\r\n";

async function opening(answer: Answerer, options: Partial<SoapOptions> = {}) {
  const { soap, ...rest } = await soapClient(answer, options);
  return { ...rest, soap, opened: soap.open("LireBaux", { Numero: "1" }, testCall()) };
}

const badResponse = expect.objectContaining({
  code: "BAD_RESPONSE",
  message: expect.stringMatching(/^test-landlord: LireBaux: /),
});

describe("an answer with a file", () => {
  test("gives the answer, and the file with its type", async () => {
    const { opened, io } = await opening(
      answering(rootPart(withFile) + filePart + "%PDF-1.7\r\n--b" + end, 200, type),
    );
    const { answer, attachment } = await opened;
    expect(answer).toEqual({ Bail: [], Fichier: "cid:file%40x" });
    expect(attachment?.contentType).toBe("application/pdf");
    expect(String(await collect(attachment!.body))).toBe("%PDF-1.7\r\n--b");
    await until(() => io.taken() === 0);
  });

  test("is read in the encoding of its root part", async () => {
    const text = baux("<b:Bail><c:Numero>é</c:Numero></b:Bail>");
    const root = rootPart(text, "application/xop+xml; charset=ISO-8859-1");
    const { opened } = await opening(
      answering(Buffer.from(root + filePart + end, "latin1"), 200, type),
    );
    expect((await opened).answer).toMatchObject({ Bail: [{ Numero: "é" }] });
  });

  test("gives the first bytes before the server has sent the last, and 20 MB after them", async () => {
    let send = () => {};
    const { opened } = await opening((response) => {
      response.writeHead(200, { "content-type": type });
      response.write(rootPart(withFile) + filePart + "%PDF-1.7 and more than a boundary");
      send = () => {
        for (let n = 0; n < 320; n++) response.write(Buffer.alloc(65_536));
        response.end(end);
      };
    });
    const chunks = (await opened).attachment!.body[Symbol.asyncIterator]();
    const first = await chunks.next();
    expect(String(first.value)).toMatch(/^%PDF/);
    send();
    let size = 0;
    for (let next = await chunks.next(); !next.done; next = await chunks.next())
      size += next.value.length;
    expect(size).toBeGreaterThan(20 * 1024 * 1024);
  });

  test("ends with the file, though the server goes on", async () => {
    const { opened, io } = await opening((response) => {
      response.writeHead(200, { "content-type": type });
      response.write(`${rootPart(withFile)}${filePart}%PDF${end}an epilogue`);
    });
    expect(String(await collect((await opened).attachment!.body))).toBe("%PDF");
    await until(() => io.taken() === 0);
  });

  test("frees its place and its connection when the reader leaves", async () => {
    const { opened, io, server } = await opening((response) => {
      response.writeHead(200, { "content-type": type });
      response.write(rootPart(withFile) + filePart + "more than one boundary is long");
    });
    for await (const chunk of (await opened).attachment!.body) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    await until(() => io.taken() === 0 && server.connections.open.size === 0);
  });

  test("may be asked for by call, which leaves the file aside", async () => {
    const { soap } = await soapClient(
      answering(rootPart(withFile) + filePart + "%PDF" + end, 200, type),
    );
    const answer = await soap.call("LireBaux", { Numero: "1" }, testCall());
    expect(answer).toEqual({ Bail: [], Fichier: "cid:file%40x" });
  });

  test("throws BAD_RESPONSE from the file when it is cut", async () => {
    const { opened } = await opening(
      answering(rootPart(withFile) + filePart + "%PDF-1.7", 200, type),
    );
    const { attachment } = await opened;
    await expect(collect(attachment!.body)).rejects.toEqual(badResponse);
  });

  test("throws TIMEOUT from the file when it takes longer than all of it may", async () => {
    const { opened } = await opening(
      (response) => {
        response.writeHead(200, { "content-type": type });
        response.write(rootPart(withFile) + filePart);
        const timer = setInterval(() => response.write("x"), 20);
        response.on("close", () => clearInterval(timer));
      },
      { limits: { streamMs: 300 } },
    );
    const { attachment } = await opened;
    await expect(collect(attachment!.body)).rejects.toMatchObject({ code: "TIMEOUT" });
  });
});

describe("without a file", () => {
  test("a plain answer has none", async () => {
    const { opened, io } = await opening(answering(baux("")));
    expect(await opened).toEqual({ answer: { Bail: [] }, headers: {}, attachment: null });
    await until(() => io.taken() === 0);
  });

  test("an answer of one part has none", async () => {
    const { opened, io } = await opening(answering(rootPart(baux("")) + end.slice(2), 200, type));
    expect(await opened).toEqual({ answer: { Bail: [] }, headers: {}, attachment: null });
    await until(() => io.taken() === 0);
  });

  test("a Fault, in parts or not, is a SoapFault", async () => {
    const fault = envelope("<s:Fault><s:Code><s:Value>s:Sender</s:Value></s:Code></s:Fault>");
    const plain = await opening(answering(fault, 500));
    await expect(plain.opened).rejects.toMatchObject({ name: "SoapFault", code: "s:Sender" });
    const parts = await opening(answering(rootPart(fault) + end, 200, type));
    await expect(parts.opened).rejects.toMatchObject({ name: "SoapFault", code: "s:Sender" });
    await until(() => plain.io.taken() + parts.io.taken() === 0);
  });
});

describe("is BAD_RESPONSE, and frees its place,", () => {
  const base64 = filePart.replace("binary", "base64");
  test.each<[string, string, string]>([
    ["when there is no boundary", rootPart(withFile) + filePart + end, "multipart/related"],
    [
      "when there is another boundary",
      rootPart(withFile) + filePart + end,
      "multipart/related; boundary=b2",
    ],
    ["when there is no part", "--b1--\r\n", type],
    ["when it ends in the root part", rootPart(withFile).slice(0, 200), type],
    ["when it ends before the file", rootPart(withFile), type],
    ["when the file does not come", rootPart(withFile) + end, type],
    [
      "when another file comes",
      rootPart(withFile) + filePart.replace("file@x", "other@x") + end,
      type,
    ],
    ["when the file is in base64", rootPart(withFile) + base64 + end, type],
    ["when the root part is a page", rootPart("<html/>") + filePart + end, type],
  ])("%s", async (_what, body, contentType) => {
    const { opened, io } = await opening(answering(body, 200, contentType));
    await expect(opened).rejects.toEqual(badResponse);
    await until(() => io.taken() === 0);
  });

  test("when the message is larger than it may be", async () => {
    const large = baux(`<b:Bail><c:Numero>${"1".repeat(20_000)}</c:Numero></b:Bail>`);
    for (const answer of [
      answering(large),
      answering(rootPart(large) + filePart + end, 200, type),
    ]) {
      const { opened } = await opening(answer, { limits: { maxDecodedBytes: 10_000 } });
      await expect(opened).rejects.toEqual(badResponse);
    }
  });
});

import { describe, expect, onTestFinished, test } from "vitest";
import type { ErrorCode } from "../ports/errors.ts";
import { collect } from "./collect.ts";
import { serve, testCall, testIo, until, type Answerer } from "./fixtures/server.ts";
import { createRestClient } from "./rest.ts";

async function clientOf(answer: Answerer) {
  const server = await serve(answer);
  const io = testIo();
  const rest = createRestClient(io, {
    baseUrl: server.url,
    headers: { "x-client-secret": "s3cret" },
  });
  onTestFinished(() => rest.close());
  return { server, io, rest };
}

const answering =
  (status: number, body: string | Buffer, type = "application/json"): Answerer =>
  (response) =>
    void response.writeHead(status, { "content-type": type }).end(body);

const coded = (code: ErrorCode) => expect.objectContaining({ code });

describe("get", () => {
  test("gives the data, the status and the headers", async () => {
    const { rest, server } = await clientOf((response) => {
      response.writeHead(200, { "content-type": "application/json", etag: '"1"' }).end('{"a":"é"}');
    });
    const options = { query: { debut: "2026-01-01" }, headers: { "if-none-match": '"0"' } };
    const answer = await rest.get("/contrats", options, testCall());
    expect(answer).toMatchObject({ status: 200, headers: { etag: '"1"' }, data: { a: "é" } });
    expect(server.received[0]).toMatchObject({
      method: "GET",
      url: "/contrats?debut=2026-01-01",
      headers: { accept: "application/json", "if-none-match": '"0"', "x-client-secret": "s3cret" },
    });
  });

  test.each([204, 304])("gives no data for an expected %i", async (status) => {
    const { rest } = await clientOf((response) => void response.writeHead(status).end());
    const { data } = await rest.get("/a", { expect: [200, status] }, testCall());
    expect(data).toBeUndefined();
  });

  test.each([
    "application/json",
    "application/json; charset=utf-8",
    "text/json",
    "application/hal+json",
  ])("reads %s", async (type) => {
    const { rest } = await clientOf(answering(200, "[1]", type));
    expect((await rest.get("/a", {}, testCall())).data).toEqual([1]);
  });

  test.each<[string, Answerer]>([
    ["HTML", answering(200, "<!DOCTYPE html><html></html>", "text/html")],
    ["HTML that calls itself JSON", answering(200, "<html></html>")],
    ["octets", answering(200, "{}", "application/octet-stream")],
    ["no type at all", (response) => void response.end("{}")],
    ["an empty body", answering(200, "")],
    ["half of it", answering(200, '{"a": [1')],
    ["a key twice", answering(200, '{"a": 1, "a": 2}')],
    ["bytes that are no UTF-8", answering(200, Buffer.from('"é"', "latin1"))],
  ])("E-13 is BAD_RESPONSE for a 200 with %s", async (_what, answer) => {
    const { rest } = await clientOf(answer);
    await expect(rest.get("/a", {}, testCall())).rejects.toEqual(coded("BAD_RESPONSE"));
  });
});

describe("send", () => {
  test.each(["PUT", "POST"] as const)("%s sends JSON as UTF-8", async (method) => {
    const { rest, server } = await clientOf(answering(200, "{}"));
    await rest.send(method, "/a", { body: { json: { nom: "Œuvrard 💧" } } }, testCall());
    const { headers, body } = server.received[0]!;
    expect(headers["content-type"]).toBe("application/json");
    expect(JSON.parse(body)).toEqual({ nom: "Œuvrard 💧" });
  });

  test("sends JSON of another type where the ERP insists on it", async () => {
    const { rest, server } = await clientOf(answering(201, ""));
    const body = { json: { a: null }, type: "application/merge-patch+json" };
    await rest.send("PATCH", "/a", { body, expect: [201] }, testCall());
    const { headers, body: sent } = server.received[0]!;
    expect([headers["content-type"], sent]).toEqual([body.type, '{"a":null}']);
  });

  test("sends a form of fields, lists as a field for each, and leaves out what is not there", async () => {
    const { rest, server } = await clientOf(answering(201, ""));
    const fields = { nom: "Œ & 💧=", n: 3, b: false, c: ["1", "2"], d: undefined, e: null, f: [] };
    await rest.send("POST", "/a", { body: { fields }, expect: [201] }, testCall());
    const { headers, body } = server.received[0]!;
    expect(headers["content-type"]).toMatch(/^application\/x-www-form-urlencoded/);
    expect([...new URLSearchParams(body)]).toEqual([
      ["nom", "Œ & 💧="],
      ["n", "3"],
      ["b", "false"],
      ["c", "1"],
      ["c", "2"],
    ]);
  });

  test("sends a form with its files, byte by byte", async () => {
    const { rest, server } = await clientOf(answering(201, ""));
    const bytes = Uint8Array.from({ length: 512 }, (_, i) => i % 256);
    const form = new FormData();
    form.append("photo", new Blob([bytes], { type: "image/png" }), "é.png");
    const options = { body: { form }, expect: [201] };
    expect((await rest.send("POST", "/a", options, testCall())).data).toBeUndefined();
    const { headers, bytes: sent } = server.received[0]!;
    const type = { "content-type": headers["content-type"]! };
    const received = await new Response(sent, { headers: type }).formData();
    const photo = received.get("photo") as File;
    expect([photo.name, photo.type]).toEqual(["é.png", "image/png"]);
    expect(new Uint8Array(await photo.arrayBuffer())).toEqual(bytes);
  });

  test.each([
    [401, true],
    [403, true],
    [429, true],
    [404, false],
    [500, false],
    [503, false],
  ])("says of %i whether it is certain that nothing was applied", async (status, notApplied) => {
    const { rest } = await clientOf(answering(status, "{}"));
    const sent = rest.send("POST", "/a", {}, testCall());
    await expect(sent).rejects.toMatchObject({ notApplied });
  });
});

describe("a status that is not expected", () => {
  test.each<[number, ErrorCode]>([
    [201, "BAD_RESPONSE"],
    [204, "BAD_RESPONSE"],
    [302, "BAD_RESPONSE"],
    [400, "BAD_RESPONSE"],
    [401, "UNAVAILABLE"],
    [403, "UNAVAILABLE"],
    [404, "NOT_FOUND"],
    [408, "TIMEOUT"],
    [409, "BAD_RESPONSE"],
    [429, "RATE_LIMITED"],
    [500, "UNAVAILABLE"],
    [503, "UNAVAILABLE"],
    [504, "TIMEOUT"],
  ])("%i is %s, for get and for open", async (status, code) => {
    const { rest, io, server } = await clientOf(
      (response) => void response.writeHead(status).end(),
    );
    const message = `test-landlord: GET /contrats/*: answered ${status}`;
    await expect(rest.get("/contrats/7", {}, testCall())).rejects.toMatchObject({ code, message });
    await expect(rest.open("/contrats/7", {}, testCall())).rejects.toMatchObject({ code, message });
    await until(() => io.taken() === 0);
    expect(server.received).toHaveLength(2);
  });

  test("is UNAVAILABLE for 202 with a page, even where 202 is expected", async () => {
    const { rest } = await clientOf(
      answering(202, "<html>down</html>", "text/html; charset=utf-8"),
    );
    const options = { expect: [200, 202] };
    await expect(rest.get("/a", options, testCall())).rejects.toEqual(coded("UNAVAILABLE"));
  });

  test("is told in the log when our credentials are refused, without them", async () => {
    const { rest, io } = await clientOf(answering(401, "{}"));
    await expect(rest.get("/a", {}, testCall())).rejects.toEqual(coded("UNAVAILABLE"));
    expect(io.logged).toMatchObject([{ level: "error", details: { status: 401 } }]);
    expect(JSON.stringify(io.logged)).not.toContain("s3cret");
  });
});

describe("open", () => {
  test("gives the bytes as they come", async () => {
    const { rest } = await clientOf(answering(200, "%PDF-1.7", "application/pdf"));
    const { headers, body } = await rest.open("/a", {}, testCall());
    expect(headers["content-type"]).toBe("application/pdf");
    expect(String(await collect(body))).toBe("%PDF-1.7");
  });

  test("refuses a page in the place of a file, and lets the connection go", async () => {
    const { rest, io, server } = await clientOf((response) => {
      response.writeHead(200, { "content-type": "text/html" }).write("<html>");
    });
    await expect(rest.open("/a", {}, testCall())).rejects.toEqual(coded("BAD_RESPONSE"));
    await until(() => io.taken() === 0 && server.connections.open.size === 0);
  });
});

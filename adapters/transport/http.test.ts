import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { inspect } from "node:util";
import { randomBytes } from "node:crypto";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { clientAt, clientOf, coded, get } from "./fixtures/http.ts";
import { serve, testCall, until, type Answerer } from "./fixtures/server.ts";

describe("what is sent", () => {
  test("has the caller's method, path, query, headers and body", async () => {
    const { http, server } = await clientOf((response) => void response.end());
    const request = {
      method: "POST",
      path: "/a%2Fb",
      query: { c: "é" },
      headers: { "x-one": "1" },
      body: '{"a":"é"}',
    } as const;
    await http.send(request, testCall());
    expect(server.received[0]).toMatchObject({
      method: "POST",
      url: "/a%2Fb?c=%C3%A9",
      headers: { "x-one": "1", authorization: "Bearer s3cret", "x-request-id": "request-1" },
      body: '{"a":"é"}',
    });
  });

  test("F-01 goes nowhere when the path would leave the ERP", async () => {
    const { http, server } = await clientOf((response) => void response.end());
    const path = "//127.0.0.1/";
    await expect(http.send({ method: "GET", path }, testCall())).rejects.toEqual(
      coded("INVALID_INPUT"),
    );
    expect(server.received).toHaveLength(0);
  });

  test.each(["169.254.169.254", "2852039166", "[::ffff:169.254.169.254]", "[fe80::1]"])(
    "F-01 goes nowhere when the ERP is said to be at %s",
    async (host) => {
      const { http } = clientAt(`http://${host}`);
      await expect(http.send(get, testCall())).rejects.toMatchObject({
        code: "UNAVAILABLE",
        message: expect.stringContaining("ERR_IP_BLOCKED"),
        notApplied: true,
      });
    },
  );

  test("goes straight to the ERP, whatever proxy the environment names", async () => {
    const proxy = await serve((response) => void response.end("proxy"));
    vi.stubEnv("HTTP_PROXY", proxy.url);
    vi.stubEnv("http_proxy", proxy.url);
    onTestFinished(() => void vi.unstubAllEnvs());
    const { http } = await clientOf((response) => void response.end("ERP"));
    expect(String((await http.send(get, testCall())).bytes)).toBe("ERP");
    expect(proxy.connections.made).toBe(0);
  });

  test("ten calls, one after the other, use one connection", async () => {
    const { http, server } = await clientOf((response) => void response.end("x"));
    for (let n = 0; n < 10; n++) await http.send(get, testCall());
    expect(server.connections.made).toBe(1);
  });
});

describe("what comes back", () => {
  test("is the status, the headers and the bytes, whatever the status", async () => {
    const { http } = await clientOf((response) => {
      response
        .writeHead(418, { "X-Thing": "a", "Set-Cookie": ["b", "c"] })
        .end(Buffer.from([0, 255]));
    });
    const answer = await http.send(get, testCall());
    expect(answer.status).toBe(418);
    expect(answer.headers).toMatchObject({ "x-thing": "a", "set-cookie": "b, c" });
    expect([...answer.bytes]).toEqual([0, 255]);
  });

  test.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
    ["identity", (bytes: Buffer) => bytes],
  ])("is decompressed from %s", async (encoding, compress) => {
    const { http } = await clientOf((response) => {
      response.writeHead(200, { "content-encoding": encoding }).end(compress(Buffer.from("été")));
    });
    const { bytes } = await http.send(get, testCall());
    expect(Buffer.from(bytes).toString()).toBe("été");
  });

  test("is nothing for 204, though it names an encoding", async () => {
    const { http } = await clientOf((response) => {
      response.writeHead(204, { "content-encoding": "gzip" }).end();
    });
    expect((await http.send(get, testCall())).bytes).toHaveLength(0);
  });

  test.each([
    ["an unknown encoding", "zstd", Buffer.from("abc")],
    ["two encodings", "gzip, gzip", gzipSync(gzipSync("abc"))],
    ["gzip that is none", "gzip", Buffer.from("abc")],
    ["gzip that is cut", "gzip", gzipSync("abc".repeat(100)).subarray(0, 20)],
  ])("is BAD_RESPONSE for %s", async (_what, encoding, bytes) => {
    const { http } = await clientOf((response) => {
      response.writeHead(200, { "content-encoding": encoding }).end(bytes);
    });
    await expect(http.send(get, testCall())).rejects.toEqual(coded("BAD_RESPONSE"));
  });
});

describe("limits of size", () => {
  test("E-01 cut an endless body", async () => {
    const { http, server } = await clientOf(
      (response) => {
        const write = () => {
          while (!response.destroyed && response.write(Buffer.alloc(16_384)));
        };
        response.on("drain", write);
        write();
      },
      { maxBytes: 100_000 },
    );
    await expect(http.send(get, testCall())).rejects.toEqual(coded("BAD_RESPONSE"));
    await until(() => server.connections.open.size === 0);
  });

  test.each([
    ["gzip", gzipSync],
    ["br", brotliCompressSync],
  ])("E-01 cut a %s bomb", async (encoding, compress) => {
    const bomb = compress(Buffer.alloc(50_000_000));
    const { http } = await clientOf(
      (response) => void response.writeHead(200, { "content-encoding": encoding }).end(bomb),
    );
    await expect(http.send(get, testCall())).rejects.toMatchObject({
      code: "BAD_RESPONSE",
      message: "test-landlord: GET /thing: An answer that unpacks without end",
    });
  });

  test("are of what is unpacked, too", async () => {
    const packed = gzipSync(randomBytes(750_000).toString("hex"));
    const { http } = await clientOf(
      (response) => void response.writeHead(200, { "content-encoding": "gzip" }).end(packed),
      { maxDecodedBytes: 1_000_000 },
    );
    await expect(http.send(get, testCall())).rejects.toMatchObject({
      code: "BAD_RESPONSE",
      message: "test-landlord: GET /thing: An answer of more than 1000000 bytes",
    });
  });

  test("let a long answer of blanks and repetitions pass", async () => {
    const rows = Array.from({ length: 20_000 }, (_, row) => `      <Ligne>${row}</Ligne>\n`).join(
      "",
    );
    const { http } = await clientOf(
      (response) =>
        void response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(rows.repeat(3))),
    );
    expect((await http.send(get, testCall())).bytes).toHaveLength(rows.length * 3);
  });

  test("let a body pass that has exactly the size", async () => {
    const { http } = await clientOf((response) => void response.end(Buffer.alloc(1000)), {
      maxBytes: 1000,
    });
    expect((await http.send(get, testCall())).bytes).toHaveLength(1000);
  });

  test("E-01 refuse headers without end", async () => {
    const { http } = await clientOf((response) => {
      response.socket!.write(`HTTP/1.1 200 OK\r\n${"x-filler: 0123456789\r\n".repeat(5000)}`);
    });
    await expect(http.send(get, testCall())).rejects.toEqual(coded("BAD_RESPONSE"));
  });
});

describe("the deadline", () => {
  test.each<[string, Answerer]>([
    ["nothing comes", () => {}],
    [
      "headers drip",
      (response) => {
        const { socket } = response;
        socket!.write("HTTP/1.1 200 OK\r\nx-a: ");
        drip(() => socket!.write("a"), socket!);
      },
    ],
    [
      "the body drips",
      (response) => {
        response.write("a");
        drip(() => response.write("a"), response.socket!);
      },
    ],
  ])("is TIMEOUT when %s, and closes the connection", async (_what, answer) => {
    const { http, io, server } = await clientOf(answer, { timeoutMs: 200 });
    await expect(http.send(get, testCall())).rejects.toEqual(coded("TIMEOUT"));
    await until(() => server.connections.open.size === 0);
    expect(io.taken()).toBe(0);
  });

  function drip(write: () => void, socket: Socket) {
    const timer = setInterval(write, 20);
    socket.on("close", () => clearInterval(timer));
  }
});

describe("a caller who gives up", () => {
  test.each([
    ["before the headers", false],
    ["in the middle of the body", true],
  ])("%s gets TIMEOUT, and the place and the connection are free", async (_what, begin) => {
    const { http, io, server } = await clientOf((response) => void (begin && response.write("a")));
    const controller = new AbortController();
    const sent = http.send(get, testCall(controller.signal));
    await until(() => server.received.length === 1);
    expect(io.taken()).toBe(1);
    controller.abort();
    await expect(sent).rejects.toEqual(coded("TIMEOUT"));
    await until(() => server.connections.open.size === 0);
    expect(io.taken()).toBe(0);
  });

  test("before anything was sent, sends nothing", async () => {
    const { http, server } = await clientOf((response) => void response.end());
    await expect(http.send(get, testCall(AbortSignal.abort()))).rejects.toEqual(coded("TIMEOUT"));
    expect(server.received).toHaveLength(0);
  });
});

describe("a redirect", () => {
  test("F-02 is handed over and not followed, to another host or the same", async () => {
    const elsewhere = await serve((response) => void response.end());
    const { http, server } = await clientOf((response, { url }) => {
      const location = url === "/thing" ? elsewhere.url : "/other";
      response.writeHead(302, { location }).end();
    });
    expect((await http.send(get, testCall())).status).toBe(302);
    expect((await http.send({ ...get, path: "/same" }, testCall())).status).toBe(302);
    expect(elsewhere.connections.made).toBe(0);
    expect(server.received.map(({ url }) => url)).toEqual(["/thing", "/same"]);
  });
});

describe("a broken connection", () => {
  test("is UNAVAILABLE when it is refused", async () => {
    const port = await freePort();
    const { http } = clientAt(`http://127.0.0.1:${port}`);
    await expect(http.send(get, testCall())).rejects.toMatchObject({
      code: "UNAVAILABLE",
      message: "test-landlord: GET /thing: no answer (ECONNREFUSED)",
    });
  });

  test("is UNAVAILABLE when the host has no address", async () => {
    const { http } = clientAt("http://erp.invalid");
    await expect(http.send(get, testCall())).rejects.toEqual(coded("UNAVAILABLE"));
  });

  test("is UNAVAILABLE when it is cut before an answer", async () => {
    const { http } = await clientOf((response) => void response.socket!.destroy());
    await expect(http.send(get, testCall())).rejects.toEqual(coded("UNAVAILABLE"));
  });

  test.each<[string, Answerer]>([
    ["of a known length", (response) => cut(response.writeHead(200, { "content-length": 100 }))],
    ["in chunks", (response) => cut(response)],
  ])("is BAD_RESPONSE when it is cut in a body %s", async (_what, answer) => {
    const { http } = await clientOf(answer);
    await expect(http.send(get, testCall())).rejects.toEqual(coded("BAD_RESPONSE"));
  });

  function cut(response: ServerResponse) {
    response.write("abc", () => response.socket!.destroy());
  }

  test("is BAD_RESPONSE when it is not HTTP that comes", async () => {
    const { http } = await clientOf(
      (response) => void response.socket!.end("220 mail.example ESMTP\r\n"),
    );
    await expect(http.send(get, testCall())).rejects.toEqual(coded("BAD_RESPONSE"));
  });

  test("F-05 says nothing of our credentials in the error", async () => {
    const { http } = clientAt(`http://127.0.0.1:${await freePort()}`);
    const error: unknown = await http.send(get, testCall()).catch((reason: unknown) => reason);
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain("s3cret");
  });

  async function freePort(): Promise<number> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, "close");
    return port;
  }
});

test("closing ends what is running with UNAVAILABLE, and leaves no connection", async () => {
  const { http, server } = await clientOf(
    (response, { url }) => void (url === "/thing" && response.end()),
  );
  await http.send(get, testCall());
  const hanging = http.send({ ...get, path: "/hang" }, testCall());
  const refused = expect(hanging).rejects.toEqual(coded("UNAVAILABLE"));
  await until(() => server.received.length === 2);
  await http.close();
  await refused;
  await until(() => server.connections.open.size === 0);
});

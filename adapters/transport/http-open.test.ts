import { describe, expect, test } from "vitest";
import { collect } from "./collect.ts";
import { clientOf, coded, get } from "./fixtures/http.ts";
import { testCall, until, type Answerer } from "./fixtures/server.ts";

describe("an opened body", () => {
  test("is read while the server still sends, and holds its place until it ends", async () => {
    let finish = () => {};
    const { http, io } = await clientOf((response) => {
      response.write("first ");
      finish = () => void response.end("last");
    });
    const { body } = await http.open(get, testCall());
    const chunks = body[Symbol.asyncIterator]();
    expect(String((await chunks.next()).value)).toBe("first ");
    expect(io.taken()).toBe(1);
    finish();
    expect(String((await chunks.next()).value)).toBe("last");
    expect((await chunks.next()).done).toBe(true);
    await until(() => io.taken() === 0);
  });

  test("that is left early closes the connection and frees the place", async () => {
    const { http, io, server } = await clientOf((response) => void response.write("first "));
    const { body } = await http.open(get, testCall());
    for await (const chunk of body) {
      expect(String(chunk)).toBe("first ");
      break;
    }
    await until(() => io.taken() === 0 && server.connections.open.size === 0);
  });

  test.each<[string, Answerer]>([
    ["comes to its end", (response) => void response.end("a")],
    ["does not end", (response) => void response.write("a")],
  ])("that nobody reads and that %s gives its place back after a time", async (_what, answer) => {
    const { http, io } = await clientOf(answer, { unreadMs: 100 });
    const { body } = await http.open(get, testCall());
    await until(() => io.taken() === 0);
    await expect(collect(body)).rejects.toEqual(coded("TIMEOUT"));
  });

  test("that nobody reads on from gives its place back after a time", async () => {
    const { http, io, server } = await clientOf((response) => void response.write("a"), {
      unreadMs: 100,
    });
    const { body } = await http.open(get, testCall());
    const chunks = body[Symbol.asyncIterator]();
    await chunks.next();
    await until(() => io.taken() === 0 && server.connections.open.size === 0);
    await expect(chunks.next()).rejects.toEqual(coded("TIMEOUT"));
  });

  test("may take longer than its head may, as long as it goes on and is read", async () => {
    const steps = 12;
    const { http } = await clientOf(drippingFor(steps), { timeoutMs: 150, silentMs: 5000 });
    const { body } = await http.open(get, testCall());
    expect(await collect(body)).toHaveLength(steps);
  });

  test("may be read more slowly than the ERP may be silent", async () => {
    const { http } = await clientOf((response) => void response.end("abc"), { silentMs: 200 });
    const { body } = await http.open(get, testCall());
    await new Promise((resolve) => setTimeout(resolve, 350));
    expect(String(await collect(body))).toBe("abc");
  });

  test("throws TIMEOUT where the ERP falls silent in the middle", async () => {
    const { http, io, server } = await clientOf((response) => void response.write("a"), {
      silentMs: 100,
    });
    const { body } = await http.open(get, testCall());
    await expect(collect(body)).rejects.toEqual(coded("TIMEOUT"));
    await until(() => io.taken() === 0 && server.connections.open.size === 0);
  });

  test("throws TIMEOUT where the whole takes too long, though it goes on", async () => {
    const { http, io } = await clientOf(drippingFor(Infinity), { streamMs: 150 });
    const { body } = await http.open(get, testCall());
    await expect(collect(body)).rejects.toEqual(coded("TIMEOUT"));
    await until(() => io.taken() === 0);
  });

  test("does not come at all where the head takes too long: TIMEOUT", async () => {
    const { http, io } = await clientOf(() => {}, { timeoutMs: 100 });
    await expect(http.open(get, testCall())).rejects.toEqual(coded("TIMEOUT"));
    await until(() => io.taken() === 0);
  });

  test("throws TIMEOUT where the caller gives up in the middle", async () => {
    const { http, io } = await clientOf((response) => void response.write("a"));
    const caller = new AbortController();
    const { body } = await http.open(get, testCall(caller.signal));
    const chunks = body[Symbol.asyncIterator]();
    await chunks.next();
    caller.abort();
    await expect(chunks.next()).rejects.toEqual(coded("TIMEOUT"));
    await until(() => io.taken() === 0);
  });

  test("throws BAD_RESPONSE where the connection is cut", async () => {
    const { http } = await clientOf((response) => {
      response.write("a", () => void response.socket!.destroy());
    });
    const cut = await http.open(get, testCall());
    await expect(collect(cut.body)).rejects.toEqual(coded("BAD_RESPONSE"));
  });

  test("is only asked of the ERP as fast as it is read", async () => {
    let sent = 0;
    const { http } = await clientOf((response) => {
      const more = Buffer.alloc(65_536);
      const write = () => {
        while (response.write(more)) sent += more.length;
        sent += more.length;
      };
      response.on("drain", write);
      write();
    });
    const { body } = await http.open(get, testCall());
    const chunks = body[Symbol.asyncIterator]();
    await chunks.next();
    let before = -1;
    while (sent > before) {
      before = sent;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    // What sockets hold on both sides, and no more.
    expect(sent).toBeLessThan(32 * 1024 * 1024);
    await chunks.return?.();
  });

  test("may be larger than a buffered one, up to its own limit", async () => {
    const limits = { maxBytes: 10, maxDecodedBytes: 10, maxStreamBytes: 1000 };
    const { http } = await clientOf((response, { url }) => {
      response.end(Buffer.alloc(url === "/fits" ? 1000 : 1001));
    }, limits);
    const fits = await http.open({ ...get, path: "/fits" }, testCall());
    expect(await collect(fits.body)).toHaveLength(1000);
    const over = await http.open(get, testCall());
    await expect(collect(over.body)).rejects.toEqual(coded("BAD_RESPONSE"));
  });
});

/** So many bytes, one each 20 ms. */
function drippingFor(steps: number): Answerer {
  return (response) => {
    let left = steps;
    const timer = setInterval(() => {
      response.write("a");
      left -= 1;
      if (left > 0) return;
      clearInterval(timer);
      response.end();
    }, 20);
    response.flushHeaders();
    response.on("close", () => clearInterval(timer));
  };
}

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
  ])(
    "that nobody reads and that %s gives its place back at the deadline",
    async (_what, answer) => {
      const { http, io } = await clientOf(answer, { timeoutMs: 100 });
      const { body } = await http.open(get, testCall());
      await until(() => io.taken() === 0);
      await expect(collect(body)).rejects.toEqual(coded("TIMEOUT"));
    },
  );

  test("throws BAD_RESPONSE where the connection is cut, TIMEOUT where the deadline passes", async () => {
    const { http } = await clientOf(
      (response, { url }) => {
        response.write("a", () => void (url === "/cut" && response.socket!.destroy()));
      },
      { timeoutMs: 200 },
    );
    const cut = await http.open({ ...get, path: "/cut" }, testCall());
    await expect(collect(cut.body)).rejects.toEqual(coded("BAD_RESPONSE"));
    const slow = await http.open(get, testCall());
    await expect(collect(slow.body)).rejects.toEqual(coded("TIMEOUT"));
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

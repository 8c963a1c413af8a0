import { describe, expect, test } from "vitest";
import { collect } from "./collect.ts";
import { boundaryOf, readMultipart } from "./multipart.ts";

const message = Buffer.from(
  [
    "a preamble that says nothing",
    "--b1",
    "Content-Type: text/xml;",
    ' charset="utf-8"',
    "Content-ID: <root@x>",
    "",
    "<a/>\r\n--b",
    "--b1  ",
    "",
    "\r%PDF\r\n\r\n--\r\n",
    "--b1--",
    "an epilogue",
  ].join("\r\n"),
  "latin1",
);

async function* inPieces(bytes: Uint8Array, ...cuts: number[]) {
  let from = 0;
  for (const cut of [...cuts, bytes.length]) {
    yield bytes.subarray(from, cut);
    from = cut;
  }
}

async function read(source: AsyncIterable<Uint8Array>, boundary = "b1") {
  const parts = readMultipart(source, boundary);
  const found = [];
  for (let part = await parts.next(); part; part = await parts.next()) {
    found.push({ headers: part.headers, body: String(await collect(part.body)) });
  }
  return found;
}

const expected = [
  {
    headers: { "content-type": 'text/xml; charset="utf-8"', "content-id": "<root@x>" },
    body: "<a/>\r\n--b",
  },
  { headers: {}, body: "\r%PDF\r\n\r\n--\r\n" },
];

const badResponse = expect.objectContaining({ code: "BAD_RESPONSE" });

describe("the parts of a message", () => {
  test("are the same wherever the bytes are cut", async () => {
    for (let cut = 0; cut <= message.length; cut++) {
      expect(await read(inPieces(message, cut))).toEqual(expected);
    }
    expect(await read(inPieces(message, ...message.keys()))).toEqual(expected);
  });

  test("are found without a preamble", async () => {
    expect(await read(inPieces(Buffer.from("--b\r\n\r\nx\r\n--b--")), "b")).toEqual([
      { headers: {}, body: "x" },
    ]);
  });

  test("may be skipped unread", async () => {
    const parts = readMultipart(inPieces(message), "b1");
    await parts.next();
    expect((await parts.next())?.headers).toEqual({});
    expect(await parts.next()).toBeNull();
  });

  test("are given while they come, the whole never being kept", async () => {
    let sent = 0;
    async function* endless() {
      yield Buffer.from("--b\r\n\r\n");
      for (;;) yield Buffer.alloc(1000, `${sent++ % 10}`);
    }
    const parts = readMultipart(endless(), "b");
    const body = (await parts.next())!.body[Symbol.asyncIterator]();
    for (let n = 0; n < 50; n++) expect((await body.next()).value!.length).toBeLessThan(2000);
    expect(sent).toBeLessThan(60);
  });

  test("close the source when one is left in the middle", async () => {
    let closed = false;
    async function* source() {
      try {
        yield Buffer.from("--b\r\n\r\nmuch more than the boundary");
        yield Buffer.from("more");
      } finally {
        closed = true;
      }
    }
    const part = await readMultipart(source(), "b").next();
    for await (const piece of part!.body) {
      expect(piece.length).toBeGreaterThan(0);
      break;
    }
    expect(closed).toBe(true);
  });
});

describe("is BAD_RESPONSE", () => {
  test("when it ends anywhere before its last boundary", async () => {
    const end = message.lastIndexOf("--b1--") + "--b1--".length;
    for (let length = 0; length < end; length++) {
      await expect(read(inPieces(message.subarray(0, length)))).rejects.toEqual(badResponse);
    }
  });

  test.each([
    ["a boundary that goes on", "--b1x\r\n\r\ny\r\n--b1--"],
    ["a header without a colon", "--b1\r\nnothing\r\n\r\ny\r\n--b1--"],
    ["headers without end", `--b1\r\n${"a: b\r\n".repeat(10_000)}`],
  ])("for %s", async (_what, text) => {
    await expect(read(inPieces(Buffer.from(text), 100, 5000))).rejects.toEqual(badResponse);
  });
});

describe("the boundary", () => {
  test.each([
    ["multipart/related; boundary=abc", "abc"],
    ['multipart/related; type="application/xop+xml"; Boundary="a b;c"; start="<x>"', "a b;c"],
    ['multipart/related;boundary="uuid:1+id=2";start-info="x"', "uuid:1+id=2"],
  ])("of %s is %s", (contentType, boundary) => {
    expect(boundaryOf(contentType)).toBe(boundary);
  });

  test.each([
    "multipart/related",
    "multipart/related; boundary=",
    'multipart/related; boundary=""',
  ])("of %s is missing", (contentType) => {
    expect(() => boundaryOf(contentType)).toThrow(badResponse);
  });
});

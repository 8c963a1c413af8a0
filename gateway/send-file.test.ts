import fastify, { type FastifyInstance } from "fastify";
import { get, type IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sendFile } from "./send-file.ts";

const piece = Buffer.alloc(65_536, "a");

let app: FastifyInstance;
let url: string;
/** Of the last download: how many bytes were asked for, and whether the source was let go. */
let source = { asked: 0, closed: false };
beforeEach(async () => {
  app = fastify({ forceCloseConnections: true });
  app.get<{ Querystring: { pieces: string; cut: string } }>("/", (request, reply) => {
    const { pieces, cut } = request.query;
    const body = piecesOf(Number(pieces));
    return sendFile(
      reply,
      { fileName: "Avis d'été.pdf", mediaType: "application/pdf", sizeBytes: null, body },
      Number(cut),
    );
  });
  url = await app.listen({ host: "127.0.0.1", port: 0 });
});
afterEach(() => app.close());

async function* piecesOf(count: number): AsyncGenerator<Uint8Array> {
  source = { asked: 0, closed: false };
  const own = source;
  try {
    for (; own.asked < count * piece.length; own.asked += piece.length) yield piece;
  } finally {
    own.closed = true;
  }
}

/** The answer, of which nothing is read yet. */
const open = (pieces: number, cut: number) =>
  new Promise<IncomingMessage>((resolve, reject) => {
    get(`${url}/?pieces=${pieces}&cut=${cut}`, { agent: false }, resolve).on("error", reject);
  });

describe("A file", () => {
  test("G-06 comes whole, as an attachment that nobody keeps", async () => {
    const answer = await open(3, 5000);
    expect(answer.headers).toMatchObject({
      "content-type": "application/pdf",
      "content-disposition":
        "attachment; filename=\"Avis dete.pdf\"; filename*=UTF-8''Avis%20d%27%C3%A9t%C3%A9.pdf",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    });
    expect(Buffer.concat(await answer.toArray())).toHaveLength(3 * piece.length);
  });

  test("is cut where the client takes nothing of it for a time, and its source let go", async () => {
    const answer = await open(10_000, 200);
    await expect.poll(() => source.closed).toBe(true);
    // What the sockets hold, of 650 MB.
    expect(source.asked).toBeLessThan(64 * 1024 * 1024);
    await expect(answer.toArray()).rejects.toThrow("aborted");
  });

  test("is not cut where the client takes it slowly, but goes on", async () => {
    const answer = await open(320, 700);
    let got = 0;
    for await (const chunk of answer) {
      got += (chunk as Buffer).length;
      if (got % (16 * piece.length) < (chunk as Buffer).length) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
    expect(got).toBe(320 * piece.length);
  });

  test("G-08 waits for its client, however many are sent at once: none is held in memory", async () => {
    const sockets: Socket[] = [];
    app.server.on("connection", (socket) => sockets.push(socket));
    const sources: (typeof source)[] = [];
    const answers: IncomingMessage[] = [];
    for (let one = 0; one < 30; one += 1) {
      answers.push(await open(320, 60_000));
      sources.push(source);
    }
    const asked = () => sources.reduce((sum, { asked }) => sum + asked, 0);
    let last = -1;
    const standsStill = () => {
      const before = last;
      last = asked();
      return last === before;
    };
    await expect.poll(standsStill, { interval: 200 }).toBe(true);
    // What the system holds of each is its own: a few of 20 MB.
    expect(sources.filter(({ closed }) => closed)).toEqual([]);
    expect(sockets).toHaveLength(30);
    for (const { writableLength } of sockets) expect(writableLength).toBeLessThan(512 * 1024);
    for (const answer of answers) answer.destroy();
    await expect.poll(() => sources.every(({ closed }) => closed)).toBe(true);
  });

  test("is let go where the client leaves", async () => {
    const answer = await open(10_000, 60_000);
    answer.destroy();
    await expect.poll(() => source.closed).toBe(true);
  });
});

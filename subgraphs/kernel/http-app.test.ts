import type { FastifyInstance } from "fastify";
import { request } from "node:http";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createHttpApp } from "./http-app.ts";

let app: FastifyInstance;
let url: string;
beforeAll(async () => {
  const log = pino({ level: "silent" });
  app = createHttpApp({
    house: { landlords: [], publicUrl: "https://api.example.org" },
    log,
    trustProxy: false,
    bodyMs: 100,
  });
  app.post("/words", async () => ({ taken: true }));
  app.post("/files", { config: { takesFiles: true } }, async () => ({ taken: true }));
  app.get("/slow", async () => {
    await new Promise((resolve) => setTimeout(resolve, 200));
    return { slow: true };
  });
  url = await app.listen({ host: "127.0.0.1", port: 0 });
});
afterAll(() => app.close());

/** Sends a body in two parts, so long after each other: the status, or how it was cut. */
function drip(path: string, waitMs: number): Promise<number | string | undefined> {
  return new Promise((resolve) => {
    const headers = { "content-type": "application/json" };
    const asked = request(`${url}${path}`, { method: "POST", headers, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asked.on("error", (error: NodeJS.ErrnoException) => resolve(error.code));
    asked.write('{"a":');
    setTimeout(() => asked.end("1}"), waitMs);
  });
}

describe("a request that comes slowly", () => {
  test("is cut, and others are served", async () => {
    expect(await drip("/words", 300)).toBe("ECONNRESET");
    expect(await drip("/words", 10)).toBe(200);
  });

  test("is waited for where files are taken", async () => {
    expect(await drip("/files", 300)).toBe(200);
  });

  test("is not one whose answer takes long", async () => {
    expect((await fetch(`${url}/slow`)).status).toBe(200);
  });
});

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ConfigurationError } from "./configuration-error.ts";
import { runSubgraph } from "./subgraph.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "trousseau-subgraph-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Nothing listens at the ERPs' addresses: a subgraph starts without them. */
const environment = () => ({
  TROUSSEAU_PORT: "0",
  TROUSSEAU_PUBLIC_URL: "http://127.0.0.1:4000",
  TROUSSEAU_STORE: `sqlite:${join(folder, "store.sqlite")}`,
  TROUSSEAU_SMTP: "smtp://127.0.0.1:9",
  TROUSSEAU_SECRET: Buffer.alloc(32, 1).toString("base64"),
  TROUSSEAU_ID_SECRET: Buffer.alloc(32, 2).toString("base64"),
  LA_ROCHELLE_ERP_ENDPOINT: "http://127.0.0.1:9/",
  LA_ROCHELLE_ERP_PASSWORD: "x",
  LA_ROCHELLE_WEBHOOK_SECRET: "x".repeat(32),
  CHARTRES_ERP_URL: "http://127.0.0.1:9",
  CHARTRES_ERP_SECRET: "x",
  IVRY_PAYMENT_KEY: "a-secret",
  IVRY_PAYMENT_API_PASSWORD: "a-secret",
  CHARTRES_PAYMENT_KEY: "a-secret",
  CHARTRES_PAYMENT_API_PASSWORD: "a-secret",
  IMMO_PARIS_PAYMENT_KEY: "a-secret",
  IMMO_PARIS_PAYMENT_API_PASSWORD: "a-secret",
  IVRY_ERP_PASSWORD: "secret",
  AUBERVILLIERS_ERP_PASSWORD: "secret",
  IMMO_PARIS_ERP_PASSWORD: "secret",
  IMMO_PARIS_GOOGLE_SECRET: "secret",
  IMMO_PARIS_FACEBOOK_SECRET: "secret",
  IMMO_PARIS_LINKEDIN_SECRET: "secret",
  IMMO_PARIS_X_SECRET: "secret",
  CHARTRES_GOOGLE_SECRET: "secret",
  CHARTRES_X_SECRET: "secret",
});

function start(name: string): ChildProcess {
  const main = join(import.meta.dirname, "main.ts");
  return spawn(process.execPath, ["--import", "./register.js", main, "--subgraph", name], {
    cwd: join(import.meta.dirname, ".."),
    env: { PATH: process.env["PATH"], ...environment() },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** The address that a started process says it listens at. */
async function addressOf(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) {
    const found = /http:\/\/127\.0\.0\.1:\d+/.exec(line);
    if (found) return found[0];
  }
  throw new Error("It ended without listening.");
}

test("a subgraph that does not exist is told with those that do", async () => {
  const starting = runSubgraph("biling", environment());
  await expect(starting).rejects.toThrow(ConfigurationError);
  await expect(starting).rejects.toThrow(
    "--subgraph  expected one of identity, contract, billing, documents, requests, support",
  );
});

test("what is wrong in the environment is told before anything is opened", async () => {
  await expect(runSubgraph("billing", {})).rejects.toThrow("TROUSSEAU_STORE");
});

test("the command serves one subgraph, says that it is ready, and stops on SIGTERM", async () => {
  const child = start("billing");
  try {
    const url = await addressOf(child);
    const answer = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-landlord": "chartres" },
      body: JSON.stringify({ query: "{ _service { sdl } }" }),
    });
    const { data } = (await answer.json()) as { data: { _service: { sdl: string } } };
    expect(Object.values(data)).toEqual([{ sdl: expect.stringContaining("type AccountEntry") }]);
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    child.stdout!.resume();
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
  } finally {
    child.kill("SIGKILL");
  }
});

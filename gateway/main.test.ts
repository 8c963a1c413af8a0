import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { glob, mkdtemp, readFile, rm, writeFile, cp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startBeauceron } from "../mocks/beauceron/start.ts";
import type { MockErp } from "../mocks/kit/product.ts";
import { createWorld } from "../mocks/world/world.ts";
import { openStore } from "../store/store.ts";
import { hashPassword } from "../subgraphs/kernel/password-hash.ts";
import { client, operation, signIn } from "../tests/support/client.ts";

const root = fileURLToPath(new URL("../", import.meta.url));

let folder: string;
let started: ChildProcess | null = null;
let erp: MockErp | null = null;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "trousseau-main-"));
});
afterEach(async () => {
  if (started?.exitCode === null) started.kill("SIGKILL");
  await erp?.close();
  started = erp = null;
  await rm(folder, { recursive: true, force: true });
});

interface Process {
  readonly child: ChildProcess;
  out(): string;
  err(): string;
  /** Its exit code, once it has ended and all it said was read. */
  readonly exit: Promise<number | null>;
}

/** Starts the gateway as `npm start` does, with this environment and nothing else of ours. */
function start(environment: Record<string, string>): Process {
  const child = spawn(process.execPath, ["--import", "./register.js", "gateway/main.ts"], {
    cwd: root,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  started = child;
  let [out, err] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  const exit = once(child, "close").then(([code]) => code as number | null);
  return { child, out: () => out, err: () => err, exit };
}

const secret = randomBytes(32);
const settings = () => ({
  TROUSSEAU_PORT: "0",
  TROUSSEAU_PUBLIC_URL: "https://api.example.org",
  TROUSSEAU_STORE: `sqlite:${join(folder, "store.sqlite")}`,
  TROUSSEAU_SMTP: "smtp://127.0.0.1:9",
  TROUSSEAU_SECRET: secret.toString("base64"),
  TROUSSEAU_ID_SECRET: secret.toString("base64"),
  TROUSSEAU_OPERATIONS: "open",
  LA_ROCHELLE_ERP_PASSWORD: "secret",
  LA_ROCHELLE_WEBHOOK_SECRET: "x".repeat(32),
  IVRY_PAYMENT_KEY: "a-secret",
  IVRY_PAYMENT_API_PASSWORD: "a-secret",
  CHARTRES_PAYMENT_KEY: "a-secret",
  CHARTRES_PAYMENT_API_PASSWORD: "a-secret",
  IMMO_PARIS_PAYMENT_KEY: "a-secret",
  IMMO_PARIS_PAYMENT_API_PASSWORD: "a-secret",
  CHARTRES_ERP_SECRET: "beauceron-demo",
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

/** Where it listens, once it does. */
function listening({ out, err }: Process): Promise<string> {
  const patience = { timeout: 15_000, interval: 50 };
  return vi.waitFor(() => {
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(out())?.[0];
    if (!url) throw new Error(`not listening yet: ${err()}`);
    return url;
  }, patience);
}

test("without an environment it says each variable that it needs, and ends with 1", async () => {
  const process = start({});
  expect(await process.exit).toBe(1);
  const [title, ...lines] = process.err().trimEnd().split("\n");
  expect(title).toBe("trousseau cannot start:");
  const needed = ["PUBLIC_URL", "STORE", "SMTP", "SECRET", "ID_SECRET"];
  expect(lines.map((line) => line.split("  ").slice(0, 2))).toEqual(
    needed.map((name) => ["environment", `TROUSSEAU_${name}`]),
  );
  for (const line of lines) expect(line).toMatch(/ {2}expected \S+/);
});

test("a variable that is wrong is named, and its value is not told", async () => {
  const process = start({ ...settings(), TROUSSEAU_SECRET: "dG9vIHNob3J0", TROUSSEAU_PORT: "x4y" });
  expect(await process.exit).toBe(1);
  expect(process.err().trimEnd().split("\n")).toHaveLength(3);
  expect(process.err()).toContain("environment  TROUSSEAU_SECRET  expected at least 32 bytes");
  expect(process.err()).toContain("TROUSSEAU_PORT  expected a whole number from 0 to 65535\n");
  expect(process.err()).not.toMatch(/dG9v|x4y|\n\s+at /);
});

test("a landlord's file with three faults gets three lines, each with its place", async () => {
  await cp(join(root, "landlords"), folder, { recursive: true });
  const file = join(folder, "chartres.yaml");
  const text = await readFile(file, "utf8");
  const broken = text
    .replace("kind: SOCIAL", "kind: PUBLIC")
    .replace('colour: "#a0195b"', "colour: red")
    .replace("concurrency: 10", "concurrency: many");
  await writeFile(file, broken);
  const process = start({ ...settings(), TROUSSEAU_LANDLORDS: folder });
  expect(await process.exit).toBe(1);
  const [, ...lines] = process.err().trimEnd().split("\n");
  const lineOf = (what: string) => broken.split("\n").findIndex((line) => line.includes(what)) + 1;
  const starts = [
    `${file}:${lineOf("kind: PUBLIC")}  kind  expected `,
    `${file}:${lineOf("colour: red")}  brand.colour  expected `,
    `${file}:${lineOf("concurrency: many")}  erp.concurrency  expected `,
  ];
  expect(lines.map((line, index) => line.slice(0, starts[index]?.length))).toEqual(starts);
  expect(process.out()).toBe("");
});

test("a port that is taken is no silence: it ends with 1", async () => {
  erp = await startBeauceron({ world: smallWorld() });
  const process = start({ ...settings(), TROUSSEAU_PORT: new URL(erp.url).port });
  expect(await process.exit).toBe(1);
  expect(process.err()).toMatch(
    /^trousseau cannot start:\n127\.0\.0\.1:\d+ is taken: .*\(EADDRINUSE\)\n$/,
  );
});

test.each([
  ["that does not answer", "postgres://me:hidden-word@127.0.0.1:9/x", "(ECONNREFUSED)"],
  ["that is no store", null, "the file is none of SQLite's"],
])("a store %s is told in one line, without its password", async (_what, url, why) => {
  const file = join(folder, "text");
  await writeFile(file, "This is no database at all. ".repeat(100));
  const store = { TROUSSEAU_STORE: url ?? `sqlite:${file}`, TROUSSEAU_METRIC_PORT: "1" };
  const process = start({ ...settings(), ...store });
  expect(await process.exit).toBe(1);
  expect(process.err()).toMatch(
    /^trousseau cannot start:\nenvironment {2}TROUSSEAU_STORE {2}.*\n$/,
  );
  expect(process.err()).toContain(why);
  expect(process.err()).not.toContain("hidden-word");
  expect(process.out()).toContain("TROUSSEAU_METRIC_PORT is no variable that the gateway reads");
});

const smallWorld = () =>
  createWorld({ landlord: "chartres", seed: 3, today: "2026-11-01", people: 30, contracts: 30 });

/** An account of somebody in the ERP, in the store that the gateway will open. */
async function createAccount(mock: MockErp, email: string, password: string): Promise<void> {
  const people = (await (await fetch(`${mock.doorUrl}/state/people?limit=1`)).json()) as {
    key: string;
  }[];
  const store = await openStore({ url: settings().TROUSSEAU_STORE, secret, now: () => new Date() });
  const passwordHash = await hashPassword(password);
  const account = { landlord: "chartres", email, passwordHash, language: "fr" as const };
  await store.accounts.create(account, [people[0]!.key], []);
  await store.close();
}

test("D-09 told to stop, it answers what is under way, takes nothing new, and ends with 0", async () => {
  const mock = (erp = await startBeauceron({ world: smallWorld() }));
  const [email, password] = ["somebody@example.org", "Demo-Trousseau-2026"];
  await createAccount(mock, email, password);
  const process = start({ ...settings(), CHARTRES_ERP_URL: mock.url });
  const url = await listening(process);
  expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  const front = await signIn(client({ url, landlord: "chartres" }), email, password);

  const slow = JSON.stringify({ kind: "slow", ms: 1_000, operation: "contrats" });
  await fetch(`${mock.doorUrl}/faults`, { method: "PUT", body: slow });
  const underWay = front(operation("F13-contracts"));
  await vi.waitFor(async () => {
    const calls = (await (await fetch(`${mock.doorUrl}/calls`)).json()) as { atOnce: number };
    expect(calls.atOnce).toBe(1);
  });
  process.child.kill("SIGTERM");
  await vi.waitFor(
    async () => {
      const ready = await fetch(`${url}/health/ready`, { headers: { connection: "close" } }).then(
        ({ status }) => status,
        () => "refused",
      );
      expect([503, "refused"]).toContain(ready);
    },
    { timeout: 900, interval: 20 },
  );
  const answer = await underWay;
  expect(answer.status).toBe(200);
  expect(answer.errors).toBeUndefined();
  expect(answer.data.viewer.contracts.nodes.length).toBeGreaterThan(0);
  expect(await process.exit).toBe(0);
  expect(process.err()).toBe("");
});

test("it imports no mock and nothing of the tests, however far one follows", async () => {
  const erps = await Array.fromAsync(glob("adapters/erp/*/index.ts", { cwd: root }));
  const open = ["gateway/main.ts", ...erps];
  const seen = new Set<string>();
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const text = await readFile(join(root, path), "utf8");
    for (const [, target] of text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)) {
      open.push(normalize(join(dirname(path), target!)));
    }
  }
  expect(seen.size).toBeGreaterThan(50);
  expect([...seen].filter((path) => /^(mocks|tests)\//.test(path))).toEqual([]);
});

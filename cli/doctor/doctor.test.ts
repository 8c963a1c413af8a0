import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startClamd, type MockClamd } from "../../mocks/clamd/clamd.ts";
import { startMailbox, type Mailbox } from "../../mocks/mailbox/mailbox.ts";
import { openStore } from "../../store/store.ts";
import { createPostgres, whyNoPostgres } from "../../store/testing/databases.ts";
import { runCommand } from "../testing/terminal.ts";
import { checkNode, checkPackages, checkSchema } from "./installation.ts";
import { checkStore } from "./store.ts";

let folder: string;
let mailbox: Mailbox;
let clamd: MockClamd;
const noPostgres = await whyNoPostgres();
const secret = Buffer.alloc(32, 7);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "trousseau-doctor-"));
  const landlords = join(folder, "landlords");
  await cp(new URL("../../landlords/", import.meta.url), landlords, { recursive: true });
  // One whose secrets are few.
  const others = ["chartres", "immo-paris", "ivry", "la-rochelle"];
  await Promise.all(others.map((name) => rm(join(landlords, `${name}.yaml`))));
  [mailbox, clamd] = await Promise.all([startMailbox(), startClamd()]);
  const url = `sqlite:${join(folder, "store.sqlite")}`;
  await (await openStore({ url, secret })).close();
});
afterAll(async () => {
  await Promise.all([mailbox?.close(), clamd?.close()]);
  await rm(folder, { recursive: true, force: true });
});

const inOrder = () => ({
  TROUSSEAU_PORT: "0",
  TROUSSEAU_PUBLIC_URL: "https://api.example.org",
  TROUSSEAU_STORE: `sqlite:${join(folder, "store.sqlite")}`,
  TROUSSEAU_SMTP: mailbox.smtpUrl,
  TROUSSEAU_SECRET: secret.toString("base64"),
  TROUSSEAU_ID_SECRET: secret.toString("base64"),
  TROUSSEAU_LANDLORDS: join(folder, "landlords"),
  TROUSSEAU_CLAMD: clamd.address,
  AUBERVILLIERS_ERP_ENDPOINT: "http://127.0.0.1:9/intitulo",
  AUBERVILLIERS_ERP_PASSWORD: "a-password-of-the-erp",
});

async function doctor(environment: Record<string, string>) {
  const { code, out } = await runCommand(["doctor", "--json"], { environment });
  const findings = JSON.parse(out) as { mark: string; step: string; said: string; hint?: string }[];
  // Whether packages are as they are locked is this machine's affair: they have their own test.
  const faults = findings.filter(({ mark, step }) => mark === "fault" && step !== "packages");
  return { code, out, findings, faults };
}

describe("doctor", () => {
  test("finds nothing wrong where nothing is", async () => {
    const { faults, findings } = await doctor(inOrder());
    expect(faults).toEqual([]);
    // Nothing listens there: no fault of the installation.
    expect(findings).toContainEqual(
      expect.objectContaining({ mark: "warning", step: "aubervilliers: ERP" }),
    );
    const steps = findings.map(({ step }) => step);
    for (const step of [
      "Node",
      "packages",
      "argon2",
      "schema",
      "store",
      "migrations",
      "SMTP",
      "clamd",
      "uploads",
    ]) {
      expect(steps).toContain(step);
    }
  });

  test("works without any environment: the demo needs nothing", async () => {
    const { faults, out } = await doctor({});
    expect(out).toContain("not set up for production; the demo needs nothing");
    expect(faults).toEqual([]);
  });

  test("says everything that is wrong at once, and shows no value", async () => {
    const { code, faults, findings, out } = await doctor({
      ...inOrder(),
      TROUSSEAU_STORE: "mysql://elsewhere",
      TROUSSEAU_SECRET: "dG9vLXNob3J0",
      TROUSSEAU_PUBLIC_URL: "api.example.org/private",
      TROUSSEAU_SMTP: "smtp://someone:hidden-word@127.0.0.1:9",
      TROUSSEAU_CLAMD: "127.0.0.1:9",
      TROUSSEAU_UPLOADS: join(folder, "store.sqlite"),
      TROUSSEAU_REDIS: "redis://127.0.0.1:9",
      TROUSSEAU_METRIC_PORT: "4090",
      AUBERVILLIERS_ERP_PASSWORD: "",
    });
    expect(code).toBe(1);
    const said = faults.map((one) => `${one.step}: ${one.said}`).join("\n");
    expect(said).toContain("environment: TROUSSEAU_SECRET is wrong");
    expect(said).toContain("environment: TROUSSEAU_PUBLIC_URL is wrong");
    expect(said).toContain("SMTP: cannot be used");
    expect(said).toContain("clamd: gives no answer");
    expect(said).toContain("Redis: cannot be used (ECONNREFUSED)");
    expect(out).toContain("TROUSSEAU_METRIC_PORT is read by nobody");
    expect(said).toMatch(/uploads: .* is a file/);
    expect(said).toContain("landlords: not set: AUBERVILLIERS_ERP_PASSWORD");
    for (const value of ["dG9vLXNob3J0", "hidden-word", "private"])
      expect(out).not.toContain(value);
    // What no variable names rightly is not looked at.
    expect(findings).toContainEqual(
      expect.objectContaining({ mark: "skipped", said: "TROUSSEAU_STORE does not say where" }),
    );
    expect(faults.every(({ hint }) => hint)).toBe(true);
  });
});

describe("the store", () => {
  const now = () => new Date();

  test("a file that is no store", async () => {
    const path = join(folder, "text.sqlite");
    await writeFile(
      path,
      "This is no database, and long enough that nobody takes it for an empty one.".repeat(20),
    );
    expect(await checkStore(`sqlite:${path}`, folder, now)).toMatchObject([
      { mark: "fault", said: "SQLite: the file cannot be opened" },
    ]);
  });

  test("in memory", async () => {
    expect(await checkStore("sqlite::memory:", folder, now)).toMatchObject([{ mark: "fault" }]);
  });

  test("a server that is not there, without the password in what is said", async () => {
    const found = await checkStore("postgres://me:hidden-word@127.0.0.1:9/x", folder, now);
    expect(found).toMatchObject([
      { mark: "fault", said: "PostgreSQL cannot be reached (ECONNREFUSED)" },
    ]);
    expect(JSON.stringify(found)).not.toContain("hidden-word");
  });

  // That it is reached where it must be is checked by the tests of the store.
  test.skipIf(noPostgres)("PostgreSQL that would lose what it acknowledged", async () => {
    const database = await createPostgres();
    try {
      expect(await checkStore(database.url, folder, now)).toMatchObject([
        { mark: "ok", step: "store" },
        { mark: "ok", step: "durability" },
        { mark: "ok", step: "clock" },
        { mark: "ok", step: "migrations", said: expect.stringContaining("to come") },
      ]);
      const name = new URL(database.url).pathname.slice(1);
      await database.raw(`alter database ${name} set synchronous_commit = off`);
      expect(await checkStore(database.url, folder, now)).toContainEqual(
        expect.objectContaining({ mark: "fault", step: "durability" }),
      );
    } finally {
      await database.drop();
    }
  });
});

describe("the installation", () => {
  test("an old Node", () => {
    expect(checkNode("20.11.0")).toMatchObject([
      { mark: "fault", hint: expect.stringContaining("npm") },
    ]);
  });

  test("packages that are missing, or of another version than was locked", async () => {
    const root = pathToFileURL(`${folder}/`);
    const packages = {
      "": { name: "x" },
      "node_modules/gone": { version: "1.0.0" },
      "node_modules/tool": { version: "1.0.0", dev: true },
      "node_modules/other": { version: "1.2.0" },
    };
    await writeFile(new URL("package-lock.json", root), JSON.stringify({ packages }));
    await cp(
      new URL("../../node_modules/zod/package.json", import.meta.url),
      new URL("node_modules/other/package.json", root),
    );
    const found = await checkPackages(root);
    expect(found).toMatchObject([
      { mark: "fault", said: "missing: gone 1.0.0", hint: "Run: npm install" },
      { mark: "fault", said: expect.stringMatching(/^other versions: other 4\.\S+≠1\.2\.0$/) },
    ]);
  });

  test("a schema of another version", async () => {
    const root = pathToFileURL(`${folder}/`);
    await cp(new URL("../../rover.yaml", import.meta.url), new URL("rover.yaml", root));
    await cp(new URL("../../schema/", import.meta.url), new URL("schema/", root), {
      recursive: true,
    });
    await writeFile(new URL("schema/billing.graphql", root), "type Query { old: Int }");
    expect(await checkSchema(root)).toMatchObject([
      {
        mark: "fault",
        said: "not of this code: schema/billing.graphql",
        hint: "Run: npm run schema",
      },
    ]);
  });
});

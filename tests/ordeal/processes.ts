/** The whole program in its own processes: gateways on one store, and all that stands around them. */
import { fork, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openStore } from "../../store/store.ts";
import { createPostgres, createSqlite } from "../../store/testing/databases.ts";
import { makeAskers, type Asker } from "./askers.ts";
import { freePorts } from "./free-ports.ts";
import { createGateway, type Gateway } from "./gateways.ts";
import { hastyLandlords, type Haste } from "./landlord-files.ts";
import type { MocksTold } from "./mocks-process.ts";

export type StoreKind = "sqlite" | "postgres";

interface Wanted {
  readonly store: StoreKind;
  readonly haste: Haste;
  /** Accounts at each landlord. */
  readonly askersEach: number;
  /** Where providers and links in mails lead; the first gateway unless given. */
  readonly publicUrl?: (urls: readonly string[]) => Promise<string>;
}

export interface Processes {
  /** Two on PostgreSQL, else one. */
  readonly gateways: readonly Gateway[];
  readonly publicUrl: string;
  readonly mocks: MocksTold;
  readonly askers: readonly Asker[];
  /** Lets time pass for everybody, the gateways being dead meanwhile. */
  later(ms: number): Promise<void>;
}

/** What is to be undone, the last first. */
export type Undo = (() => Promise<unknown>)[];

/** All of them up. Fills `undo` also when it fails on the way. */
export async function startProcesses(wanted: Wanted, undo: Undo): Promise<Processes> {
  const { store: kind, haste, askersEach } = wanted;
  const ports = await freePorts(kind === "postgres" ? 2 : 1);
  const urls = ports.map((port) => `http://127.0.0.1:${port}`);
  const publicUrl = (await wanted.publicUrl?.(urls)) ?? urls[0]!;
  const folder = await mkdtemp(join(tmpdir(), "trousseau-ordeal-"));
  undo.push(() => rm(folder, { recursive: true, force: true }));
  const { mocks, child } = await startMocks(publicUrl, undo);
  const database = await (kind === "postgres" ? createPostgres() : createSqlite());
  undo.push(() => database.drop());
  const secret = randomBytes(32);
  const store = await openStore({ url: database.url, secret });
  const askers = await makeAskers(store, mocks.erps, askersEach).finally(() => store.close());
  const clock = { aheadMs: 0 };
  const environment = {
    ...mocks.environment,
    PATH: process.env["PATH"] ?? "",
    NODE_OPTIONS: `--import ${aheadFile}`,
    get ORDEAL_AHEAD_MS() {
      return String(clock.aheadMs);
    },
    TROUSSEAU_PUBLIC_URL: publicUrl,
    TROUSSEAU_STORE: database.url,
    TROUSSEAU_SMTP: mocks.smtpUrl,
    TROUSSEAU_SECRET: secret.toString("base64"),
    TROUSSEAU_ID_SECRET: randomBytes(32).toString("base64"),
    TROUSSEAU_OPERATIONS: "open",
    TROUSSEAU_REQUESTS_PER_MINUTE: "10000000",
    TROUSSEAU_LANDLORDS: await hastyLandlords(join(folder, "landlords"), haste),
    TROUSSEAU_UPLOADS: join(folder, "files"),
    TROUSSEAU_LOG_LEVEL: "error",
  };
  const gateways = ports.map((port) => createGateway(port, environment));
  undo.push(() => Promise.all(gateways.map((gateway) => gateway.stop())));
  await Promise.all(gateways.map((gateway) => gateway.start()));
  const later = async (ms: number) => {
    await Promise.all(gateways.map((gateway) => gateway.kill()));
    clock.aheadMs += ms;
    await setClock(child, clock.aheadMs);
    await Promise.all(gateways.map((gateway) => gateway.start()));
  };
  return { gateways, publicUrl, mocks, askers, later };
}

const register = new URL("../../register.js", import.meta.url).href;
const aheadFile = new URL("./ahead.ts", import.meta.url).href;

async function startMocks(gatewayUrl: string, undo: Undo) {
  const file = fileURLToPath(new URL("./mocks-process.ts", import.meta.url));
  const execArgv = ["--import", aheadFile, "--import", register];
  const child = fork(file, [gatewayUrl], { execArgv });
  const ended = once(child, "exit");
  undo.push(() => {
    child.kill();
    return ended;
  });
  const gone = ended.then(([code]) => Promise.reject(new Error(`the mocks ended: ${code}`)));
  const [mocks] = await Promise.race([once(child, "message"), gone]);
  return { mocks: mocks as MocksTold, child };
}

async function setClock(mocks: ChildProcess, aheadMs: number): Promise<void> {
  const heard = once(mocks, "message");
  mocks.send({ aheadMs });
  await heard;
}

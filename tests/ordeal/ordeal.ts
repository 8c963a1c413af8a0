/** One ordeal of the whole program in its own processes, on one kind of store. */
import { fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { randomFor, type Random } from "../../mocks/world/random.ts";
import { openStore } from "../../store/store.ts";
import { createPostgres, createSqlite } from "../../store/testing/databases.ts";
import { makeAskers } from "./askers.ts";
import { drive, type Outcome } from "./drive.ts";
import { createGateway, type Gateway } from "./gateways.ts";
import { hastyLandlords } from "./landlord-files.ts";
import type { MocksTold } from "./mocks-process.ts";
import { pause } from "./trouble.ts";

export type StoreKind = "sqlite" | "postgres";

export interface Order {
  readonly store: StoreKind;
  readonly seed: number;
  readonly writes: number;
  readonly stormMs: number;
  readonly calmMs: number;
}

export interface Report extends Outcome, Order {
  readonly kills: number;
  readonly seconds: number;
}

const haste = { deadlineMs: 2_000, settleMs: 500 };
const troubleEveryMs = 800;
const askersEach = 12;
/** Chance of its own. */
const killing = 104;

export async function ordeal(order: Order): Promise<Report> {
  const begun = Date.now();
  const undo: (() => Promise<unknown>)[] = [];
  try {
    const { gateways, ground } = await setUp(order, undo);
    const count = { kills: 0 };
    const besides = async (over: AbortSignal) => {
      const deaths = gateways.map((gateway, i) =>
        killAgainAndAgain(gateway, randomFor(order.seed, killing, i), over, count),
      );
      await Promise.all(deaths);
    };
    const outcome = await drive(ground, {
      ...order,
      ...haste,
      troubleEveryMs,
      besides,
    });
    const seconds = Math.round((Date.now() - begun) / 1_000);
    return { ...order, ...outcome, ...count, seconds };
  } finally {
    for (const step of undo.toReversed()) await step();
  }
}

/** What is to be undone goes into `undo`, also when the rest fails. */
async function setUp({ store: kind }: Order, undo: (() => Promise<unknown>)[]) {
  const howMany = kind === "postgres" ? 2 : 1;
  const ports = await freePorts(howMany);
  const publicUrl = `http://127.0.0.1:${ports[0]}`;
  const folder = await mkdtemp(join(tmpdir(), "trousseau-ordeal-"));
  undo.push(() => rm(folder, { recursive: true, force: true }));
  const mocks = await startMocks(publicUrl, undo);
  const database = await (kind === "postgres" ? createPostgres() : createSqlite());
  undo.push(() => database.drop());
  const secret = randomBytes(32);
  const store = await openStore({ url: database.url, secret });
  const askers = await makeAskers(store, mocks.erps, askersEach).finally(() => store.close());
  const environment = {
    ...mocks.environment,
    PATH: process.env["PATH"] ?? "",
    TROUSSEAU_PUBLIC_URL: publicUrl,
    TROUSSEAU_STORE: database.url,
    TROUSSEAU_SMTP: mocks.smtpUrl,
    TROUSSEAU_SECRET: secret.toString("base64"),
    TROUSSEAU_ID_SECRET: randomBytes(32).toString("base64"),
    TROUSSEAU_LANDLORDS: await hastyLandlords(join(folder, "landlords"), haste),
    TROUSSEAU_UPLOADS: join(folder, "files"),
    TROUSSEAU_LOG_LEVEL: "error",
  };
  const gateways = ports.map((port) => createGateway(port, environment));
  undo.push(() => Promise.all(gateways.map((gateway) => gateway.stop())));
  await Promise.all(gateways.map((gateway) => gateway.start()));
  const { payfip, lyra } = mocks.providers;
  const ground = {
    urls: gateways.map(({ url }) => url),
    doors: mocks.erps,
    askers,
    providers: [
      { ...payfip, again: "notify" },
      { ...lyra, again: "retry" },
    ],
  };
  return { gateways, ground };
}

async function startMocks(
  gatewayUrl: string,
  undo: (() => Promise<unknown>)[],
): Promise<MocksTold> {
  const file = fileURLToPath(new URL("./mocks-process.ts", import.meta.url));
  const child = fork(file, [gatewayUrl], { execArgv: ["--import", "tsx"] });
  const ended = once(child, "exit");
  undo.push(() => {
    child.kill();
    return ended;
  });
  const gone = ended.then(([code]) => Promise.reject(new Error(`the mocks ended: ${code}`)));
  const [told] = await Promise.race([once(child, "message"), gone]);
  return told as MocksTold;
}

async function killAgainAndAgain(
  gateway: Gateway,
  random: Random,
  over: AbortSignal,
  count: { kills: number },
): Promise<void> {
  // A slow machine starts it slowly: it is to live for longer than that, or nothing gets done.
  let startMs = 0;
  for (;;) {
    await pause(random.int(1_500, 6_000) + 2 * startMs, over);
    if (over.aborted) return;
    await gateway.kill();
    count.kills += 1;
    const begun = Date.now();
    await gateway.start();
    startMs = Date.now() - begun;
  }
}

async function freePorts(howMany: number): Promise<number[]> {
  const servers = Array.from({ length: howMany }, () => createServer().listen(0, "127.0.0.1"));
  await Promise.all(servers.map((server) => once(server, "listening")));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}

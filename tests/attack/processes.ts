/** A gateway to attack, somebody who is known to it, and somebody who asks for its health beside. */
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createAccounts } from "../../mocks/demo/accounts.ts";
import { startMocks } from "../../mocks/demo/servers.ts";
import { demoEnvironment } from "../../mocks/demo/start.ts";
import type { DemoAccount } from "../../mocks/start-page.ts";
import { openStore } from "../../store/store.ts";
import { linkToNotice } from "../bench/link.ts";
import { client, operation, signIn } from "../support/client.ts";
import type { Target, Way } from "./attack.ts";
import type { Told } from "./gateway-process.ts";
import type { HealthSeen } from "./health-process.ts";
import type { NeighbourSeen } from "./neighbour-process.ts";

export interface Health {
  /** What was seen since this was asked before. */
  look(): Promise<HealthSeen>;
  stop(): Promise<void>;
}

export interface Attacked {
  readonly target: Target;
  /** What the gateway's process takes, in bytes, once nothing is left to collect. */
  memory(): Promise<number>;
  /** Whether it still runs. */
  alive(): boolean;
  stop(): Promise<void>;
}

type Neighbours = NonNullable<Target["neighbours"]>;

const fileBytes = 50_000_000;
const landlord = "chartres";
const neighbour = "la-rochelle";

/** What each way is in the gateway's environment; otherwise as in production. */
const settings: Record<Exclude<Way, "given">, Record<string, string | undefined>> = {
  open: { TROUSSEAU_OPERATIONS: "open", TROUSSEAU_REQUESTS_PER_MINUTE: "10000000" },
  listed: { TROUSSEAU_OPERATIONS: "listed", TROUSSEAU_REQUESTS_PER_MINUTE: "10000000" },
  usual: { TROUSSEAU_OPERATIONS: undefined, TROUSSEAU_REQUESTS_PER_MINUTE: undefined },
};

/** With its ERPs and with people who are known to it. */
export async function startAttacked(way: Exclude<Way, "given">): Promise<Attacked> {
  const folder = await mkdtemp(join(tmpdir(), "trousseau-attack-"));
  const mocks = await startMocks(true);
  const environment = {
    ...process.env,
    ...demoEnvironment(0, mocks, folder),
    TROUSSEAU_INTROSPECTION: "false",
    TROUSSEAU_EXPLORER: "false",
    TROUSSEAU_PUBLIC_URL: "http://localhost",
    TROUSSEAU_LOG_LEVEL: "error",
    ...settings[way],
  };
  const secret = Buffer.from(environment.TROUSSEAU_SECRET, "base64");
  const store = await openStore({ url: environment.TROUSSEAU_STORE, secret });
  const accounts = await createAccounts(store, mocks.erps);
  await store.close();
  const child = start("gateway-process.ts", [], environment);
  const { url } = (await child.heard()) as Extract<Told, { url: string }>;
  const erp = mocks.erps.find((each) => each.landlord === landlord)!;
  await fetch(`${erp.doorUrl}/documents`, {
    method: "PUT",
    body: JSON.stringify({ bytes: fileBytes }),
  });
  return {
    target: { url, way, ...(await knownAt(url, accounts)) },
    memory: async () => {
      const told = (await child.ask()) as Extract<Told, { bytes: number }>;
      return told.bytes;
    },
    alive: child.alive,
    stop: async () => {
      await child.stop();
      await mocks.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function knownAt(url: string, accounts: readonly DemoAccount[]) {
  const own = accounts.filter((account) => account.landlord === landlord);
  const download = await linkToNotice(url, own);
  const token = await tokenOf(url, own[0]!);
  const others = accounts.filter((account) => account.landlord === neighbour).slice(0, 8);
  const tokens = await Promise.all(others.map((account) => tokenOf(url, account)));
  return { landlord, token, download, neighbours: { landlord: neighbour, tokens } };
}

async function tokenOf(url: string, account: DemoAccount): Promise<string> {
  const { landlord: at, email, password } = account;
  return (await signIn(client({ url, landlord: at }), email, password)).token!;
}

/** What people usually ask, so that what is kept of it is there before anything is measured. */
export async function warmUp({ url, landlord: at, token }: Target): Promise<void> {
  const front = client({ url, landlord: at, ...(token !== null && { token }) });
  const texts = ["F12-home", "F13-contracts", "B01-landlord", "F25-entries"].map(operation);
  for (let i = 0; i < 50; i += 1) await Promise.all(texts.map((text) => front(text)));
}

/** People who look at their spaces at another landlord meanwhile. */
export async function watchNeighbours(url: string, { landlord: at, tokens }: Neighbours) {
  const child = start("neighbour-process.ts", [url, at, ...tokens], process.env);
  await child.ask();
  return { look: async () => (await child.ask()) as NeighbourSeen, stop: child.stop };
}

export async function watchHealth(url: string): Promise<Health> {
  const child = start("health-process.ts", [url], process.env);
  await child.ask();
  return { look: async () => (await child.ask()) as HealthSeen, stop: child.stop };
}

function start(name: string, args: string[], env: NodeJS.ProcessEnv) {
  const file = fileURLToPath(new URL(name, import.meta.url));
  const register = new URL("../../register.js", import.meta.url).href;
  const execArgv = ["--expose-gc", "--import", register];
  const child: ChildProcess = fork(file, args, { execArgv, env });
  const ended = once(child, "exit");
  const heard = async (): Promise<unknown> => {
    const gone = ended.then(([code]) => Promise.reject(new Error(`${name} ended with ${code}`)));
    gone.catch(() => {});
    const [said] = await Promise.race([once(child, "message"), gone]);
    return said as unknown;
  };
  return {
    heard,
    ask: () => {
      const answer = heard();
      if (child.connected) child.send("");
      return answer;
    },
    alive: () => child.exitCode === null && child.signalCode === null,
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}

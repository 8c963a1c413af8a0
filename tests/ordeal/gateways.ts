/** Gateways in processes of their own, which are killed and started again. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const register = new URL("../../register.js", import.meta.url).href;
const main = fileURLToPath(new URL("../../gateway/main.ts", import.meta.url));

export interface Gateway {
  readonly url: string;
  /** Resolves when it serves. Throws, with what it said, when it ends instead. */
  start(): Promise<void>;
  /** SIGKILL: it cannot do anything about it. */
  kill(): Promise<void>;
  /** As an operator would. */
  stop(): Promise<void>;
}

/** Not started yet. `port`: always the same one, after each start. */
export function createGateway(port: number, environment: Record<string, string>): Gateway {
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;
  const end = async (signal: NodeJS.Signals) => {
    const ending = child;
    child = null;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    const ended = once(ending, "exit");
    ending.kill(signal);
    await ended;
  };
  return {
    url,
    start: async () => {
      const started = spawn(process.execPath, ["--import", register, main], {
        env: { ...environment, TROUSSEAU_PORT: String(port) },
        stdio: ["ignore", "pipe", "pipe"],
      });
      child = started;
      await untilServing(started, url);
    },
    kill: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
  };
}

async function untilServing(child: ChildProcess, url: string): Promise<void> {
  let said = "";
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      said = (said + text).slice(-4_000);
    });
  }
  while (child.exitCode === null && child.signalCode === null) {
    const ready = await fetch(`${url}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  if (child.signalCode !== "SIGKILL") throw new Error(`a gateway ended: ${said}`);
}

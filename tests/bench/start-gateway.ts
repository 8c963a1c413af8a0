import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Memory } from "./gateway-process.ts";

export interface GatewayProcess {
  readonly url: string;
  /** What it takes now, and the most since it was asked before. */
  memory(): Promise<Memory>;
  stop(): Promise<void>;
}

export async function startGateway(
  environment: Record<string, string | undefined>,
): Promise<GatewayProcess> {
  const file = fileURLToPath(new URL("./gateway-process.ts", import.meta.url));
  const register = new URL("../../register.js", import.meta.url).href;
  const child = fork(file, { execArgv: ["--import", register], env: environment });
  const ended = once(child, "exit");
  const message = async <T>(): Promise<T> => {
    const gone = ended.then(([code]) => Promise.reject(new Error(`the gateway ended: ${code}`)));
    const [said] = await Promise.race([once(child, "message"), gone]);
    return said as T;
  };
  const { url } = await message<{ url: string }>();
  return {
    url,
    memory: () => {
      const answer = message<Memory>();
      child.send("memory");
      return answer;
    },
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}

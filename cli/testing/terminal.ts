/** A terminal for tests: what is printed and told is kept, and nobody is there to answer. */
import { runCli } from "../cli.ts";
import type { ExitCode, Terminal } from "../terminal.ts";

export interface Ran {
  readonly code: ExitCode;
  /** What was printed. */
  readonly out: string;
  /** What was told beside it. */
  readonly err: string;
}

export interface World extends Partial<Pick<Terminal, "environment" | "folder" | "now" | "root">> {
  /** In order; null to all that is asked afterwards. */
  readonly answers?: readonly string[];
  readonly signal?: AbortSignal;
}

const house = new URL("../../", import.meta.url);

/** A terminal that keeps what is shown, in an environment that is empty unless given. */
export function createTestTerminal(world: World = {}): {
  readonly terminal: Terminal;
  readonly shown: () => Omit<Ran, "code">;
} {
  const { answers = [], ...given } = world;
  const left = [...answers];
  let [out, err] = ["", ""];
  const terminal: Terminal = {
    print: (text) => void (out += text),
    tell: (text) => void (err += text),
    progress: () => {},
    ask: (question) => {
      err += `${question}\n`;
      return Promise.resolve(left.shift() ?? null);
    },
    style: (_format, text) => text,
    environment: {},
    folder: process.cwd(),
    root: house,
    now: () => new Date(),
    signal: new AbortController().signal,
    ...given,
  };
  return { terminal, shown: () => ({ out, err }) };
}

/** Runs one command line in this process. */
export async function runCommand(args: readonly string[], world: World = {}): Promise<Ran> {
  const { terminal, shown } = createTestTerminal(world);
  const code = await runCli(args, terminal);
  return { code, ...shown() };
}

/** What a command has of the world: made once in main.ts, and by tests with what they look at. */
import { createInterface } from "node:readline/promises";
import { styleText } from "node:util";

export interface Terminal {
  /** What was asked for: standard output. Text is written as it is, ends with its own line break. */
  print(text: string): void;
  /** What is said beside it: standard error. */
  tell(text: string): void;
  /** One line that is written over; nothing where no person looks on. An empty one takes it away. */
  progress(line: string): void;
  /** What the person types in answer, trimmed; null where there is no person, or they want to stop. */
  ask(question: string): Promise<string | null>;
  /** Colours on a terminal that bears them, plain text elsewhere. */
  style(format: Style, text: string): string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where the command was called: paths that people give are relative to it. */
  readonly folder: string;
  /** The root of the house: where adapters/, landlords/ and so on stand. */
  readonly root: URL;
  readonly now: () => Date;
  /** Fires when the person wants it to stop. */
  readonly signal: AbortSignal;
}

export type Style = "red" | "green" | "yellow" | "bold" | "dim";

/** How a command ended: 0 as it should be, 1 something is wrong, 2 it was called wrongly. */
export type ExitCode = 0 | 1 | 2;

/** Something that whoever called can put right: said in one line, without a stack. */
export class UsageError extends Error {}

export function createTerminal(process: NodeJS.Process, root: URL): Terminal {
  const { stdin, stdout, stderr } = process;
  const stopping = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => stopping.abort());
  const clear = stderr.isTTY ? "\r\u001b[2K" : "";
  return {
    print: (text) => void stdout.write(text),
    tell: (text) => void stderr.write(clear + text),
    progress: (line) => {
      if (stderr.isTTY) stderr.write(clear + line.slice(0, (stderr.columns || 80) - 1));
    },
    ask: async (question) => {
      if (!stdin.isTTY || !stderr.isTTY) return null;
      const lines = createInterface({ input: stdin, output: stderr });
      try {
        return (await lines.question(question, { signal: stopping.signal })).trim();
      } catch {
        return null;
      } finally {
        lines.close();
      }
    },
    style: (format, text) => styleText(format, text, { stream: stdout }),
    environment: process.env,
    folder: process.cwd(),
    root,
    now: () => new Date(),
    signal: stopping.signal,
  };
}

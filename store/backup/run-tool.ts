/** PostgreSQL's own programs. */
import { spawn } from "node:child_process";
import { BackupProblem } from "./problem.ts";

export type Environment = Readonly<Record<string, string | undefined>>;
type Tool = "pg_dump" | "pg_restore";

/** What it printed. Throws BackupProblem with its first words where it is not there, or fails. */
export function runTool(
  tool: Tool,
  given: readonly string[],
  environment: Environment,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(tool, given, {
      env: { ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [out, complaint] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => void (out += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => void (complaint += text));
    child.on("error", () =>
      reject(
        new BackupProblem(
          `${tool} cannot be started: install PostgreSQL's client programs, of the server's version or later (Debian: postgresql-client).`,
        ),
      ),
    );
    child.on("close", (code) => {
      if (code === 0) resolve(out);
      else reject(new BackupProblem(`${tool} failed: ${firstLines(complaint)}`));
    });
  });
}

const firstLines = (text: string) => text.trim().split("\n").slice(0, 5).join("\n  ");

/** `15` of `pg_dump (PostgreSQL) 15.20 (Debian …)`. */
export async function majorOf(tool: Tool, environment: Environment): Promise<number> {
  const told = await runTool(tool, ["--version"], environment);
  return Number(/\b(\d+)(?:\.\d+|devel|beta|rc)/.exec(told)?.[1]);
}

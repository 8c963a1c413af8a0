import { BackupProblem } from "../../store/backup/problem.ts";
import type { ExitCode, Terminal } from "../terminal.ts";

/** What stands in the way of a back-up is told in one line: so is a disk that is full or closed to us. */
export async function orProblem(
  { tell }: Pick<Terminal, "tell">,
  work: () => Promise<ExitCode>,
): Promise<ExitCode> {
  try {
    return await work();
  } catch (error) {
    const said = wordsOf(error);
    if (said === null) throw error;
    tell(`trousseau: ${said}\n`);
    return 1;
  }
}

function wordsOf(error: unknown): string | null {
  if (error instanceof BackupProblem) return error.message;
  const { syscall, code, path } = error as NodeJS.ErrnoException;
  if (syscall !== undefined && path !== undefined) return `${path}: ${code} (${syscall}).`;
  return null;
}

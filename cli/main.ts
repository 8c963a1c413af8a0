/** `npx trousseau`: see cli.ts for the commands. */
import { runCli } from "./cli.ts";
import { createTerminal } from "./terminal.ts";

const terminal = createTerminal(process, new URL("../", import.meta.url));
process.exitCode = await runCli(process.argv.slice(2), terminal);

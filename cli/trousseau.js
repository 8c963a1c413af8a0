#!/usr/bin/env node
// `npx trousseau`: starts the command line under the Node that comes with this package, as the npm
// scripts do, because the machine's own may be older.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const { resolve } = createRequire(import.meta.url);
const node = join(dirname(resolve("node/package.json")), "bin", "node");
const register = new URL("../register.js", import.meta.url).href;
const main = fileURLToPath(new URL("main.ts", import.meta.url));
const parameters = ["--import", register, main, ...process.argv.slice(2)];
const child = spawn(node, parameters, { stdio: "inherit" });
// A signal to the terminal reaches the child as well: it is the one to say how it ends.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.on("error", (error) => {
  process.stderr.write(`trousseau: Node could not be started: ${error.message}\n`);
  process.exitCode = 1;
});
child.on("exit", (code) => (process.exitCode = code ?? 1));

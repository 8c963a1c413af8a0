import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";

const signals = JSON.stringify(join(import.meta.dirname, "signals.ts"));
const log = JSON.stringify(join(import.meta.dirname, "log.ts"));

test.each([
  ["a rejection that nobody handles", 'Promise.reject(new Error("lost"))'],
  ["an error in an event's listener", 'setImmediate(() => { throw new Error("lost"); })'],
])("D-10 after %s it says so in its log and ends with 1", async (_what, defect) => {
  const script = `
    const { endOnDefects } = await import(${signals});
    const { createLog } = await import(${log});
    const log = createLog("error");
    endOnDefects((error) => log.fatal({ err: error }, "a defect"));
    setInterval(() => {}, 1_000);
    ${defect};`;
  const options = ["--import", "./register.js", "--input-type=module", "-e", script];
  const child = spawn(process.execPath, options, { cwd: join(import.meta.dirname, "..") });
  const said = child.stdout.toArray();
  expect(await once(child, "exit")).toEqual([1, null]);
  const [line] = Buffer.concat((await said) as Buffer[])
    .toString()
    .trim()
    .split("\n");
  expect(JSON.parse(line!)).toMatchObject({ level: 60, msg: "a defect", err: { message: "lost" } });
});

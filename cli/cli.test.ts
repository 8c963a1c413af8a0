import { expect, test } from "vitest";
import { createProgram } from "./cli.ts";
import { createTestTerminal, runCommand } from "./testing/terminal.ts";

test("help is printed, and is no fault", async () => {
  const { code, out } = await runCommand(["--help"]);
  expect(code).toBe(0);
  expect(out).toContain("Usage: trousseau");
});

test("an unknown command is told, with where to look", async () => {
  const { code, out, err } = await runCommand(["landlrd"]);
  expect(code).toBe(2);
  expect(out).toBe("");
  expect(err).toMatch(/unknown command 'landlrd'[\s\S]*--help/);
});

test("each command is found by its name, without the others", async () => {
  const { terminal } = createTestTerminal();
  const load = (...args: string[]) => createProgram(terminal, () => async () => {}, args);
  const tree = ({ commands }: Awaited<ReturnType<typeof load>>) =>
    commands.map((one) => [one.name(), one.commands.map((each) => each.name())] as const);
  const all = tree(await load());
  expect(all.map(([name]) => name)).toEqual(["adapter", "landlord", "store", "doctor"]);
  for (const [name, inner] of all) {
    expect(tree(await load(name))).toEqual([[name, inner]]);
    for (const each of inner) expect(tree(await load(name, each))).toEqual([[name, [each]]]);
  }
});

import { expect, test } from "vitest";
import { runCommand } from "./testing/terminal.ts";

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

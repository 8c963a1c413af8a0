/** How the command is called, and what it says; `tests/conformance` has it run every check. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Report } from "../../adapters/conformance/report.ts";
import { adapters } from "../../tests/conformance/find.ts";
import { standFor, type StoodFor } from "../../tests/conformance/command.ts";
import { runCommand, type World } from "../testing/terminal.ts";

let stood: StoodFor;
beforeAll(async () => {
  stood = await standFor(adapters.get("habilog")!);
});
afterAll(() => stood.close());

const check = (args: readonly string[], world: World = {}) =>
  runCommand(["adapter", "check", stood.landlordFile, "--material", stood.materialFile, ...args], {
    environment: stood.environment,
    folder: stood.folder,
    ...world,
  });

describe("adapter check", () => {
  test("tells what holds, what was not tried and what a portal lacks, and ends with one line", async () => {
    const { code, out } = await check(["--only", "balances.,contracts.,changes.personChanges"]);
    expect(code).toBe(0);
    expect(out).toContain("Conformance of habilog, for ivry");
    expect(out).toMatch(/Not tried\n {2}nothing may be written in this run\n {4}changes\.person/);
    expect(out).toMatch(
      /A portal has \d+ features with this ERP, and lacks\n[\s\S]* F31 .* not served: rentReceipts/,
    );
    expect(out).toMatch(
      /\nhabilog conforms: \d+ passed, 0 failed, 0 should be better, \d+ skipped\n$/,
    );
  });

  test("tells each failure with what was expected, what came and where to look", async () => {
    const material = join(stood.folder, "wrong.yaml");
    const known = JSON.parse(await readFile(stood.materialFile, "utf8")) as {
      balances: { contract: string }[];
    };
    const balances = known.balances.map(({ contract }) => ({ contract, owed: "31415.92" }));
    await writeFile(material, JSON.stringify({ ...known, balances }));
    const { code, out } = await check(["--material", material, "--only", "balances."]);
    expect(code).toBe(1);
    expect(out).toMatch(
      /\nFAILED balances\.\S+\n {2}.+\n {2}expected {2}.+\n {2}came {6}.+\n {2}hint {6}.+\n/,
    );
    expect(out).toMatch(/habilog does not conform: \d+ passed, [1-9]/);
  });

  test("writes a report to a file", async () => {
    const { code, out, err } = await check([
      "--only",
      "balances.",
      "--report",
      "json",
      "--out",
      "r.json",
    ]);
    expect([code, out]).toEqual([0, ""]);
    expect(err).toContain("r.json holds the report");
    const report = JSON.parse(await readFile(join(stood.folder, "r.json"), "utf8")) as Report;
    expect(report.checks.every(({ id }) => id.startsWith("balances."))).toBe(true);
  });

  test("finds contracts by people, and says which material lacks", async () => {
    const material = join(stood.folder, "people.yaml");
    const known = JSON.parse(await readFile(stood.materialFile, "utf8")) as { persons: string[] };
    await writeFile(material, JSON.stringify({ persons: known.persons }));
    const { code, out } = await check(["--material", material, "--only", "balances."]);
    expect(code).toBe(0);
    expect(out).toMatch(/Not tried\n {2}balances: /);
  });

  test("without material says how to begin, and that nothing was checked", async () => {
    const { environment, folder } = stood;
    const { code, out, err } = await runCommand(
      ["adapter", "check", stood.landlordFile, "--only", "balances."],
      { environment, folder },
    );
    expect(code).toBe(1);
    expect(err).toMatch(
      /There is no material at .*material\/ivry\.yaml: .*material\.example\.yaml/,
    );
    expect(out).toMatch(/habilog was not checked: nothing could be tried: 0 passed/);
  });

  test("ends with what was found so far when it is stopped", async () => {
    const { code, out } = await check([], { signal: AbortSignal.abort() });
    expect(code).toBe(1);
    expect(out).toMatch(/ {2}the run was stopped before it was tried\n/);
  });
});

describe("before anything is written", () => {
  test("the landlord's name is asked for", async () => {
    const only = ["--write", "--only", "balances."];
    const { code, err } = await check(only, { answers: ["yes"] });
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(/only in a test system[\s\S]*nothing was tried/),
    ]);
    expect((await check(only, { answers: ["ivry"] })).code).toBe(0);
  });

  test("nobody at the terminal means no", async () => {
    const { code, err } = await check(["--write"]);
    expect([code, err]).toEqual([2, expect.stringContaining("add --yes")]);
  });
});

describe("an ERP that cannot be used is one sentence", () => {
  const told = async (change: (file: string) => string, environment = stood.environment) => {
    const file = join(stood.folder, "other.yaml");
    await writeFile(file, change(await readFile(stood.landlordFile, "utf8")));
    const args = ["adapter", "check", file, "--material", stood.materialFile];
    return runCommand(args, { environment, folder: stood.folder });
  };

  test("where nobody listens", async () => {
    const { code, out, err } = await told((file) =>
      file.replace(/127\.0\.0\.1:\d+/, "127.0.0.1:9"),
    );
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(/^trousseau: the ERP of ivry cannot be reached .* check the address .*\n$/);
  });

  test("where the credentials are wrong", async () => {
    const { code, out, err } = await told(String, { IVRY_ERP_password: "not-this-one" });
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(/^trousseau: the ERP of ivry refuses our credentials: check .*\n$/);
    expect(err).not.toContain("not-this-one");
  });

  test("and a fault of the file names line and field", async () => {
    const { code, err } = await told(String, {});
    expect(code).toBe(1);
    expect(err).toMatch(
      /other\.yaml:\d+ {2}erp\.settings\.password {2}expected the environment variable/,
    );
  });
});

describe("called wrongly", () => {
  test.each([
    [["no-such-landlord"], /no landlord "no-such-landlord".*chartres, immo-paris, ivry/],
    [[], /Which landlord\?.*la-rochelle/],
  ])("%j lists the landlords", async (args, told) => {
    const { code, err } = await runCommand(["adapter", "check", ...args]);
    expect([code, err]).toEqual([2, expect.stringMatching(told)]);
  });

  test.each([
    [["--report", "pdf"], /text, json, junit, html/],
    [["--only", "balance."], /no check begins with "balance\."/],
    [["--material", "none.yaml"], /none\.yaml/],
    [["--out", "no/such/folder/report.txt", "--only", "balances."], /cannot be written/],
  ])("%j says what would be right", async (args, told) => {
    const { code, err } = await check(args);
    expect([code, err]).toEqual([2, expect.stringMatching(told)]);
  });
});

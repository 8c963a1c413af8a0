/** What is recorded from a mock ERP is played back by the same commands, and conforms. */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Report } from "../../adapters/conformance/report.ts";
import { standFor, type StoodFor } from "../../tests/conformance/command.ts";
import { adapters } from "../../tests/conformance/find.ts";
import { runCommand } from "../testing/terminal.ts";

/** Keys, amounts, sorted lists, words of the ERP, files, what is looked up of changes. */
const some = [
  "persons.byKeys/",
  "balances.ofContracts/exact",
  "accountEntries.ofContracts/exact",
  "requestCatalogues.ofContracts/",
  "documentContents.open/rentNotices/whole",
  "changes.personChanges/absent",
].join(",");
const shipped = ["beauceron", "dolibarr", "habilog", "intitulo", "pavois", "syndeo"];

const reasonOf = ({ finding }: Report["checks"][number]) =>
  finding.status === "skip" ? finding.reason : null;

describe("what is recorded is played back", () => {
  test.each(shipped)("%s, without a failure", async (product) => {
    const stood = await standFor(adapters.get(product)!);
    const { landlordFile, environment, folder } = stood;
    const to = join(folder, "recording");
    const materialFile = await fewOf(stood);
    try {
      const record = ["adapter", "record", landlordFile, "--check", "--only", some];
      const recorded = await runCommand([...record, "--material", materialFile, "--out", to], {
        environment,
        folder,
      });
      expect(recorded).toMatchObject({ code: 0, err: "" });
      expect(recorded.out).toMatch(/^\d+ exchanges are in /);
      expect(recorded.out).not.toContain("left out");
      await stood.erp.close();
      // No environment: a recording needs no secret.
      const play = ["adapter", "check", landlordFile, "--recorded", to, "--report", "json"];
      const { code, out } = await runCommand([...play, "--only", `${some},contracts.`], {
        folder,
      });
      const { checks } = JSON.parse(out) as Report;
      expect(checks.filter(({ finding }) => finding.status === "fail")).toEqual([]);
      expect(code).toBe(0);
      const own = checks.filter(({ id }) => !id.startsWith("contracts."));
      expect(own.filter((check) => reasonOf(check) === "not recorded")).toEqual([]);
      expect(own.filter(({ finding }) => finding.status === "pass").length).toBeGreaterThan(8);
      // What nobody asked for then is no failure now.
      expect(checks.map(reasonOf)).toContain("not recorded");
      await holdsNobody(to, materialFile);
    } finally {
      await stood.close();
    }
  });
});

/** A few of the people and contracts: enough to find them again. */
async function fewOf({ folder, materialFile }: StoodFor): Promise<string> {
  const all = JSON.parse(await readFile(materialFile, "utf8")) as Record<string, unknown>;
  const few = Object.entries(all).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.slice(0, 4) : value,
  ]);
  const path = join(folder, "few.yaml");
  await writeFile(path, JSON.stringify({ ...Object.fromEntries(few), names: all["names"] }));
  return path;
}

interface Known {
  readonly names: readonly { surname: string; givenName: string; person: string }[];
  readonly contracts: readonly string[];
}

async function holdsNobody(folder: string, materialFile: string): Promise<void> {
  const { names, contracts } = JSON.parse(await readFile(materialFile, "utf8")) as Known;
  const files = await readdir(folder);
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), "latin1")));
  const all = texts.join("\n").toLowerCase();
  const sought = [...names.flatMap(({ surname, person }) => [surname, person]), ...contracts];
  const long = sought.filter((value) => value.length > 6).map((value) => value.toLowerCase());
  expect(long.length).toBeGreaterThan(10);
  expect(long.filter((value) => all.includes(Buffer.from(value).toString("latin1")))).toEqual([]);
}

test("everything that a portal shows to one person is recorded by the key alone", async () => {
  const stood = await standFor(adapters.get("habilog")!);
  const { landlordFile, materialFile, environment, folder } = stood;
  try {
    const known = JSON.parse(await readFile(materialFile, "utf8")) as { persons: string[] };
    const record = ["adapter", "record", landlordFile, "--person", known.persons[0]!];
    const { code, out } = await runCommand(record, { environment, folder });
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(/^\d\d+ exchanges are in .*recordings\/ivry;/),
    ]);
    const again = await runCommand(record, { environment, folder });
    expect(again).toMatchObject({ code: 2, err: expect.stringMatching(/take another folder/) });
  } finally {
    await stood.close();
  }
});

describe("called wrongly", () => {
  const told = async (args: readonly string[]) => {
    const stood = await standFor(adapters.get("habilog")!);
    try {
      await writeFile(join(stood.folder, "recording.json"), "{}");
      const { environment, folder } = stood;
      return await runCommand(
        args.map((arg) => arg.replace("FILE", stood.landlordFile).replace("HERE", folder)),
        { environment, folder },
      );
    } finally {
      await stood.close();
    }
  };

  test.each([
    [["adapter", "record", "FILE"], /--check, or --person/],
    [["adapter", "record", "FILE", "--check", "--out", "HERE"], /has something in it/],
    [["adapter", "check", "FILE", "--recorded", "nowhere"], /nowhere holds no recording/],
    [["adapter", "check", "FILE", "--recorded", "HERE"], /holds no recording: .*product/s],
    [["adapter", "check", "FILE", "--recorded", "HERE", "--write"], /not with --recorded/],
  ])("%j", async (args, words) => {
    const { code, err } = await told(args);
    expect([code, err]).toEqual([2, expect.stringMatching(words)]);
  });
});

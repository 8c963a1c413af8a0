/** What is recorded from a mock ERP is played back by the same commands, and conforms. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSubject } from "../../adapters/conformance/subject.ts";
import type { Report } from "../../adapters/conformance/report.ts";
import { readRecording } from "../../adapters/recording/folder.ts";
import { standFor, type StoodFor } from "../../tests/conformance/command.ts";
import { adapters } from "../../tests/conformance/find.ts";
import type { ExitCode } from "../terminal.ts";
import { createTestTerminal, runCommand, type Ran } from "../testing/terminal.ts";
import { askHouse, wholeLandlordOf } from "./ask-house.ts";
import { readAskedOperation } from "./asked-operation.ts";
import { playedErp } from "./played.ts";

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

/** The landlord's whole file, as a gateway has it. */
async function wholeFileOf({ landlordFile, folder }: StoodFor): Promise<string> {
  const ofGateway = new URL("../../landlords/chartres.yaml", import.meta.url);
  const whole = parse(await readFile(ofGateway, "utf8")) as object;
  const { erp } = parse(await readFile(landlordFile, "utf8")) as { erp: object };
  const path = join(folder, "whole.yaml");
  await writeFile(path, stringify({ ...whole, erp }));
  return path;
}

/** As `npx trousseau` does, from a folder that is not the house's. */
async function launch(
  args: readonly string[],
  environment: Record<string, string>,
  folder: string,
): Promise<Ran> {
  const script = fileURLToPath(new URL("../trousseau.js", import.meta.url));
  const child = spawn(process.execPath, [script, ...args], {
    cwd: folder,
    env: { ...process.env, ...environment },
  });
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close") as Promise<[ExitCode]>,
  ]);
  return { code, out, err };
}

const operationFile = (name: string) =>
  fileURLToPath(new URL(`../../schema/operations/${name}.graphql`, import.meta.url));

/** Asks the house a query over what was recorded: what it could not have, and the paths it asked. */
async function askPlayed(landlordFile: string, folder: string, file: string) {
  const { terminal: ours } = createTestTerminal();
  const played = (await playedErp(ours, landlordFile, folder))!;
  const { erp, terminal, material } = played;
  const { persons } = JSON.parse(await readFile(material, "utf8")) as { persons: string[] };
  const paths = new Set<string>();
  const subject = await createSubject({
    adapter: erp.adapter,
    landlord: erp.id,
    settings: erp.settings,
    limits: erp,
    material: {},
    lever: null,
    now: terminal.now,
    onExchange: ({ url }) => paths.add(new URL(url).pathname),
  });
  try {
    const landlord = await wholeLandlordOf(terminal, landlordFile);
    const house = { landlord, ports: subject.usual.ports, person: persons[0]! };
    const asked = await readAskedOperation(terminal, file, undefined);
    const missing = await askHouse(terminal, house, asked);
    return { missing, paths, misses: played.misses() };
  } finally {
    await subject.close();
    await played.close();
  }
}

test("what a query of a front-end takes is recorded, and answers the same query again", async () => {
  const stood = await standFor(adapters.get("beauceron")!);
  const { materialFile, environment, folder } = stood;
  const to = join(folder, "recording");
  const home = operationFile("F12-home");
  try {
    const landlordFile = await wholeFileOf(stood);
    const { persons } = JSON.parse(await readFile(materialFile, "utf8")) as { persons: string[] };
    const record = ["adapter", "record", landlordFile, "--operation", home];
    const args = [...record, "--person", persons[0]!, "--out", to];
    const { code, out, err } = await launch(args, environment, folder);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/^The query was answered without an error\.\n\d+ exchanges are in /);
    expect(out).not.toContain("left out");
    await holdsNobody(to, materialFile);
    await stood.erp.close();
    const { missing, paths, misses } = await askPlayed(landlordFile, to, home);
    expect([missing, misses]).toEqual([[], 0]);
    const { exchanges } = await readRecording(to);
    const recorded = new Set(exchanges.map(({ path }) => path.replace(/\?.*/, "")));
    expect(paths).toEqual(recorded);
    expect(paths.size).toBeGreaterThan(5);
  } finally {
    await stood.close();
  }
});

describe("called wrongly", () => {
  let stood: StoodFor;
  beforeAll(async () => {
    stood = await standFor(adapters.get("habilog")!);
    await writeFile(join(stood.folder, "recording.json"), "{}");
  });
  afterAll(() => stood?.close());
  const told = ({ landlordFile, environment, folder }: StoodFor, args: readonly string[]) =>
    runCommand(
      args.map((arg) => arg.replace("FILE", landlordFile).replace("HERE", folder)),
      { environment, folder },
    );

  test.each([
    [["adapter", "record", "FILE"], /--check, or --person/],
    [["adapter", "record", "FILE", "--check", "--operation", "x.graphql"], /goes with --person/],
    [["adapter", "record", "FILE", "--person", "1", "--variables", "x"], /those of an --operation/],
    [["adapter", "record", "FILE", "--person", "1", "--operation", "none"], /none cannot be read/],
    [["adapter", "record", "FILE", "--person", "1", "--operation", "FILE"], /is no GraphQL/],
    [
      ["adapter", "record", "FILE", "--person", "1", "--operation", operationFile("F06-sign-in")],
      /holds a mutation: only a query can be recorded/,
    ],
    [["adapter", "record", "FILE", "--check", "--out", "HERE"], /has something in it/],
    [["adapter", "check", "FILE", "--recorded", "nowhere"], /nowhere holds no recording/],
    [["adapter", "check", "FILE", "--recorded", "HERE"], /holds no recording: .*product/s],
    [["adapter", "check", "FILE", "--recorded", "HERE", "--write"], /not with --recorded/],
  ])("%j", async (args, words) => {
    const { code, err } = await told(stood, args);
    expect([code, err]).toEqual([2, expect.stringMatching(words)]);
  });
});

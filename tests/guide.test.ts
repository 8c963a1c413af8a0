/** Follows docs/plug-in-your-erp.md word by word, in a copy of the house, and looks at what comes of it. */
import { once } from "node:events";
import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cp,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  realpath,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { isShown, linesOfCode, stepsOf, type Command, type Step } from "./support/guide.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const guide = await readFile(join(root, "docs/plug-in-your-erp.md"), "utf8");
const steps = stepsOf(guide);

/** What is long of the house is done for the new folder only; servers take ports that are free. */
const shortcuts = (tsconfig: string) => `
npx() { shift; node cli/trousseau.js "$@"; }
npm() {
  case "$*" in
    "run example") exec node --import ./register.js examples/marelle/erp.ts --port 0 ;;
    "run demo") exec node --import ./register.js mocks/demo.ts --free-ports ;;
    "run docs") node --import ./register.js cli/reference/write.ts ;;
    "run check")
      node_modules/.bin/tsc --noEmit -p ${tsconfig} &&
      node_modules/.bin/oxlint --type-aware --deny-warnings --quiet adapters/erp/marelle &&
      node_modules/.bin/oxfmt --check adapters/erp/marelle landlords/valmorin.yaml ;;
    *) echo "not known here: npm $*"; false ;;
  esac
}
`;
const servers = new Set(["npm run example", "npm run demo"]);

let house: string;
let notes: string;
let shell: ChildProcessWithoutNullStreams;
let before: Map<string, string>;
/** What each command printed. */
const came = new Map<string, string>();
/** Where something else was printed than the guide shows. */
const surprises: (Omit<Command, "kind"> & { came: string })[] = [];
/** Addresses of the guide, and where they really are. */
const addresses = new Map<string, string>();
const processes: number[] = [];

beforeAll(async () => {
  house = await mkdtemp(join(tmpdir(), "trousseau-guide-"));
  notes = await mkdtemp(join(tmpdir(), "trousseau-guide-notes-"));
  await cp(root, house, { recursive: true, filter: (path) => !leftBehind(path) });
  await symlink(await realpath(join(root, "node_modules")), join(house, "node_modules"));
  const tsconfig = join(notes, "tsconfig.json");
  const include = ["adapters/erp/marelle", "adapters/transport/sax.d.ts"];
  const compilerOptions = { typeRoots: [join(house, "node_modules/@types")] };
  const config = { extends: join(house, "tsconfig.json"), compilerOptions };
  const paths = include.map((path) => join(house, path));
  await writeFile(tsconfig, JSON.stringify({ ...config, include: paths }));
  before = await filesIn(house);
  shell = spawn("bash", ["-s"], { cwd: house, env: environment() });
  await said(shortcuts(tsconfig));
  for (const step of steps) await follow(step);
}, 240_000);

afterAll(async () => {
  for (const id of processes) process.kill(id);
  if (shell) {
    // For what was killed, too: it writes until it has ended.
    shell.stdin.end("wait\n");
    await once(shell, "exit");
  }
  await Promise.all([house, notes].map((folder) => rm(folder, { recursive: true, force: true })));
});

const leftBehind = (path: string) =>
  /^(node_modules|\.git|data|\.cache|\.vitest|tests|landlords\/material)$/.test(
    relative(root, path),
  );

/** That of the developer, without what would set up another house. */
function environment(): NodeJS.ProcessEnv {
  const { PATH, HOME, LANG } = process.env;
  const path = `${dirname(process.execPath)}:${PATH}`;
  // What is compiled of the copy goes with it.
  const NODE_COMPILE_CACHE = join(notes, "compiled");
  return { PATH: path, HOME, LANG, NODE_COMPILE_CACHE, NO_COLOR: "1" };
}

async function follow(step: Step): Promise<void> {
  if (step.kind === "run") return run(step);
  const path = join(house, step.path);
  await mkdir(dirname(path), { recursive: true });
  if (step.kind === "write") return writeFile(path, step.text);
  const lines = (await readFile(path, "utf8")).split("\n");
  const places = lines.filter((line) => line.trim() === step.old);
  if (places.length !== 1) throw new Error(`${step.path}: no one line "${step.old}".`);
  const text = lines.map((line) => (line === places[0] ? step.text : line)).join("\n");
  await writeFile(path, text);
}

async function run({ command, printed }: Command): Promise<void> {
  const { code, text } = servers.has(command) ? await served(command) : await said(here(command));
  const shown = asInGuide(text);
  came.set(command, shown);
  if (code !== 0) throw new Error(`${command}\nended with ${code}:\n${shown}`);
  if (!isShown(printed, shown)) surprises.push({ command, printed, came: shown });
}

const here = (command: string) =>
  [...addresses].reduce((text, [shown, real]) => text.replaceAll(shown, real), command);
const asInGuide = (text: string) =>
  [...addresses].reduce((so, [shown, real]) => so.replaceAll(real, shown), text);

/** What a command prints in the one shell in which the guide is followed, and how it ends. */
async function said(command: string): Promise<{ code: number; text: string }> {
  const mark = `--- end ${came.size} ${processes.length} ---`;
  let text = "";
  const done = new Promise<void>((resolve, reject) => {
    const hear = (bytes: Buffer) => {
      text += bytes.toString();
      if (new RegExp(`${mark} \\d+\n$`).test(text)) end(resolve);
    };
    const gone = () => end(() => reject(new Error(`The shell ended at: ${command}`)));
    const end = (settle: () => void) => {
      shell.stdout.off("data", hear);
      shell.off("exit", gone);
      settle();
    };
    shell.stdout.on("data", hear);
    shell.on("exit", gone);
  });
  shell.stdin.write(`{\n${command}\n} </dev/null 2>&1\nprintf '%s %s\\n' '${mark}' $?\n`);
  await done;
  const at = text.lastIndexOf(mark);
  return { code: Number(text.slice(at + mark.length)), text: text.slice(0, at) };
}

/** The same for what goes on: what it says until it is ready. */
async function served(command: string): Promise<{ code: number; text: string }> {
  const log = join(notes, `server-${processes.length}.log`);
  const { text: id } = await said(`(${command}) >'${log}' & echo $!`);
  processes.push(Number(id));
  const end = Date.now() + 60_000;
  let text = "";
  while (!text.includes("Ctrl+C")) {
    if (Date.now() > end) throw new Error(`${command} is not ready:\n${text}`);
    await sleep(100);
    text = await readFile(log, "utf8");
  }
  const find = (pattern: RegExp) => pattern.exec(text)?.[1];
  const found = {
    "http://127.0.0.1:4170": find(/answers at (http:\/\/[\d.:]+)/),
    "http://127.0.0.1:4000": find(/GraphQL +(http:\/\/[\d.:]+)/),
    "http://127.0.0.1:4180": find(/Mail box +(http:\/\/[\d.:]+)/),
  };
  for (const [shown, real] of Object.entries(found)) if (real) addresses.set(shown, real);
  return { code: 0, text };
}

/** Paths with a hash of what stands there; links are not followed. */
async function filesIn(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const read = files.map(async ({ parentPath, name }) => {
    const path = join(parentPath, name);
    const hash = createHash("sha256")
      .update(await readFile(path))
      .digest("hex");
    return [relative(folder, path), hash] as const;
  });
  return new Map(await Promise.all(read));
}

const lastOf = (start: string) => [...came].findLast(([command]) => command.startsWith(start))![1];

describe("whoever follows the guide", () => {
  test("sees what the guide shows", () => expect(surprises).toEqual([]));

  test("has a home page with what the ERP says", () => {
    const { data, errors } = JSON.parse(lastOf("node -p 'JSON.stringify(JSON.parse"));
    expect(errors.map(({ path, extensions }: never) => [path, extensions])).toEqual(
      [0, 1].map((index) => [
        ["viewer", "contracts", "nodes", index, "rentNotices"],
        expect.objectContaining({ code: "NOT_SUPPORTED" }),
      ]),
    );
    expect(data.viewer).toMatchObject({
      email: "solene.kerbrat@example.org",
      person: { displayName: "Solène Kerbrat" },
    });
    const address = { lines: ["4, rue des Tanneurs"], postalCode: "63999", city: "Valmorin" };
    const [going, ended] = data.viewer.contracts.nodes;
    expect(going).toMatchObject({
      number: "2019/0077",
      status: "ACTIVE",
      signatories: ["MME KERBRAT SOLENE"],
      paymentMethod: "DIRECT_DEBIT",
      units: [
        { reference: "V-0118", kind: "DWELLING", label: "T3", address },
        { reference: "P-0031", kind: "PARKING", label: null },
      ],
      balance: {
        amount: { amount: "1234.56", currencyCode: "EUR" },
        side: "DEBTOR",
        late: true,
        freshness: "LIVE",
      },
      insurance: {
        insurer: "Mutuelle du Val",
        policyNumber: "MV-88-1207",
        validFrom: "2024-09-01",
        validTo: "2025-08-31",
      },
      billingAddress: { recipient: "Mme Kerbrat", address },
      serviceRequests: {
        nodes: [{ number: "D-3390", reason: "Chauffage", status: "SCHEDULED" }],
      },
      rentNotices: null,
    });
    expect(ended).toMatchObject({
      number: "2012/0009",
      status: "ENDED",
      balance: { amount: { amount: "0.00" }, side: "SETTLED" },
      insurance: null,
      serviceRequests: { nodes: [] },
    });
  });

  test("has a green report, changes and all", () => {
    const report = lastOf("npx trousseau adapter check");
    expect(report).toMatch(/marelle conforms: \d+ passed, 0 failed, 0 should be better, /);
    expect(report).not.toMatch(
      /Not tried\n(.*\n)* {4}(balances|contracts|persons|registrations)\./,
    );
  });

  test("has changed nothing but the adapter's folder and the landlord's files", async () => {
    const after = await filesIn(house);
    const changed = [...after].filter(([path, hash]) => before.get(path) !== hash);
    const others = changed
      .map(([path]) => path)
      // The reference is generated: `npm run docs`.
      .filter((path) => !/^(adapters\/erp\/marelle|docs\/reference)\//.test(path));
    expect(others.toSorted()).toEqual([
      "landlords/material/valmorin.yaml",
      "landlords/valmorin.yaml",
    ]);
    expect([...before.keys()].filter((path) => !after.has(path))).toEqual([]);
  });

  test("has written 300 lines at most, as the guide says", async () => {
    const folder = join(house, "adapters/erp/marelle");
    const own = steps.filter(
      (step) =>
        step.kind !== "run" && step.path.startsWith("adapters/") && step.path.endsWith(".ts"),
    ) as { text: string }[];
    const written = own.reduce((sum, { text }) => sum + linesOfCode(text), 0);
    const sources = (await readdir(folder)).filter((name) => name.endsWith(".ts"));
    const texts = sources.map((name) => readFile(join(folder, name), "utf8"));
    const whole = (await Promise.all(texts)).reduce((sum, text) => sum + linesOfCode(text), 0);
    expect(written).toBeLessThanOrEqual(300);
    expect(guide.replace(/\s+/g, " ")).toContain(
      `You have written ${written} lines of TypeScript, blanks and comments left out; with what was generated the folder has ${whole}.`,
    );
  });

  test("has what is in examples/marelle; if not: npx vitest run tests/guide.test.ts -u", async () => {
    const made = (path: string) => readFile(join(house, path), "utf8").then(asInGuide);
    const example = join(root, "examples/marelle");
    const paths = [...(await filesIn(house)).keys()].filter((path) =>
      /^(adapters\/erp\/marelle\/|landlords\/(material\/)?valmorin\.yaml$)/.test(path),
    );
    const kept = [...(await filesIn(example)).keys()];
    // What the landlord's file says of each field changes with the house: its values count.
    const values = (text: string): unknown => parse(text);
    const landlord = "landlords/valmorin.yaml";
    expect(values(await made(landlord))).toEqual(
      values(await readFile(join(example, landlord), "utf8")),
    );
    for (const path of paths.filter((path) => path !== landlord))
      await expect(await made(path)).toMatchFileSnapshot(join(example, path));
    expect(kept.filter((path) => /^(adapters|landlords)\//.test(path)).toSorted()).toEqual(
      paths.toSorted(),
    );
  });
});

describe("the comparison with what the guide shows notices", () => {
  test.each([
    ["another word", "a b", "a c", false],
    ["a line more", "a", "a\nb", false],
    ["a line less", "a\nb", "a", false],
    ["nothing where something is left open", "a\n…\nb", "a\nb", true],
    ["lines that are left out", "a\n…\nb", "a\nx\ny\nb", true],
    ["words that are left out", "a … b", "a 12 b", true],
    ["something where nothing is shown", "", "a", false],
  ])("%s", (_what, printed, text, fits) => expect(isShown(printed, text)).toBe(fits));
});

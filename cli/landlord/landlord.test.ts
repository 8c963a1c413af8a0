import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startBeauceron } from "../../mocks/beauceron/start.ts";
import { servicePath as habilogPath, startHabilog } from "../../mocks/habilog/start.ts";
import type { MockErp } from "../../mocks/kit/product.ts";
import type { PersonLine } from "../../mocks/kit/state.ts";
import { servicePath as intituloPath, startIntitulo } from "../../mocks/intitulo/start.ts";
import { servicePath as pavoisPath, startPavois } from "../../mocks/pavois/start.ts";
import { startSyndeo } from "../../mocks/syndeo/start.ts";
import { runCommand, type Ran } from "../testing/terminal.ts";

let folder: string;
let erps: Record<Product, MockErp>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "trousseau-landlord-"));
  const [beauceron, habilog, intitulo, pavois, syndeo] = await Promise.all([
    startBeauceron(),
    startHabilog(),
    startIntitulo(),
    startPavois(),
    startSyndeo(),
  ]);
  erps = { beauceron, habilog, intitulo, pavois, syndeo };
});
afterAll(async () => {
  await Promise.all(Object.values(erps ?? {}).map((erp) => erp.close()));
  await rm(folder, { recursive: true, force: true });
});

const environment = (more: Record<string, string> = {}) => ({
  TROUSSEAU_LANDLORDS: folder,
  ...more,
});
const run = (line: readonly string[], more: Record<string, string> = {}) =>
  runCommand(line, { environment: environment(more) });

const sayings = [
  "--name=Essai Habitat",
  "--host=essai.example",
  "--website=https://essai.example",
  "--email=contact@essai.example",
];

/** What each product takes beside an address. */
const products = {
  beauceron: (url: string) => [`baseUrl=${url}`, "clientId=portail"],
  habilog: (url: string) => [`endpoint=${url}${habilogPath}`, "username=portail", "base=IVRY"],
  intitulo: (url: string) => [`endpoint=${url}${intituloPath}`, "username=portail"],
  syndeo: (url: string) => [`baseUrl=${url}`, "user=portail"],
  pavois: (url: string) => [`endpoint=${url}${pavoisPath}`, "username=portail"],
};
type Product = keyof typeof products;

let made = 0;
/** Writes a landlord's file; gives its name. */
async function created(
  product: Product,
  url: string,
  more: readonly string[] = [],
): Promise<string> {
  const id = `essai-${++made}`;
  const settings = products[product](url).map((one) => `--set=erp.settings.${one}`);
  const line = ["landlord", "new", id, "--product", product, ...sayings, ...settings, ...more];
  const { code, err } = await run(line);
  expect(err).toBe("");
  expect(code).toBe(0);
  return id;
}

const variableOf = (id: string, product: Product) =>
  `${id.replaceAll("-", "_").toUpperCase()}_ERP_${product === "beauceron" ? "CLIENT_SECRET" : "PASSWORD"}`;

/** Checks that landlord online, with the secret of the mock or another. */
function checked(
  id: string,
  product: Product,
  more: readonly string[] = [],
  secret?: string,
): Promise<Ran> {
  const secrets = { [variableOf(id, product)]: secret ?? `${product}-demo` };
  return run(["landlord", "check", id, ...more], secrets);
}

describe("landlord new", () => {
  test("writes a whole file, of which the gateway says nothing but what is to be set", async () => {
    const id = await created("beauceron", "https://erp.example");
    const text = await readFile(join(folder, `${id}.yaml`), "utf8");
    expect(text).toContain("clientSecret: { env: ESSAI_1_ERP_CLIENT_SECRET }");
    expect(text).toContain("Le nom du signataire");
    // Every field is there, also those that hold something by themselves.
    expect(text).toMatch(/# How long people stay signed in\.\n# session:\n/);
    const { code, out } = await run(["landlord", "check", id, "--offline"]);
    expect(out).toContain("not set here: ESSAI_1_ERP_CLIENT_SECRET");
    expect(code).toBe(0);
  });

  test("what stands there as a comment is what holds: written out, the file is as valid", async () => {
    const id = await created("habilog", "https://erp.example");
    const path = join(folder, `${id}.yaml`);
    const text = await readFile(path, "utf8");
    await writeFile(
      path,
      text.replace(/^# (session|surveys):\n(# {2}.*\n)*/gm, (block) => block.replace(/^# /gm, "")),
    );
    expect(await readFile(path, "utf8")).toMatch(/^session:\n {2}# A sign-in.*\n {2}hours: 12$/m);
    expect(await run(["landlord", "check", id, "--offline"])).toMatchObject({ code: 0 });
  });

  test("takes any field, lists and maps among them", async () => {
    const settings = [
      "baseUrl=https://erp.example",
      "login=portail",
      "unit={ reference: lot_ref, address: lot_adresse }",
      "requestTypes=[{ code: ISSUE, label: Problème, category: TECHNICAL }]",
    ].map((one) => `--set=erp.settings.${one}`);
    const line = ["landlord", "new", "rochefort", "--product=dolibarr", ...sayings, ...settings];
    expect(await run([...line, "--set=erp.closed={ from: '22:00', to: '04:00' }"])).toMatchObject({
      code: 0,
    });
    const text = await readFile(join(folder, "rochefort.yaml"), "utf8");
    expect(text).toMatch(/^ {2}closed:\s[\s{]*from: 22:00/m);
    expect(text).toContain("ROCHEFORT_ERP_API_KEY");
    expect(await run(["landlord", "check", "rochefort", "--offline"])).toMatchObject({ code: 0 });
  });

  test("asks whoever is there for what is missing", async () => {
    const answers = [
      "pavois",
      "Essai",
      "e.example",
      "https://e.example",
      "a@e.example",
      "https://erp.e.example/x",
      "portail",
    ];
    const { code, err } = await runCommand(["landlord", "new", "asked"], {
      environment: environment(),
      answers,
    });
    expect(err).toContain("erp.settings.endpoint (a URL");
    expect(code).toBe(0);
    expect(await readFile(join(folder, "asked.yaml"), "utf8")).toContain(
      "endpoint: https://erp.e.example/x",
    );
  });

  test("says everything that is missing at once where nobody can be asked", async () => {
    const { code, err } = await run(["landlord", "new", "mute", "--product=pavois"]);
    expect(code).toBe(2);
    for (const flag of [
      "--name",
      "--host",
      "--website",
      "--email",
      "--set erp.settings.endpoint=…",
    ]) {
      expect(err).toContain(flag);
    }
  });

  test("writes nothing over a file, and nothing that is wrong", async () => {
    const id = await created("pavois", "https://erp.example");
    const again = ["landlord", "new", id, "--product=pavois", ...sayings];
    expect(await run(again)).toMatchObject({
      code: 2,
      err: expect.stringContaining("there already"),
    });
    const settings = products
      .pavois("https://erp.example")
      .map((one) => `--set=erp.settings.${one}`);
    const wrong = [
      "landlord",
      "new",
      "wrong",
      "--product=pavois",
      ...sayings,
      ...settings,
      "--kind=PUBLIC",
    ];
    const { code, err } = await run(wrong);
    expect(code).toBe(2);
    expect(err).toContain('kind  expected one of SOCIAL, COOPERATIVE, PRIVATE, found "PUBLIC"');
    expect(await run(["landlord", "check", "wrong"])).toMatchObject({ code: 2 });
  });
});

describe("landlord check", () => {
  test.each(["beauceron", "habilog", "pavois"] as const)(
    "finds nothing wrong with %s",
    async (product) => {
      const id = await created(product, erps[product].url, [
        "--set=staff=[{ email: s@essai.example }]",
      ]);
      const { code, out } = await checked(id, product);
      expect(out).toContain(`${id}: 0 faults, 0 warnings`);
      for (const said of [
        "accepts connections",
        "credentials  are accepted",
        "2 calls at once are borne",
        "F12 Home page",
      ]) {
        expect(out.replace(/ +/g, " ")).toContain(said.replace(/ +/g, " "));
      }
      expect(code).toBe(0);
    },
  );

  test("says every fault of the file at once, with line and field", async () => {
    const id = await created("pavois", "https://erp.example");
    const path = join(folder, `${id}.yaml`);
    const text = await readFile(path, "utf8");
    await writeFile(
      path,
      text.replace("kind: SOCIAL", "kind: PUBLIC").replace("concurrency: 2", "concurrency: two"),
    );
    const { code, out } = await run(["landlord", "check", id, "--offline"]);
    expect(out).toMatch(/\.yaml:\d+ {2}kind {2}expected one of SOCIAL/);
    expect(out).toMatch(/\.yaml:\d+ {2}erp\.concurrency {2}expected a whole number/);
    expect(code).toBe(1);
  });

  test.each(["beauceron", "habilog", "intitulo", "pavois", "syndeo"] as const)(
    "a wrong password of %s",
    async (product) => {
      const id = await created(product, erps[product].url);
      const { code, out } = await checked(id, product, [], "wrong-password");
      expect(out).toMatch(/✗ credentials .*refuses our credentials/);
      expect(out).toMatch(/Look at erp\.settings and the variable ESSAI_\d+_ERP_/);
      expect(out).not.toContain("wrong-password");
      expect(code).toBe(1);
    },
  );

  test("a wrong password of any product is known by its reason, also to `adapter check` and `doctor`", async () => {
    const all: Record<string, string> = {};
    for (const product of ["beauceron", "habilog", "intitulo", "pavois", "syndeo"] as const) {
      const id = await created(product, erps[product].url);
      const secrets = { [variableOf(id, product)]: "wrong-password" };
      const { code, err } = await run(["adapter", "check", id], secrets);
      expect(err).toContain(`the ERP of ${id} refuses our credentials`);
      expect(code).toBe(1);
      Object.assign(all, secrets);
    }
    const { out } = await run(["doctor", "--json"], {
      ...all,
      TROUSSEAU_STORE: "sqlite::memory:",
    });
    const findings = JSON.parse(out) as { mark: string; step: string; hint: string }[];
    const refused = findings.filter(({ step }) => step.endsWith(": credentials"));
    expect(refused.map(({ mark }) => mark)).toEqual(Array.from({ length: 5 }, () => "fault"));
    for (const { hint } of refused) expect(hint).toMatch(/the variable ESSAI_\d+_ERP_/);
    expect(out).not.toContain("wrong-password");
  });

  test("a port at which nothing listens, and a name that nobody knows", async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
    const { port } = closed.address() as { port: number };
    await new Promise((resolve) => closed.close(resolve));
    const id = await created("pavois", `http://127.0.0.1:${port}`);
    const { code, out } = await checked(id, "pavois");
    expect(out).toContain(`127.0.0.1:${port}: nothing listens there`);
    expect(out).toContain("not asked: it cannot be reached");
    expect(code).toBe(1);
    const nowhere = await created("pavois", "http://erp.invalid");
    expect((await checked(nowhere, "pavois")).out).toMatch(
      /erp\.invalid (is unknown here|cannot be looked up)/,
    );
  });

  test("an ERP that takes calls and never answers", async () => {
    const id = await created("beauceron", erps.beauceron.url, ["--set=erp.deadlineMs=300"]);
    const { code, out } = await misbehaving("hang", () => checked(id, "beauceron"));
    expect(out).toContain("takes the connection and then says nothing for 300 ms");
    expect(code).toBe(1);
  });

  test("a login page instead of an answer", async () => {
    const id = await created("beauceron", erps.beauceron.url);
    const { code, out } = await misbehaving("html", () => checked(id, "beauceron"));
    expect(out).toMatch(/✗ ERP .*answers with/);
    expect(out).toContain("A login page, a maintenance page, or the address of something else");
    expect(code).toBe(1);
  });

  test("a zone in which what has just happened lies in the future", async () => {
    const { pavois } = erps;
    const reference = await freshRequest(pavois);
    const clean = [
      "--set",
      "registration.reference={ clean: [{ pattern: '^L/', replacement: '' }], accepts: [{ kind: CUSTOMER, pattern: '^[0-9]{7}$' }] }",
    ];
    const right = await created("pavois", pavois.url, clean);
    const fine = await checked(right, "pavois", ["--reference", reference]);
    expect(fine.out).toMatch(/✓ time zone .*nothing lies in the future in Europe\/Paris/);
    const zone = "--set=erp.settings.timeZone=America/New_York";
    const wrong = await created("pavois", pavois.url, [...clean, zone]);
    const { code, out } = await checked(wrong, "pavois", ["--reference", reference]);
    expect(out).toMatch(/✗ time zone .*serviceRequests\.createdAt lies (5|6|5\.9) h in the future/);
    expect(out).toContain("Set erp.settings.timeZone (now America/New_York)");
    expect(out).toContain("likely Europe/Paris");
    expect(out).not.toContain(reference);
    expect(code).toBe(1);
  });

  test("--all: a host that two landlords claim, which neither file shows alone", async () => {
    await created("pavois", "https://erp.example");
    const { code, out } = await run(["landlord", "check", "--all", "--offline"]);
    expect(out).toMatch(
      /all together: \d+ fault[\s\S]*its own host, found "essai\.example", which .* has already/,
    );
    expect(code).toBe(1);
  });

  test("for programs: the same as JSON", async () => {
    const id = await created("beauceron", erps.beauceron.url);
    const { out } = await checked(id, "beauceron", ["--json"]);
    expect(JSON.parse(out)).toMatchObject([
      {
        landlord: id,
        findings: expect.arrayContaining([
          expect.objectContaining({ step: "credentials", mark: "ok" }),
        ]),
      },
    ]);
  });
});

async function misbehaving<T>(kind: string, job: () => Promise<T>): Promise<T> {
  const door = `${erps.beauceron.doorUrl}/faults`;
  await fetch(door, { method: "PUT", body: JSON.stringify([{ kind }]) });
  try {
    return await job();
  } finally {
    await fetch(door, { method: "DELETE" });
  }
}

/** The reference of a tenant of that ERP, who asked for something a minute ago. */
async function freshRequest({ world, doorUrl }: MockErp): Promise<string> {
  const at = new Date(Date.now() - 60_000).toISOString();
  const contract = world.contracts.find(
    ({ requests, end }) => requests.length > 0 && end === null,
  )!;
  const [newest] = contract.requests;
  newest!.createdAt = at;
  newest!.updates = [{ at, status: "RECEIVED", comment: null }];
  const people = (await (await fetch(`${doorUrl}/state/people`)).json()) as PersonLine[];
  return people.find(({ number }) => number === contract.signatories[0])!.reference;
}

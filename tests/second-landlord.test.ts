import { cp, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startBeauceron } from "../mocks/beauceron/start.ts";
import type { Demo } from "../mocks/demo/start.ts";
import type { MockErp } from "../mocks/kit/product.ts";
import type { PersonLine } from "../mocks/kit/state.ts";
import { oddities } from "../mocks/world/oddities.ts";
import { createWorld } from "../mocks/world/world.ts";
import { client, operation, signIn, type Client } from "./support/client.ts";
import { signedInAs, startTestDemo, type HeldContract } from "./support/demo.ts";
import { answeredHome, expectedHome } from "./support/home.ts";
import { linkIn, mailTo, pressButton } from "./support/mails.ts";

const root = new URL("../", import.meta.url);
const password = "Beau-Regard+1844";

let folder: string;
let erp: MockErp;
let demo: Demo;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "trousseau-landlords-"));
  await cp(new URL("landlords/", root), folder, { recursive: true });
  await writeFile(join(folder, "dreux.yaml"), await dreux());
  const today = new Date().toISOString().slice(0, 10);
  erp = await startBeauceron({
    landlord: "dreux",
    world: createWorld({ landlord: "dreux", seed: 99, today, people: 60, contracts: 60 }),
    clientSecret: "dreux-secret",
  });
  demo = await startTestDemo({
    environment: {
      TROUSSEAU_LANDLORDS: folder,
      DREUX_ERP_URL: erp.url,
      DREUX_ERP_SECRET: "dreux-secret",
      DREUX_GOOGLE_SECRET: "dreux-google",
      DREUX_X_SECRET: "dreux-x",
      DREUX_PAYMENT_KEY: "dreux-key",
      DREUX_PAYMENT_API_PASSWORD: "dreux-password",
    },
  });
});
afterAll(async () => {
  await demo?.stop();
  await erp?.close();
  await rm(folder, { recursive: true, force: true });
});

/** The file of a landlord on the same product, with what is that landlord's own. */
async function dreux(): Promise<string> {
  const chartres = await readFile(new URL("landlords/chartres.yaml", root), "utf8");
  const own: [string | RegExp, string][] = [
    ["id: chartres", "id: dreux"],
    ["name: C'Chartres habitat", "name: Habitat drouais"],
    [/ {2}- chartres\.localhost\n {2}- .*\n/, "  - dreux.localhost\n"],
    [/senderName: .*/, "senderName: Habitat drouais"],
    [/senderAddress: .*/, "senderAddress: noreply@habitat-drouais.example"],
    [/CHARTRES_/g, "DREUX_"],
  ];
  return own.reduce((text, [what, other]) => text.replace(what, other), chartres);
}

const state = async <T>(path: string): Promise<T> =>
  (await (await fetch(`${erp.doorUrl}/state/${path}`)).json()) as T;

const front = (): Client => client({ url: demo.url, landlord: "dreux" });

async function register(person: PersonLine, email: string): Promise<void> {
  const { reference, surname, givenName } = person;
  const { data: asked } = await front()(operation("F01-registration-form"));
  const consents = asked.landlord.registrationForm.consents
    .filter(({ required }: { required: boolean }) => required)
    .map(({ id, version }: { id: string; version: string }) => ({ id, version }));
  const input = {
    reference,
    surname,
    givenName,
    email,
    password,
    consents,
    passwordConfirmation: password,
  };
  const { data } = await front()(operation("F02-register"), { input });
  expect(data.register).toMatchObject({ sentTo: email, userErrors: [] });
}

const personWith = async (oddity: string): Promise<PersonLine> =>
  (await state<PersonLine[]>("people?oddity")).find((person) => person.oddity === oddity)!;

describe("a second landlord on a product that is known", () => {
  test("is one file: all that was written for it is in the folder of landlords", async () => {
    const before = await readdir(new URL("landlords/", root));
    const after = await readdir(folder);
    expect(after.filter((name) => !before.includes(name))).toEqual(["dreux.yaml"]);
    const { data } = await front()(operation("B01-landlord"));
    expect(data.landlord).toMatchObject({ id: "dreux", name: "Habitat drouais" });
  });

  test("takes registrations, mails in its own name, and shows what its own ERP holds", async () => {
    const person = await personWith(oddities.everything);
    const email = "tenant.of.dreux@example.org";
    await register(person, email);
    const mail = await mailTo(demo, email);
    expect(mail.from).toBe("Habitat drouais <noreply@habitat-drouais.example>");
    expect(linkIn(mail).landlord).toBe("dreux");
    expect((await pressButton(linkIn(mail).page)).status).toBe(200);

    const { data, errors } = await (await signIn(front(), email, password))(operation("F12-home"));
    expect(errors).toBeUndefined();
    const held = await Promise.all(
      person.contracts.map((key) => state<HeldContract>(`contracts/${key}`)),
    );
    expect(answeredHome(data)).toEqual(expectedHome(held));
  });

  test("may know the same e-mail as the first: two accounts, two passwords, two spaces", async () => {
    const known = demo.accounts.find(
      ({ landlord, oddity }) => landlord === "chartres" && oddity === oddities.threeContracts,
    )!;
    const person = await personWith(oddities.single);
    await register(person, known.email);
    const mail = await mailTo(demo, known.email);
    expect(mail.subject).toMatch(/^Confirmez votre inscription – Habitat drouais/);
    await pressButton(linkIn(mail).page);

    const here = await signIn(front(), known.email, password);
    const there = await signIn(
      client({ url: demo.url, landlord: "chartres" }),
      known.email,
      known.password,
    );
    await expect(signIn(front(), known.email, known.password)).rejects.toThrow(
      "EMAIL_OR_PASSWORD_WRONG",
    );
    const count = async (asking: Client) =>
      (await asking(operation("F13-contracts"))).data.viewer.contracts.nodes.length as number;
    expect([await count(here), await count(there)]).toEqual([1, 3]);
  });

  test("gives no meaning to the ids of the first, even where the ERPs' keys are equal", async () => {
    const chartres = await signedInAs(demo, "chartres", "everything");
    const { data } = await chartres(operation("F13-contracts"));
    const [{ id }] = data.viewer.contracts.nodes as [{ id: string }];
    expect((await chartres(operation("F13-contract"), { id })).errors).toBeUndefined();

    const dreux = await signIn(front(), "tenant.of.dreux@example.org", password);
    const foreign = await dreux(operation("F13-contract"), { id });
    expect(foreign.data.contract).toBeNull();
    expect(foreign.errors).toMatchObject([
      { extensions: { code: "NOT_FOUND", landlord: "dreux" } },
    ]);
  });

  test("B-05 is found by its own host, and a host of another landlord is refused", async () => {
    const { port } = new URL(demo.url);
    const ask = async (host: string) => {
      const { status, body } = await askHost(port, host);
      return { status, landlord: body.data?.landlord?.id };
    };
    expect(await ask("dreux.localhost")).toEqual({ status: 200, landlord: "dreux" });
    expect(await ask("chartres.localhost")).toMatchObject({ status: 200, landlord: "chartres" });
    expect(await ask("evreux.localhost")).toMatchObject({ status: 400 });
  });
});

/** Asks by host name alone, without the header. */
async function askHost(port: string, host: string) {
  const query = JSON.stringify({ query: "{ landlord { id } }" });
  const headers = { host: `${host}:${port}`, "content-type": "application/json" };
  return new Promise<{ status: number; body: { data?: { landlord?: { id: string } } } }>(
    (resolve, reject) => {
      const asked = request(
        { host: "127.0.0.1", port, path: "/graphql", method: "POST", headers },
        async (answer) => {
          const text = Buffer.concat(await answer.toArray()).toString();
          resolve({ status: answer.statusCode ?? 0, body: JSON.parse(text) });
        },
      );
      asked.on("error", reject);
      asked.end(query);
    },
  );
}

import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStaffAccounts } from "../../mocks/demo/accounts.ts";
import { hashPassword } from "../../subgraphs/kernel/password-hash.ts";
import type { Running } from "../run.ts";
import { startGateway, stopGateway } from "./testing/gateway.ts";

const published = new URL("../../schema/operations/", import.meta.url);
const own = "query OurScreen { landlord { name } }\n";
const generated = "query Generated { landlord { id } }";
const inManifest = "query FromManifest { landlord { kind } }";
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

let folder: string;
let gateway: Running;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "trousseau-landlords-"));
  await cp("landlords", folder, { recursive: true });
  const file = join(folder, "chartres.yaml");
  const text = await readFile(file, "utf8");
  await writeFile(file, `${text}operations: chartres-operations\n`);
  const operations = join(folder, "chartres-operations");
  await mkdir(operations);
  await writeFile(join(operations, "our-screen.graphql"), own);
  await writeFile(
    join(operations, "manifest.json"),
    JSON.stringify({
      format: "apollo-persisted-query-manifest",
      version: 1,
      operations: [{ id: "an-id", name: "FromManifest", type: "query", body: inManifest }],
    }),
  );
  await writeFile(
    join(operations, "persisted-documents.json"),
    JSON.stringify({ [`sha256:${sha256(generated)}`]: generated }),
  );
  gateway = await startGateway({
    TROUSSEAU_LANDLORDS: folder,
    TROUSSEAU_OPERATIONS: "listed",
  });
});
afterAll(async () => {
  await stopGateway(gateway);
  await rm(folder, { recursive: true, force: true });
});

async function ask(body: object, landlord = "chartres", authorization?: string) {
  const answer = await fetch(`${gateway.url}/graphql`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-landlord": landlord,
      ...(authorization !== undefined && { authorization }),
    },
    body: JSON.stringify(body),
  });
  const { data, errors } = (await answer.json()) as {
    data?: { landlord?: object; signIn?: { session: { accessToken: string } } };
    errors?: { message: string; extensions: { code: string } }[];
  };
  return {
    status: answer.status,
    data,
    code: errors?.[0]?.extensions.code,
    text: errors?.[0]?.message,
  };
}
const byId = (sha256Hash: string) => ({
  extensions: { persistedQuery: { version: 1, sha256Hash } },
});

const isOfChartres = ({ landlord }: { landlord: string }) => landlord === "chartres";

async function tokenOf(email: string, password: string): Promise<string> {
  const query = await readFile(new URL("F06-sign-in.graphql", published), "utf8");
  const { data } = await ask({ query, variables: { email, password } });
  return `Bearer ${data!.signIn!.session.accessToken}`;
}

describe("where only registered operations are executed", () => {
  test("C-07 an unknown one is refused, by its text and by its id", async () => {
    const refused = { status: 400, code: "NOT_LISTED", data: undefined };
    expect(await ask({ query: "{ landlord { id } }" })).toMatchObject(refused);
    expect(await ask(byId(sha256("{ landlord { id } }")))).toMatchObject(refused);
    expect(await ask({ query: "{ landlord { id" })).toMatchObject({ code: "NOT_LISTED" });
    const { text } = await ask({ query: "{ landlord { id } }" });
    expect(text).toBe("Cette opération n'est pas enregistrée auprès de ce service.");
  });

  test("C-07 what is published is executed, its comments and spaces aside", async () => {
    const query = await readFile(new URL("B01-landlord.graphql", published), "utf8");
    for (const text of [query, query.replace(/^#.*$/gm, "").replace(/\s+/g, " ")]) {
      expect(await ask({ query: text })).toMatchObject({ status: 200, code: undefined });
    }
    expect(await ask(byId(sha256(query)))).toMatchObject({ status: 200, code: undefined });
  });

  test("C-07 what a landlord's front-ends register is executed for them, and for nobody else", async () => {
    const answer = { status: 200, data: { landlord: { name: "C'Chartres habitat" } } };
    expect(await ask({ query: own })).toMatchObject(answer);
    expect(await ask(byId(sha256(own)))).toMatchObject(answer);
    expect(await ask(byId("an-id"))).toMatchObject({ data: { landlord: { kind: "SOCIAL" } } });
    for (const body of [{ query: own }, byId(sha256(own)), byId("an-id")]) {
      expect(await ask(body, "la-rochelle")).toMatchObject({ status: 400, code: "NOT_LISTED" });
    }
  });

  test("C-07 it may be named as GraphQL over HTTP has it, and as code generators do", async () => {
    const answer = { status: 200, data: { landlord: { id: "chartres" } } };
    const id = sha256(generated);
    for (const body of [{ documentId: `sha256:${id}` }, { documentId: id }, byId(id)]) {
      expect(await ask(body)).toMatchObject(answer);
      expect(await ask(body, "la-rochelle")).toMatchObject({ status: 400, code: "NOT_LISTED" });
    }
    const named = await ask({ documentId: `sha256:${sha256(own)}` });
    expect(named.data).toEqual({ landlord: { name: "C'Chartres habitat" } });
    const unknown = { documentId: "no such", query: "{ landlord { id } }" };
    expect(await ask(unknown)).toMatchObject({ status: 400, code: "NOT_LISTED" });
  });

  test("C-07 the landlord's own people, signed in, may ask anything, at theirs only", async () => {
    const { store, landlords } = gateway.house;
    const staff = (await openStaffAccounts(store, landlords)).find(isOfChartres);
    const { email, password } = staff!;
    const token = await tokenOf(email, password);
    const query = "{ landlord { id } }";
    const free = { status: 200, data: { landlord: { id: "chartres" } } };
    expect(await ask({ query }, "chartres", token)).toMatchObject(free);
    expect(await ask({ query }, "la-rochelle", token)).toMatchObject({ data: undefined });
    expect(await ask({ query }, "chartres", `${token}x`)).toMatchObject({ data: undefined });
    const tenant = { landlord: "chartres", email: "tenant@example.org", language: "fr" } as const;
    const passwordHash = await hashPassword(password);
    await store.accounts.create({ ...tenant, passwordHash }, ["a-person"], []);
    const refused = { status: 400, code: "NOT_LISTED", data: undefined };
    const theirs = await tokenOf(tenant.email, password);
    expect(await ask({ query }, "chartres", theirs)).toMatchObject(refused);
  });

  test("C-08 nobody registers anything by asking", async () => {
    const query = "{ landlord { id } }";
    for (let i = 0; i < 3; i += 1) {
      const answer = await ask({ query, ...byId(sha256(query)) });
      expect(answer.status).toBe(400);
    }
    expect(await ask(byId(sha256(query)))).toMatchObject({ code: "NOT_LISTED" });
  });

  test("C-07 an address that is read in two ways brings nothing in", async () => {
    const headers = { "x-landlord": "chartres", "apollo-require-preflight": "yes" };
    const get = async (search: string) => {
      const answer = await fetch(`${gateway.url}/graphql?${search}`, { headers });
      return { status: answer.status, text: await answer.text() };
    };
    const unlisted = encodeURIComponent("{ landlord { id } }");
    const listed = encodeURIComponent(own);
    expect(await get(`query=${listed}`)).toMatchObject({ status: 200 });
    const named = `{"persistedQuery":{"version":1,"sha256Hash":"${sha256(own)}"}`;
    const searches = [
      `query=${unlisted}`,
      `query=${unlisted}&extensions=${encodeURIComponent(`${named}}`)}`,
      // As some read it, a part that cannot be decoded is left as it is, all of it.
      `query=${unlisted}&extensions=${named},"z":"%FF%22,%22persistedQuery%22:null,%22y%22:%22"}`,
      `query=${unlisted}&query=${listed}`,
      `query=${listed}&query=${unlisted}`,
    ];
    for (const search of searches) {
      const { text } = await get(search);
      expect({ search, data: JSON.parse(text) as object }).not.toHaveProperty("data.data");
      expect(text).toMatch(/"errors"/);
    }
  });

  test("the pages behind links of mails go on working", async () => {
    const answer = await fetch(`${gateway.url}/links/confirm`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "landlord=chartres&token=made-up",
    });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toMatch(/lien/);
  });
});

test("what is registered and does not fit stops the start, each with its place", async () => {
  const broken = await mkdtemp(join(tmpdir(), "trousseau-broken-"));
  try {
    await cp(folder, broken, { recursive: true });
    const operations = join(broken, "chartres-operations");
    await writeFile(join(operations, "a.graphql"), "query A {\n  landlord { id }\n  nothing\n}\n");
    await writeFile(join(operations, "b.graphql"), "query B {\n  landlord {\n}\n");
    await writeFile(join(operations, "c.json"), "[]");
    const file = join(broken, "la-rochelle.yaml");
    await writeFile(file, `${await readFile(file, "utf8")}operations: nowhere\n`);
    const starting = startGateway({ TROUSSEAU_LANDLORDS: broken });
    await expect(starting).rejects.toThrow(/a\.graphql:3 .*Cannot query field "nothing"/);
    await expect(starting).rejects.toThrow(/b\.graphql:3 .*Syntax Error/);
    await expect(starting).rejects.toThrow(/c\.json .*expected a manifest/);
    await expect(starting).rejects.toThrow(
      /la-rochelle\.yaml:\d+ {2}operations {2}expected a folder beside this file/,
    );
  } finally {
    await rm(broken, { recursive: true, force: true });
  }
});

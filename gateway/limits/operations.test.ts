import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Running } from "../run.ts";
import { startGateway, stopGateway } from "./testing/gateway.ts";

const own = "query OurScreen { landlord { name } }\n";
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
    data?: { landlord?: object };
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
    const path = new URL("../../schema/operations/B01-landlord.graphql", import.meta.url);
    const query = await readFile(path, "utf8");
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

  test("C-08 nobody registers anything by asking", async () => {
    const query = "{ landlord { id } }";
    for (let i = 0; i < 3; i += 1) {
      const answer = await ask({ query, ...byId(sha256(query)) });
      expect(answer.status).toBe(400);
    }
    expect(await ask(byId(sha256(query)))).toMatchObject({ code: "NOT_LISTED" });
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

import type { FastifyInstance } from "fastify";
import { readFile } from "node:fs/promises";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openDesk, type Desk } from "../subgraphs/identity/fixtures/desk.ts";
import { firstConnectionLandlord } from "../subgraphs/identity/fixtures/landlord.ts";
import { aSession } from "../subgraphs/identity/fixtures/steps.ts";
import { beginFirstConnection } from "../subgraphs/identity/first-connection/begin.ts";
import { createGateway } from "./server.ts";
import { subgraphs } from "./subgraphs.ts";

let desk: Desk;
let app: FastifyInstance;
beforeEach(async () => {
  desk = await openDesk(firstConnectionLandlord());
  const { ports, publicUrl, now } = desk.context();
  const schema = new URL("../schema/supergraph.graphql", import.meta.url);
  const gateway = await createGateway({
    house: {
      landlords: [{ landlord: desk.landlord, ports }],
      store: desk.store,
      idSecret: Buffer.alloc(32, 7),
      publicUrl,
      now,
    },
    subgraphs,
    supergraphSdl: await readFile(schema, "utf8"),
    log: pino({ level: "silent" }),
    introspection: false,
    trustProxy: false,
  });
  ({ app } = gateway);
});
afterEach(async () => {
  await app.close();
  await desk.store.close();
});

const press = (kind: string, fields: Record<string, string>) =>
  app.inject({
    method: "POST",
    url: `/links/${kind}`,
    headers: { "content-type": "application/x-www-form-urlencoded", "accept-language": "fr" },
    payload: new URLSearchParams({ landlord: desk.landlord.id, ...fields }).toString(),
  });

const hidden = (html: string) => /name="token" value="([\w-]+)"/.exec(html)?.[1] ?? "";

async function begun(identifier: string, password: string, email: string): Promise<string> {
  desk.erp.emails["p-paul"] = "paul@example.fr";
  await beginFirstConnection(desk.context(), { identifier, password, email });
  return desk.token();
}

describe("a link that is sent in another form", () => {
  const { id } = firstConnectionLandlord();
  const form = "application/x-www-form-urlencoded";

  test.each([
    ["twice in its address", { url: `/links/reset?landlord=${id}&token=a&token=b` }, 200],
    [
      "twice in a form",
      { payload: `landlord=${id}&token=a&token=b&newPassword=x`, type: form },
      422,
    ],
    ["as an object", { payload: { landlord: id, token: { a: 1 }, newPassword: ["x"] } }, 422],
    ["for two landlords", { url: `/links/reset?landlord=${id}&landlord=b&token=a` }, 404],
    ["in a body that is none", { payload: "null" }, 404],
  ])("%s brings a page and no failure of ours", async (_how, sent, status) => {
    const {
      url = "/links/reset",
      payload,
      type = "application/json",
    } = sent as Partial<Record<"url" | "payload" | "type", string>>;
    const answer = await app.inject({
      url,
      ...(payload !== undefined && {
        method: "POST",
        payload,
        headers: { "content-type": type },
      }),
    });
    expect(answer.statusCode).toBe(status);
  });
});

describe("the page behind the link of a first connection", () => {
  test("is only looked at by GET", async () => {
    const token = await begun("I4001", "123456", "jeanne@file.example");
    const url = `/links/first-connection?landlord=${desk.landlord.id}&token=${token}`;
    for (let n = 0; n < 2; n++) {
      const page = await app.inject({ url });
      expect(page.statusCode).toBe(200);
      expect(page.body).toContain("Confirmer mon adresse");
      expect(hidden(page.body)).toBe(token);
    }
  });

  test("goes on to the choice of a password, as often as it takes, and to an account", async () => {
    const email = "jeanne@file.example";
    const token = await begun("I4001", "123456", email);
    const choice = await press("first-connection", { token });
    expect(choice.statusCode).toBe(200);
    expect(choice.body).toContain('action="/links/first-password"');
    expect(choice.body).toContain("Vous devez changer votre mot de passe");
    const again = await press("first-password", {
      token: hidden(choice.body),
      newPassword: "123456",
    });
    expect(again.statusCode).toBe(422);
    expect(again.body).toMatch(/au moins \d+ caractères/);
    const newPassword = "Bien-à-moi 1";
    const done = await press("first-password", { token: hidden(again.body), newPassword });
    expect(done.statusCode).toBe(200);
    expect(done.body).toContain("Vous pouvez vous connecter");
    expect(hidden(done.body)).toBe("");
    await aSession(desk, { email, password: newPassword, rememberMe: false });
  });

  test("opens the account at once where the former password stays, and only once", async () => {
    const email = "paul@example.fr";
    const token = await begun("I4002", "Ancien-2019!", email);
    const done = await press("first-connection", { token });
    expect(done.statusCode).toBe(200);
    expect(done.body).toContain("Votre espace est ouvert");
    await aSession(desk, { email, password: "Ancien-2019!", rememberMe: false });
    const twice = await press("first-connection", { token });
    expect(twice.statusCode).toBe(422);
    expect(twice.body).toContain("Ce lien a déjà servi.");
  });
});

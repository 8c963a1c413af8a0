import { describe, expect, test, vi } from "vitest";
import { balances } from "../../ports/billing.ts";
import { credentials, persons } from "../../ports/identity.ts";
import type { PortError } from "../../ports/errors.ts";
import { at } from "./client.ts";
import { call, connected, fixture, login, replay } from "./replay.ts";

const { asked, answers, paths } = replay();
const contract = "BAI-000014";
const solde = `/Api/Contrats/${contract}/Solde`;

async function failure(ask: Promise<unknown>): Promise<PortError> {
  const error: unknown = await ask.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ name: "PortError" });
  return error as PortError;
}

const askBalance = async () => (await connected()).use(balances).ofContracts([contract], call());

describe("each call", () => {
  test("carries the ticket of the login, which carries the credentials in its body", async () => {
    await askBalance();
    expect(paths()).toEqual([login, solde]);
    const ticket = (fixture("session").body as { Donnees: { Ticket: string } }).Donnees.Ticket;
    expect(asked.map(({ headers }) => headers.get("x-ticket"))).toEqual([null, ticket]);
    expect(await asked[0]!.json()).toEqual({ Utilisateur: "portail", MotDePasse: "secret" });
  });

  test("escapes what it puts into a path", () => {
    expect(at`/Api/Contrats/${"../x?a=1#b"}/Solde`).toBe("/Api/Contrats/..%2Fx%3Fa%3D1%23b/Solde");
  });

  test("never holds a key that does not look like one", async () => {
    const { use } = await connected();
    const wrong = ["", "../P000001", "P000001?x=1", "p000001", "P1", "P000001\n", contract];
    expect(await use(persons).byKeys(wrong, call())).toEqual(wrong.map(() => null));
    const contracts = ["bai-000014", "BAI-14", "BAI-000014/Rib", "P000001"];
    expect(await use(balances).ofContracts(contracts, call())).toEqual(contracts.map(() => null));
    const issued = [
      { identifier: "IP1", password: "123456" },
      { identifier: "IP100000", password: "" },
      { identifier: "IP100000", password: "x".repeat(201) },
    ];
    expect(await use(credentials).check(issued, call())).toEqual([null, null, null]);
    expect(asked).toEqual([]);
  });

  test("is made once for a key that is asked for twice", async () => {
    const { use } = await connected();
    const found = await use(balances).ofContracts([contract, "BAI-999999", contract], call());
    expect(found[0]).toEqual(found[2]);
    expect(found[1]).toBeNull();
    expect(paths()).toEqual([login, solde, "/Api/Contrats/BAI-999999/Solde"]);
  });
});

describe("a deadlock", () => {
  test("is tried again once", async () => {
    answers(solde, fixture("interblocage"), fixture("solde"));
    expect((await askBalance())[0]).not.toBeNull();
    expect(paths()).toEqual([login, solde, solde]);
  });

  test("that stays makes it unavailable", async () => {
    answers(solde, fixture("interblocage"));
    expect(await failure(askBalance())).toMatchObject({ code: "UNAVAILABLE" });
    expect(paths()).toEqual([login, solde, solde]);
  });

  test("is the only 400 that is tried again", async () => {
    const body = { Status: "KO", Code: "BASE", Message: "Requête incorrecte" };
    answers(solde, { status: 400, body });
    expect(await failure(askBalance())).toMatchObject({ code: "BAD_RESPONSE" });
    expect(paths()).toEqual([login, solde]);
  });
});

describe("what goes wrong", () => {
  test("a value that syndeo does not take is INVALID_INPUT, though it comes as a 500", async () => {
    answers(solde, fixture("valeur"));
    expect(await failure(askBalance())).toMatchObject({ code: "INVALID_INPUT" });
  });

  test.each([
    ["INCONNU", null],
    ["DROITS", "BAD_RESPONSE"],
    ["ACCES", "BAD_RESPONSE"],
  ])("the code %s in a 200 is %s", async (code, expected) => {
    answers(solde, { body: { Status: "KO", Code: code, Message: "" } });
    if (expected === null) expect(await askBalance()).toEqual([null]);
    else expect(await failure(askBalance())).toMatchObject({ code: expected });
  });

  test.each([
    [401, "UNAVAILABLE"],
    [404, "BAD_RESPONSE"],
    [405, "BAD_RESPONSE"],
    [429, "RATE_LIMITED"],
    [500, "UNAVAILABLE"],
    [503, "UNAVAILABLE"],
    [504, "TIMEOUT"],
  ])("%i is %s", async (status, code) => {
    const headers = { "content-type": "text/html" };
    answers(solde, new Response("<h1>Erreur</h1>", { status, headers }));
    expect(await failure(askBalance())).toMatchObject({ code });
  });

  test.each([
    ["a page", "<html>Connexion</html>", "text/html"],
    ["nothing", "", "application/json"],
    ["half a JSON", '{"Status":"OK","Pub', "application/json"],
    ["neither OK nor KO", '{"Status":"ok","Donnees":null}', "application/json"],
    ["no date of publication", '{"Status":"OK","Donnees":{}}', "application/json"],
    ["a key twice", '{"Status":"KO","Status":"OK"}', "application/json"],
  ])("%s in a 200 is BAD_RESPONSE", async (_, body, type) => {
    answers(solde, new Response(body, { headers: { "content-type": type } }));
    expect(await failure(askBalance())).toMatchObject({ code: "BAD_RESPONSE" });
  });

  test.each(["valeur", "interblocage", "sessionPerdue", "identifiants"])(
    "%s lets nothing of what syndeo let slip into the message or the log",
    async (name) => {
      const log = vi.fn();
      answers(name === "identifiants" ? login : solde, fixture(name));
      const { use } = await connected({ log });
      const error = await failure(use(balances).ofContracts([contract], call()));
      const told = JSON.stringify([error.message, String(error.cause), log.mock.calls]);
      expect(told).not.toMatch(/SELECT|Requete\.cs|10\.4\.0|BAI-0|secret|portail/);
    },
  );

  test("an answer of another shape tells where, and never what stood there", async () => {
    const body = fixture("solde").body as { Donnees: object };
    const wrong = { ...body.Donnees, Solde: "3 643,13", EnRetard: "N" };
    answers(solde, { body: { ...body, Donnees: wrong } });
    const error = await failure(askBalance());
    expect(error.code).toBe("BAD_RESPONSE");
    expect(error.message).toMatch(
      /Contrats\/\*\/Solde: the answer does not fit: Solde .*; EnRetard /,
    );
    expect(error.message).not.toContain("643");
  });
});

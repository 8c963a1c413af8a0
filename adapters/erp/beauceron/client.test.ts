import { describe, expect, test } from "vitest";
import { balances } from "../../ports/billing.ts";
import { rentNotices } from "../../ports/documents.ts";
import type { PortError } from "../../ports/errors.ts";
import { persons } from "../../ports/identity.ts";
import { at } from "./client.ts";
import { call, connected, fixture, replay } from "./replay.ts";

const { asked, answers, paths } = replay();
const contract = "0030021269B";
const notice = { contractKey: contract, key: "AE-14-14036" };

async function failure(ask: Promise<unknown>): Promise<PortError> {
  const error: unknown = await ask.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ name: "PortError" });
  return error as PortError;
}

const askBalance = async () =>
  (await connected()).use(balances).ofContracts(["0030021158B"], call());

describe("each call", () => {
  test("carries the credentials", async () => {
    await (await connected()).use(rentNotices).byKeys([notice], call());
    expect(asked[0]!.headers.get("x-client-id")).toBe("portail");
    expect(asked[0]!.headers.get("x-client-secret")).toBe("secret");
  });

  test("escapes what it puts into a path", () => {
    expect(at`/v2/avis/${"../x?a=1#b"}/fichier`).toBe("/v2/avis/..%2Fx%3Fa%3D1%23b/fichier");
  });

  test("never holds a key that does not look like one", async () => {
    const { use } = await connected();
    const wrong = ["", "../LOC-000001", "LOC-000001?x=1", "loc-000001", "LOC-1", "LOC-000001\n"];
    expect(await use(persons).byKeys(wrong, call())).toEqual(wrong.map(() => null));
    const keys = wrong.map((key) => ({ ...notice, key }));
    expect(await use(rentNotices).byKeys(keys, call())).toEqual(wrong.map(() => null));
    expect(asked).toEqual([]);
  });
});

describe("an ETag", () => {
  const known = fixture("avis");
  const path = "/v2/avis/AE-14-14036";

  test("is given back, and a 304 stands for the answer that came with it", async () => {
    answers(path, known, { status: 304 }, { status: 304 });
    const { use } = await connected();
    const first = await use(rentNotices).byKeys([notice], call());
    const again = await use(rentNotices).byKeys([notice], call());
    expect(again).toEqual(first);
    expect(asked.map((request) => request.headers.get("if-none-match"))).toEqual([
      null,
      known.headers.etag,
    ]);
  });

  test("that has changed brings the new answer", async () => {
    const changed = { ...(known.body as object), total: 1 };
    answers(path, known, { headers: { etag: '"new"' }, body: changed }, { status: 304 });
    const { use } = await connected();
    const ask = async () => (await use(rentNotices).byKeys([notice], call()))[0]!.total.amount;
    expect([await ask(), await ask(), await ask()]).toEqual(["502.05", "0.01", "0.01"]);
    expect(asked[2]!.headers.get("if-none-match")).toBe('"new"');
  });

  test("is not shared between landlords", async () => {
    answers(path, known);
    for (const { use } of [await connected(), await connected()]) {
      await use(rentNotices).byKeys([notice], call());
    }
    expect(asked.map((request) => request.headers.get("if-none-match"))).toEqual([null, null]);
  });

  test("and 304 without having been asked is unusable", async () => {
    answers(path, { status: 304 });
    const ask = (await connected()).use(rentNotices).byKeys([notice], call());
    expect(await failure(ask)).toMatchObject({ code: "BAD_RESPONSE" });
  });
});

describe("a 404", () => {
  test("that names an unknown thing is no error", async () => {
    const { use } = await connected();
    const key = { contractKey: contract, key: "AE-14-999" };
    expect(await use(rentNotices).byKeys([key], call())).toEqual([null]);
    expect(paths()).toEqual(["/v2/avis/AE-14-999"]);
  });

  test("of an address that should be there is unusable", async () => {
    answers("/v2/soldes", fixture("mauvaiseRoute"));
    const error = await failure(askBalance());
    expect([error.code, error.message]).toEqual([
      "BAD_RESPONSE",
      "beauceron: no such address: /v2/soldes",
    ]);
  });

  test("of something that is not beauceron is unusable", async () => {
    const page = "<!doctype html><title>404 Not Found</title>";
    answers(
      "/v2/soldes",
      new Response(page, { status: 404, headers: { "content-type": "text/html" } }),
    );
    expect(await failure(askBalance())).toMatchObject({ code: "BAD_RESPONSE" });
  });
});

describe("what goes wrong", () => {
  const leak = fixture("inconnu").body;

  test.each([
    [401, "UNAVAILABLE"],
    [403, "UNAVAILABLE"],
    [400, "BAD_RESPONSE"],
    [405, "BAD_RESPONSE"],
    [429, "RATE_LIMITED"],
    [500, "UNAVAILABLE"],
    [503, "UNAVAILABLE"],
  ])("%i is %s, and says nothing of what the ERP let slip", async (status, code) => {
    answers("/v2/soldes", { status, body: leak, headers: { "retry-after": "1" } });
    const error = await failure(askBalance());
    expect(error.code).toBe(code);
    expect(error.message).not.toMatch(/SELECT|JdbcDao|10\.2\.0|AE-14|0030021158B|secret/);
  });

  test.each([
    ["a page with 200", "<html>Connexion</html>", "text/html"],
    ["nothing with 200", "", "application/json"],
    ["half a JSON", '[{"contrat":"0030', "application/json"],
    [
      "a number that JavaScript cannot hold",
      '[{"contrat":12345678901234567890}]',
      "application/json",
    ],
  ])("%s is BAD_RESPONSE", async (_, body, type) => {
    answers("/v2/soldes", new Response(body, { headers: { "content-type": type } }));
    expect(await failure(askBalance())).toMatchObject({ code: "BAD_RESPONSE" });
  });

  test("an answer of another shape tells where, and never what stood there", async () => {
    const [solde] = fixture("soldes").body as Record<string, unknown>[];
    answers("/v2/soldes", { body: [{ ...solde, montant: "1 850,73", sens: 7 }] });
    const error = await failure(askBalance());
    expect(error.code).toBe("BAD_RESPONSE");
    expect(error.message).toMatch(/^beauceron: \/v2\/soldes does not fit: 0\.montant .*; 0\.sens /);
    expect(error.message).not.toContain("850");
  });
});

/** How the answers to a change are read: recorded ones, and ones that no mock gives. */
import { describe, expect, test } from "vitest";
import { bankAccountChanges } from "../../ports/billing-changes.ts";
import { serviceRequestCreations } from "../../ports/request-changes.ts";
import { bank, change, asking } from "./testing/changes.ts";
import { call, changed, connected, fixture, replay, type Recorded } from "./replay.ts";

const { answers, paths, asked } = replay();
const contract = "/Api/Contrats/BAI-000014";
const [holder] = (
  fixture("contrat").body as { Donnees: { Titulaires: { CodePersonne: string }[] } }
).Donnees.Titulaires;
const of = { contractKey: "BAI-000014", personKey: holder!.CodePersonne };

const refused = (Code: string, status = 200, Message = "SELECT secret"): Partial<Recorded> => ({
  status,
  headers: {},
  body: { Status: "KO", Code, Message },
});
const rib = (Contrat: string) => changed("rib", (data: object) => ({ ...data, Contrat }));

async function submitRib(...given: Partial<Recorded>[]) {
  answers(`${contract}/Rib`, ...given);
  return (await connected()).use(bankAccountChanges).submit(change(bank, of), call());
}

describe("the answer to a change", () => {
  test("of what stands there afterwards is APPLIED", async () => {
    expect(await submitRib(rib("BAI-000014"))).toEqual({ state: "APPLIED", reference: null });
  });

  test.each([
    ["VALEUR", 500, "INVALID"],
    ["INCONNU", 200, "UNKNOWN_THING"],
    ["DOUBLON", 200, "ALREADY_EXISTS"],
    ["CLOTURE", 200, "NOT_POSSIBLE"],
    ["REGLE", 200, "NOT_POSSIBLE"],
  ])("of %s with %i is REJECTED %s", async (code, status, reason) => {
    expect(await submitRib(refused(code, status))).toEqual({ state: "REJECTED", reason });
  });

  test.each<[string, Partial<Recorded>, string]>([
    ["of another contract", rib("BAI-000015"), "BAD_RESPONSE"],
    ["of a code that nobody knows", refused("ERREUR"), "BAD_RESPONSE"],
    ["of a 500 of another kind", refused("BASE", 500), "UNAVAILABLE"],
    ["of a 500 without a word", { status: 500, headers: {}, body: null }, "UNAVAILABLE"],
    ["of a 400 that is no deadlock", refused("BASE", 400, "Disk full"), "BAD_RESPONSE"],
  ])("%s leaves open what was changed", async (_, answer, code) => {
    const error: unknown = await submitRib(answer).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code, notApplied: false });
    expect((error as Error).message).not.toContain("secret");
  });

  test("of a ticket that lapses twice says that nothing was changed", async () => {
    const submitted = submitRib(refused("SESSION"));
    await expect(submitted).rejects.toMatchObject({ code: "UNAVAILABLE", notApplied: true });
  });
});

describe("a photo that the depot has lost", () => {
  const kept = { ...fixture("session"), body: ok({ Jeton: "a".repeat(32), Taille: 20 }) };
  const submit = async (...given: Partial<Recorded>[]) => {
    answers("/Api/Depot", kept);
    answers(`${contract}/Interventions`, ...given);
    return (await connected()).use(serviceRequestCreations).submit(asking({}, of), call());
  };

  test("is sent again, once, and then the request", async () => {
    const made = await submit(refused("DEPOT"), fixture("intervention"));
    expect(made).toEqual({ state: "APPLIED", reference: "INT-14-14006" });
    expect(paths().filter((path) => path === "/Api/Depot")).toHaveLength(4);
    const sent = asked.filter(({ url }) => url.endsWith("/Depot"));
    const names = await Promise.all(
      sent.map(async (each) => ((await each.json()) as { Reference: string }).Reference),
    );
    expect(names.slice(0, 2)).toEqual(names.slice(2));
  });

  test("twice says that nothing was changed", async () => {
    const submitted = submit(refused("DEPOT"));
    await expect(submitted).rejects.toMatchObject({ code: "UNAVAILABLE", notApplied: true });
  });

  test("is told apart from a request that another contract has under the same name", async () => {
    const none = { ...fixture("interventions"), body: ok([]) };
    expect(await submit(refused("DOUBLON"), none)).toEqual({
      state: "REJECTED",
      reason: "ALREADY_EXISTS",
    });
  });
});

function ok(data: object) {
  return { Status: "OK", PublieLe: "2026-11-20T13:00:00", Donnees: data };
}

import { describe, expect, test } from "vitest";
import { Building, buildings, Occupant, occupants } from "../../ports/contract.ts";
import { call, connected, fixture, replay } from "./replay.ts";

const { answers, paths } = replay();
const key = "0030021269B";
const unknown = "9999999999B";

describe("occupants", () => {
  const path = `/v2/contrats/${key}/occupants`;

  test("are those who live there beside the signatories", async () => {
    const { use } = await connected();
    const [found] = await use(occupants).ofContracts([key], call());
    expect(found).toHaveLength(7);
    expect(found!.slice(0, 2)).toEqual([
      {
        key: "OCC-14-14001",
        contractKey: key,
        surname: "Léger",
        givenName: "Théo",
        birthDate: null,
        relationship: "Conjoint",
        since: "2020-04-01",
      },
      {
        key: "OCC-14-14002",
        contractKey: key,
        surname: "Léger",
        givenName: "Éloïse",
        birthDate: "2008-06-13",
        relationship: "Enfant",
        since: "2020-04-01",
      },
    ]);
    for (const one of found!) Occupant.parse(one);
  });

  test("may be related in a way that nobody wrote down", async () => {
    const [first] = fixture("occupants").body as object[];
    const body = [{ ...first, lien: "", prenom: null, date_entree: null }];
    answers(path, { body, headers: { "x-total-count": "1" } });
    const { use } = await connected();
    const [[found] = []] = await use(occupants).ofContracts([key], call());
    expect([found!.relationship, found!.givenName, found!.since]).toEqual([null, null, null]);
  });

  test("of another contract make the answer unusable", async () => {
    answers("/v2/contrats/0000000001B/occupants", fixture("occupants"));
    const { use } = await connected();
    const ask = use(occupants).ofContracts(["0000000001B"], call());
    await expect(ask).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });

  test("are nobody where beauceron has nothing, or no such contract", async () => {
    answers(path, { status: 204 });
    answers(`/v2/contrats/${unknown}/occupants`, fixture("inconnu"));
    const { use } = await connected();
    const keys = [key, unknown, "not a contract"];
    expect(await use(occupants).ofContracts(keys, call())).toEqual([[], [], []]);
    expect(paths()).toHaveLength(2);
  });
});

describe("the building", () => {
  const path = `/v2/contrats/${key}/residence`;

  test("has its name, its address and what the landlord tells of it", async () => {
    const { use } = await connected();
    const [found] = await use(buildings).ofContracts([key], call());
    expect(found).toMatchObject({
      key: "RES-0064",
      name: "Résidence Le Pré-aux-Ânes",
      address: {
        lines: ["10 place des Épars"],
        postalCode: "28000",
        city: "Chartres",
        country: "FR",
      },
      builtIn: 1905,
      units: 8,
    });
    expect(found!.notes.map(({ title }) => title)).toEqual(["Ascenseur", "Travaux", "Fibre"]);
    expect(found!.notes[0]!.text).toContain("dans la cabine,\n24 h/24 & 7 j/7.");
    Building.parse(found);
  });

  test("has no year and no number of units where beauceron writes 0", async () => {
    const residence = fixture("residence").body as object;
    answers(path, { body: { ...residence, annee_construction: 0, logements: 0 } });
    const { use } = await connected();
    const [found] = await use(buildings).ofContracts([key], call());
    expect([found!.builtIn, found!.units]).toEqual([null, null]);
  });

  test("is null where beauceron has none", async () => {
    answers(`/v2/contrats/${unknown}/residence`, fixture("inconnu"));
    const { use } = await connected();
    expect(await use(buildings).ofContracts([unknown, "x"], call())).toEqual([null, null]);
    expect(paths()).toHaveLength(1);
  });
});

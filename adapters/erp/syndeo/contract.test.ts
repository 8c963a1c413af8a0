import { describe, expect, test } from "vitest";
import {
  buildingContacts,
  buildings,
  candidacies,
  contracts,
  properties,
} from "../../ports/contract.ts";
import { call, changed, connected, fixture, replay } from "./replay.ts";

const { answers } = replay();
const owner = "P000022";
const contract = "BAI-000014";
const list = `/Api/Personnes/${owner}/Contrats`;
const bad = { code: "BAD_RESPONSE" };

describe("contracts", () => {
  test("are of three kinds, active ones first, the dwelling first in each", async () => {
    const upcoming = (contrats: object[]) => {
      const [lot, mandate] = contrats as { Contrat: string; Lots: { Nature: string }[] }[];
      const dwelling = lot!.Lots[0]!;
      const Lots = [
        { ...dwelling, Reference: "S1", Nature: "CAVE" },
        { ...dwelling, Reference: "P1", Nature: "STATIONNEMENT" },
        { ...dwelling, Reference: "D1", Nature: "LOGEMENT" },
      ];
      return [
        { ...lot, Contrat: "BAI-000001", Nature: "BAIL", Etat: "TERMINE", DateFin: "2020-01-31" },
        { ...mandate, Lots },
        lot,
      ];
    };
    answers(list, changed("contratsDeLaPersonne", upcoming));
    const { use } = await connected();
    const [found] = await use(contracts).ofPersons([owner], call());
    expect(found!.map(({ kind, status }) => [kind, status])).toEqual([
      ["CO_OWNERSHIP", "ACTIVE"],
      ["MANAGEMENT", "ACTIVE"],
      ["LEASE", "ENDED"],
    ]);
    expect(found![1]!.units.map(({ kind }) => kind)).toEqual(["DWELLING", "PARKING", "STORAGE"]);
  });

  test("that the person does not hold make the answer unusable: they decide what is whose", async () => {
    answers("/Api/Personnes/P000023/Contrats", fixture("contratsDeLaPersonne"));
    const { use } = await connected();
    await expect(use(contracts).ofPersons(["P000023"], call())).rejects.toMatchObject(bad);
  });

  test("of somebody unknown are none", async () => {
    const { use } = await connected();
    expect(await use(contracts).ofPersons(["P999999", "x"], call())).toEqual([[], []]);
  });
});

describe("what a person owns or looks for", () => {
  test("is read with its kind and its shares", async () => {
    const { use } = await connected();
    const [found] = await use(properties).ofPersons([owner], call());
    expect(found!.map(({ kind, shares }) => [kind, shares === null])).toContainEqual(["LET", true]);
    expect(found!.map(({ kind, shares }) => [kind, shares === null])).toContainEqual([
      "CO_OWNED",
      false,
    ]);
  });

  test("comes newest first", async () => {
    const { use } = await connected();
    const [found] = await use(candidacies).ofPersons(["P000023"], call());
    expect(found!.map(({ number, status }) => [number, status])).toEqual([
      ["D232", "SUBMITTED"],
      ["D231", "WITHDRAWN"],
    ]);
  });

  test.each([
    ["biens", properties, "Biens"],
    ["candidatures", candidacies, "Candidatures"],
  ] as const)("%s of another person make the answer unusable", async (name, port, segment) => {
    answers(`/Api/Personnes/P000001/${segment}`, fixture(name));
    const { use } = await connected();
    const reading = use<{ ofPersons(keys: string[], of: ReturnType<typeof call>): unknown }>(port);
    await expect(reading.ofPersons(["P000001"], call())).rejects.toMatchObject(bad);
  });
});

describe("a building", () => {
  test("is read with its notes, and with whom to ask", async () => {
    const { use } = await connected();
    const [found] = await use(buildings).ofContracts([contract], call());
    expect(found).toMatchObject({ name: expect.any(String), notes: expect.any(Array) });
    const [people] = await use(buildingContacts).ofContracts([contract], call());
    expect(people![0]).toMatchObject({ role: "Agence", phone: expect.stringMatching(/^\+33/) });
  });

  test("is null for an unknown contract, and nobody is to be asked there", async () => {
    const { use } = await connected();
    const keys = ["BAI-999999", "x"];
    expect(await use(buildings).ofContracts(keys, call())).toEqual([null, null]);
    expect(await use(buildingContacts).ofContracts(keys, call())).toEqual([[], []]);
  });

  test("of another contract makes the answer unusable", async () => {
    answers("/Api/Contrats/BAI-000001/Immeuble", fixture("immeuble"));
    answers("/Api/Contrats/BAI-000001/Interlocuteurs", fixture("interlocuteurs"));
    const { use } = await connected();
    const keys = ["BAI-000001"];
    await expect(use(buildings).ofContracts(keys, call())).rejects.toMatchObject(bad);
    await expect(use(buildingContacts).ofContracts(keys, call())).rejects.toMatchObject(bad);
  });
});

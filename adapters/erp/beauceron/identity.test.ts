import { describe, expect, test } from "vitest";
import { Person, persons, Registrant, registrations } from "../../ports/identity.ts";
import { call, connected, fixture, replay } from "./replay.ts";

const { answers, paths } = replay();

const ndiaye = {
  personKey: "LOC-000004",
  surnames: ["N’Diaye", "Le Goff"],
  givenName: "Françoise",
  birthDate: "1969-07-14",
  email: "francoise.ndiaye4@example.org",
};

describe("registrations", () => {
  test("tell everybody behind a contract number and a customer reference", async () => {
    const { use } = await connected();
    const found = await use(registrations).byReferences(
      [
        { kind: "CONTRACT", reference: "0030020936B" },
        { kind: "CUSTOMER", reference: "300031676" },
      ],
      call(),
    );
    expect(found[0]!.map(({ surnames }) => surnames)).toEqual([["Müller"], ["Núñez"]]);
    expect(found[1]).toEqual([ndiaye]);
    for (const registrant of found.flat()) Registrant.parse(registrant);
  });

  test("know nobody behind an unknown reference, or behind what can be none", async () => {
    answers("/v2/clients/999999999/locataires", fixture("inconnu"));
    const { use } = await connected();
    const references = [
      { kind: "CUSTOMER", reference: "999999999" },
      { kind: "CUSTOMER", reference: "0030020936B" },
      { kind: "CONTRACT", reference: "../../v2/soldes" },
      { kind: "CONTRACT", reference: "0030020936b" },
    ] as const;
    expect(await use(registrations).byReferences(references, call())).toEqual([[], [], [], []]);
    expect(paths()).toHaveLength(1);
  });
});

describe("persons", () => {
  test("come in one call, in the order of the keys", async () => {
    const { use } = await connected();
    const keys = ["LOC-000004", "LOC-000008", "LOC-000004"];
    const [first, second, third] = await use(persons).byKeys(keys, call());
    expect(first).toEqual({
      key: "LOC-000004",
      title: "MRS",
      surname: "N’Diaye",
      birthSurname: "Le Goff",
      givenName: "Françoise",
      birthDate: "1969-07-14",
      email: "francoise.ndiaye4@example.org",
      phones: ["+33639983813"],
      address: {
        lines: ["58 bis avenue d'Orléans"],
        postalCode: "28630",
        city: "Nogent-le-Phaye",
        country: "FR",
      },
    });
    expect(second).toMatchObject({
      key: "LOC-000008",
      title: "MR",
      email: null,
      birthSurname: null,
    });
    expect(third).toEqual(first);
    Person.parse(first);
    expect(paths()).toHaveLength(1);
  });

  test("are asked for by 25 at most, and null where beauceron knows none", async () => {
    answers("/v2/locataires", { status: 204 });
    const { use } = await connected();
    const keys = Array.from({ length: 60 }, (_, i) => `LOC-${String(i).padStart(6, "0")}`);
    expect(await use(persons).byKeys(keys, call())).toEqual(keys.map(() => null));
    expect(paths()).toHaveLength(3);
    for (const path of paths()) expect(path.length).toBeLessThan(4096);
  });

  test("that were not asked for make the answer unusable", async () => {
    answers("/v2/locataires", fixture("locataires"));
    const { use } = await connected();
    await expect(use(persons).byKeys(["LOC-000004"], call())).rejects.toMatchObject({
      code: "BAD_RESPONSE",
    });
  });

  test("lose an empty e-mail and a phone number that is none", async () => {
    const [person] = fixture("locataires").body as Record<string, unknown>[];
    const bare = { ...person, courriel: " ", telephones: ["néant", "02 37 33 33 33"], prenom: "" };
    answers("/v2/locataires", { body: [bare], headers: { "x-total-count": "1" } });
    const { use } = await connected();
    const [found] = await use(persons).byKeys(["LOC-000004"], call());
    expect(found).toMatchObject({ email: null, phones: ["+33237333333"], givenName: null });
  });
});

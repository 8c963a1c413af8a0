import { describe, expect, test } from "vitest";
import {
  billingAddresses,
  buildingContacts,
  Contract,
  contracts,
  insurancePolicies,
} from "../../ports/contract.ts";
import { call, connected, fixture, replay } from "./replay.ts";

const { answers, paths } = replay();
const key = "0030021269B";
const unknown = "9999999999B";

describe("contracts", () => {
  test("of several persons come in one call, active ones first, dwelling first", async () => {
    const { use } = await connected();
    const keys = ["LOC-000007", "LOC-000006"];
    const [three, shared] = await use(contracts).ofPersons(keys, call());
    expect(three!.map(({ status }) => status)).toEqual(["ACTIVE", "ACTIVE", "ENDED"]);
    expect(three!.map(({ units }) => units[0]!.kind)).toEqual(["DWELLING", "PARKING", "DWELLING"]);
    expect(three![2]!.endDate).not.toBeNull();
    expect(shared).toHaveLength(1);
    expect(shared![0]).toMatchObject({
      key: "0030020936B",
      number: "0030020936B",
      startDate: "2020-04-01",
      endDate: null,
      signatories: ["Müller Théo", "Núñez Zoé"],
      units: [
        { kind: "DWELLING", label: "T4 « duplex »" },
        { kind: "STORAGE", label: "Cave" },
      ],
    });
    for (const contract of [...three!, ...shared!]) Contract.parse(contract);
    expect(paths()).toHaveLength(1);
  });

  test("are put into order, whatever order they come in", async () => {
    const [shared] = fixture("contrats").body as { modules: unknown[]; numero: string }[];
    const { modules } = shared!;
    const made = (numero: string, etat: string) => ({
      ...shared,
      numero,
      etat,
      modules: modules.toReversed(),
    });
    const body = [
      made("0000000001B", "RESILIE"),
      made("0000000003B", "ACTIF"),
      made("0000000002B", "ACTIF"),
    ];
    answers("/v2/contrats", { body, headers: { "x-total-count": "3" } });
    const { use } = await connected();
    const [found] = await use(contracts).ofPersons(["LOC-000006"], call());
    expect(found!.map(({ number }) => number.slice(9, 10))).toEqual(["2", "3", "1"]);
    expect(found![0]!.units.map(({ kind }) => kind)).toEqual(["DWELLING", "STORAGE"]);
  });

  test("that the person did not sign make the answer unusable", async () => {
    answers("/v2/contrats", fixture("contrats"));
    const { use } = await connected();
    const ask = use(contracts).ofPersons(["LOC-000007"], call());
    await expect(ask).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });

  test("of an unknown person are none", async () => {
    answers("/v2/contrats", { status: 204 });
    const { use } = await connected();
    expect(await use(contracts).ofPersons(["LOC-999999"], call())).toEqual([[]]);
  });
});

describe("what hangs on a contract", () => {
  test("the newest insurance policy counts, wherever it stands in the list", async () => {
    const { use } = await connected();
    const [policy] = await use(insurancePolicies).ofContracts([key], call());
    expect(policy).toEqual({
      insurer: "MAIF",
      policyNumber: "423 945261 B",
      holder: "Hélène Léger",
      validFrom: "2026-01-01",
      validTo: "2026-12-31",
    });
  });

  test("the billing address and the building's contacts", async () => {
    const { use } = await connected();
    expect(await use(billingAddresses).ofContracts([key], call())).toEqual([
      {
        recipient: "Mme Hélène Léger",
        address: {
          lines: ["Résidence « Le Clos », bât. A, appt 18", "131 rue du Faubourg-la-Grappe"],
          postalCode: "28300",
          city: "Lèves",
          country: "FR",
        },
      },
    ]);
    expect(await use(buildingContacts).ofContracts([key], call())).toEqual([
      [
        {
          role: "Agence",
          name: "Agence de Beaulieu",
          phone: "+33261910010",
          email: "agence@example.org",
        },
        {
          role: "Responsable d’immeuble",
          name: "M. Gaël L’Hostis",
          phone: "+33639985896",
          email: null,
        },
      ],
    ]);
  });

  test.each([unknown, "not a contract"])("is nothing for %s", async (contract) => {
    answers(`/v2/contrats/${unknown}/*`, fixture("inconnu"));
    const { use } = await connected();
    expect(await use(insurancePolicies).ofContracts([contract], call())).toEqual([null]);
    expect(await use(billingAddresses).ofContracts([contract], call())).toEqual([null]);
    expect(await use(buildingContacts).ofContracts([contract], call())).toEqual([[]]);
    expect(paths()).toHaveLength(contract === unknown ? 3 : 0);
  });

  test("is nothing where beauceron has nothing (204)", async () => {
    answers(`/v2/contrats/${key}/*`, { status: 204 });
    const { use } = await connected();
    expect(await use(insurancePolicies).ofContracts([key], call())).toEqual([null]);
    expect(await use(buildingContacts).ofContracts([key], call())).toEqual([[]]);
  });
});

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  billingAddresses,
  buildingContacts,
  contracts,
  insurancePolicies,
} from "../../ports/contract.ts";
import { call, replayPavois, type Replay } from "./replay.ts";

const key = "L/2013949";
const address = {
  lines: ["Résidence Françoise-Giroud, bât. C, appt 16", "69 impasse de la Ville-en-Bois"],
  postalCode: "17138",
  city: "Puilboreau",
  country: "FR",
};

describe("Contracts at Pavois", () => {
  let erp: Replay;
  beforeEach(async () => {
    erp = await replayPavois();
  });
  afterEach(() => erp.close());

  const contractsOf = async (person: string) =>
    (await erp.use(contracts).ofPersons([person], call))[0]!;

  it("are read with their units and signatories", async () => {
    expect(await contractsOf("T0000013")).toEqual([
      {
        key,
        number: key,
        kind: "LEASE",
        status: "ACTIVE",
        startDate: "2020-04-01",
        endDate: null,
        signatories: ["Hélène Léger"],
        units: [
          { reference: "D00014-1", kind: "DWELLING", label: "T1 bis", address },
          { reference: "P00014-2", kind: "PARKING", label: "Parking extérieur", address },
        ],
        paymentMethod: "CARD",
      },
    ]);
    expect(erp.requests[0]).toMatch(/InclureResilies>true</);
  });

  it("have the dwelling first, wherever Pavois put it", async () => {
    erp.change("ListerContrats", (text) =>
      text.replace(">LOGEMENT<", ">CAVE<").replace(">STATIONNEMENT<", ">LOGEMENT<"),
    );
    const [contract] = await contractsOf("T0000013");
    expect(contract!.units.map(({ kind }) => kind)).toEqual(["DWELLING", "STORAGE"]);
  });

  it("come with the active ones first, then by number", async () => {
    const [start, end] = ["<ctr:Contrat>", "</ctr:Contrat>"];
    erp.change("ListerContrats", (text) => {
      const [head, rest] = text.split(start) as [string, string];
      const [one, tail] = rest.split(end) as [string, string];
      const others = [
        one.replace("2013949", "2013001").replace("EN_COURS", "RESILIE"),
        one.replace("2013949", "2013002").replace("EN_COURS", "A_VENIR"),
        one,
        one.replace("2013949", "2013940"),
      ];
      const total = head.replace("NombreTotal>1<", "NombreTotal>4<");
      return total + others.map((inner) => start + inner + end).join("") + tail;
    });
    const found = await contractsOf("T0000013");
    expect(found.map(({ number, status }) => [number, status])).toEqual([
      ["L/2013940", "ACTIVE"],
      ["L/2013949", "ACTIVE"],
      ["L/2013001", "ENDED"],
      ["L/2013002", "UPCOMING"],
    ]);
  });

  it("do not hold a contract that the person did not sign", async () => {
    expect(await contractsOf("T0000014")).toEqual([]);
    expect(erp.logs).toMatchObject([{ level: "warn" }]);
  });

  it("are none for a person whom Pavois does not know, or whose key is none", async () => {
    erp.always("erreur-404.xml");
    expect(await erp.use(contracts).ofPersons(["T0000001", "x"], call)).toEqual([[], []]);
    expect(erp.requests).toHaveLength(1);
  });

  it("are asked for page after page", async () => {
    erp.change("ListerContrats", (text) => text.replace("NombreTotal>1<", "NombreTotal>2<"));
    await contractsOf("T0000013");
    // The second page held nothing new: it is not asked for a third time.
    const skips = erp.requests.map((body) => /SkipRecords[^>]*>(\d+)</.exec(body)![1]);
    expect(skips).toEqual(["0", "1"]);
  });

  it("without an element that must be there are refused", async () => {
    erp.change("ListerContrats", (text) => text.replace(/<ctr:DateEffet>.*?<\/ctr:DateEffet>/, ""));
    await expect(contractsOf("T0000013")).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });
});

describe("What belongs to a contract at Pavois", () => {
  let erp: Replay;
  beforeEach(async () => {
    erp = await replayPavois();
  });
  afterEach(() => erp.close());

  it("is the newest of the insurance policies that it keeps", async () => {
    const policies = await erp.use(insurancePolicies).ofContracts([key, "L/2013950"], call);
    expect(policies).toEqual([
      {
        insurer: "L’Équité",
        policyNumber: "443 124952 H",
        holder: "Hélène Léger",
        validFrom: "2026-01-01",
        validTo: "2026-12-31",
      },
      null,
    ]);
    expect(erp.requests).toHaveLength(1);
  });

  it("is the address to which notices go", async () => {
    expect(await erp.use(billingAddresses).ofContracts([key, "inconnu"], call)).toEqual([
      { recipient: "Mme Hélène Léger", address },
      null,
    ]);
  });

  it("is who looks after the building", async () => {
    expect(await erp.use(buildingContacts).ofContracts([key, "L/2013950"], call)).toEqual([
      [
        {
          role: "Agence",
          name: "Agence de Mireuil",
          phone: "+33536490010",
          email: "agence@example.org",
        },
        {
          role: "Responsable d’immeuble",
          name: "Mme Béatrice Hénaff",
          phone: "+33639983874",
          email: null,
        },
      ],
      [],
    ]);
  });
});

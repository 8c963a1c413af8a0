import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { billingAddresses, contracts, insurancePolicies } from "../../ports/contract.ts";
import { call, replayHabilog, type Replay } from "./replay.ts";

const person = "40000013";
const address = {
  lines: ["Résidence Les Hauts de Bel-Air, bât. A, appt 19", "33 bis quai Marcel-Boyer"],
  postalCode: "94200",
  city: "Ivry-sur-Seine",
  country: "FR",
};

describe("Contracts at Habilog", () => {
  let erp: Replay;
  beforeEach(async () => {
    erp = await replayHabilog();
  });
  afterEach(() => erp.close());

  const contractsOf = async (key = person) => (await erp.use(contracts).ofPersons([key], call))[0]!;
  const contractKey = "L1200227";
  /** Habilog's one record and others that differ from it. */
  const several = (...changes: ((record: string) => string)[]) =>
    erp.change("ListerContrats", (text) =>
      text.replace(/<Contrat>.*<\/Contrat>/s, (record) =>
        changes.map((change) => change(record)).join(""),
      ),
    );

  it("are read with their dwelling before their parking, each at its address", async () => {
    expect(await contractsOf()).toEqual([
      {
        key: "L1200014",
        number: "L1200014",
        kind: "LEASE",
        status: "ACTIVE",
        startDate: "2020-04-01",
        endDate: null,
        signatories: ["Hélène Léger"],
        units: [
          { reference: "D00014-1", kind: "DWELLING", label: "T1 bis", address },
          { reference: "P00014-2", kind: "PARKING", label: "Garage", address },
        ],
        paymentMethod: "CARD",
      },
    ]);
  });

  it("may have one unit, which is a list too", async () => {
    several((record) => record.replace(/<Module>.*?<\/Module>/s, ""));
    expect((await contractsOf())[0]!.units).toHaveLength(1);
  });

  it("have the principal signatory first, and are both signatories' own", async () => {
    const second =
      "<Signataire><NumeroTiers>40000099  </NumeroTiers><NomComplet>Rémi Noël </NomComplet><Principal>N</Principal></Signataire>";
    several((record) =>
      record.replace("<Signataire>", `${second}<Signataire>`).replace("L\xE9ger", "X"),
    );
    const [found] = await contractsOf();
    expect(found!.signatories[1]).toMatch(/^R.*mi No.*l$/);
    expect((await contractsOf("40000099"))[0]!.key).toBe("L1200014");
  });

  it("come with the active ones first, then by number, ended ones too", async () => {
    const changed = (number: string, state: string) => (record: string) =>
      record.replace("L1200014", number).replace("<Etat>C<", `<Etat>${state}<`);
    several(
      changed("L1200009", "R"),
      changed("L1200020", "C"),
      changed("L1200014", "C"),
      changed("L1200001", "F"),
    );
    expect((await contractsOf()).map(({ key, status }) => [key, status])).toEqual([
      ["L1200014", "ACTIVE"],
      ["L1200020", "ACTIVE"],
      ["L1200001", "UPCOMING"],
      ["L1200009", "ENDED"],
    ]);
  });

  it("do not hold a contract that the person did not sign", async () => {
    several(String, (record) =>
      record.replace("40000013", "40000014").replace("L1200014", "L1200015"),
    );
    expect((await contractsOf()).map(({ key }) => key)).toEqual(["L1200014"]);
    expect(erp.logs).toEqual([expect.objectContaining({ level: "warn", details: { count: 1 } })]);
  });

  it("have no mode of payment where the column is blank", async () => {
    several((record) => record.replace("<ModePaiement>CB ", "<ModePaiement>   "));
    expect((await contractsOf())[0]!.paymentMethod).toBeNull();
  });

  it.each([
    ["of an unknown nature", "BAIL  ", "VENTE "],
    ["in an unknown state", "<Etat>C<", "<Etat>Z<"],
    ["with a day that cannot be", "01/04/2020", "31/04/2020"],
    ["without signatories", /<Signataire>.*<\/Signataire>/s, ""],
    ["without units", /<Module>.*<\/Module>/s, ""],
    ["with its number twice", "<Nature>", "<NumeroContrat>L1200014</NumeroContrat><Nature>"],
  ])("%s are refused", async (_, from, to) => {
    several((record) => record.replace(from, to));
    await expect(contractsOf()).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });

  it("are none for a person whom Habilog does not know, or whose key is none", async () => {
    erp.instead("ListerContrats", "rien.xml");
    expect(await erp.use(contracts).ofPersons([person, "T0000013"], call)).toEqual([[], []]);
    expect(erp.operations()).toEqual(["ListerContrats"]);
  });

  it("are asked for once for keys that are alike", async () => {
    const lists = await erp.use(contracts).ofPersons([person, person], call);
    expect([lists.length, erp.requests.length]).toEqual([2, 1]);
  });

  it("are insured by the policy that ends last", async () => {
    const insurance = async () =>
      (await erp.use(insurancePolicies).ofContracts([contractKey], call))[0];
    const recorded = {
      insurer: "Macif",
      policyNumber: "816 194162 A",
      holder: "Océane Kowalski",
      validFrom: "2026-01-01",
      validTo: "2026-12-31",
    };
    expect(await insurance()).toEqual(recorded);
    erp.change("LireAssurance", (text) =>
      text.replace(
        /<Assurance>.*<\/Assurance>/s,
        (record) => record.replaceAll("2026", "2025") + record,
      ),
    );
    expect(await insurance()).toEqual(recorded);
  });

  it("have a billing address, or none", async () => {
    const ask = () => erp.use(billingAddresses).ofContracts([contractKey], call);
    expect(await ask()).toEqual([
      {
        recipient: "Mme Océane Kowalski et Mme Chloë van den Berghe",
        address: {
          lines: ["103 ter quai Marcel-Boyer"],
          postalCode: "94400",
          city: "Vitry-sur-Seine",
          country: "FR",
        },
      },
    ]);
    erp.instead("LireFacturation", "rien.xml");
    expect(await ask()).toEqual([null]);
  });
});

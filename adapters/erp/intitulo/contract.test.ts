import { beforeEach, describe, expect, it } from "vitest";
import { buildingContacts, contracts } from "../../ports/contract.ts";
import { call, replayIntitulo, type Replay } from "./replay.ts";

let erp: Replay;
beforeEach(async () => {
  erp = await replayIntitulo();
});

const listed = async () => (await erp.use(contracts).ofPersons(["T10005"], call))[0]!;

/** The one contract of the recording, changed, once more. */
const again = (body: string, change: (contract: string) => string) =>
  body.replace(/<contrat>.*<\/contrat>/s, (contract) => contract + change(contract));

describe("Contracts", () => {
  it("are found by way of the intitulés that the person holds", async () => {
    const [contract] = await listed();
    expect(contract).toMatchObject({
      key: "C2400005",
      number: "C2400005",
      kind: "LEASE",
      status: "ACTIVE",
      startDate: "2020-04-01",
      endDate: null,
      signatories: ["Théo Müller", "Zoé Núñez"],
      paymentMethod: "DIRECT_DEBIT",
    });
    expect(erp.asked.map(({ operation }) => operation)).toEqual(["lireTiers", "listerContrats"]);
  });

  it("have the dwelling first", async () => {
    const [contract] = await listed();
    expect(contract!.units.map(({ reference, kind }) => [reference, kind])).toEqual([
      ["D00005-1", "DWELLING"],
      ["S00005-2", "STORAGE"],
    ]);
  });

  it("have two ways to write a day in one record", async () => {
    erp.change("listerContrats", (body) =>
      body.replace("<date_fin/>", "<date_fin>30.11.2025</date_fin>").replace("<etat>1", "<etat>5"),
    );
    const [contract] = await listed();
    expect(contract).toMatchObject({
      status: "ENDED",
      startDate: "2020-04-01",
      endDate: "2025-11-30",
    });
  });

  it("come with the active ones first, then by number, each once", async () => {
    erp.change("listerContrats", (body) => {
      const ended = (contract: string) =>
        contract.replace("C2400005", "C2400002").replace("<etat>1", "<etat>5");
      const older = (contract: string) => contract.replace("C2400005", "C2400003");
      return again(body, (one) => ended(one) + older(one) + one);
    });
    expect((await listed()).map(({ key }) => key)).toEqual(["C2400003", "C2400005", "C2400002"]);
  });

  it("do not hold a contract that the person did not sign", async () => {
    erp.change("listerContrats", (body) =>
      again(body, (one) => one.replace("C2400005", "C2400009").replace("T10005", "T10077")),
    );
    expect((await listed()).map(({ key }) => key)).toEqual(["C2400005"]);
    expect(erp.io.logged).toMatchObject([{ level: "warn", details: { count: 1 } }]);
  });

  it("are none for a person without an intitulé", async () => {
    erp.change("lireTiers", (body) =>
      body.replace(/:\[1\]">.*<\/intitules>/, ':[0]"></intitules>'),
    );
    expect(await listed()).toEqual([]);
  });

  it("of several intitulés are all there", async () => {
    erp.change("lireTiers", (body) =>
      body
        .replace(":[1]", ":[2]")
        .replace(/<item.*<\/item>/, (item) => item + item.replace("120005", "120031")),
    );
    await listed();
    const asked = erp.asked.filter(({ operation }) => operation === "listerContrats");
    expect(asked.map(({ parts }) => parts[1]!.text)).toEqual(["120005", "120031"]);
  });

  it.each([
    ["an unknown state", "<etat>1", "<etat>2"],
    ["no lot", /<lot>.*<\/lot>/s, ""],
    ["nobody who signed", /<titulaire>.*<\/titulaire>/s, ""],
    ["an unknown mode of payment", ">PRE<", ">TROC<"],
  ])("with %s are BAD_RESPONSE", async (_, from, to) => {
    erp.change("listerContrats", (body) => body.replace(from, to));
    await expect(listed()).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });

  it("may have no mode of payment", async () => {
    erp.change("listerContrats", (body) => body.replace(">PRE<", "><"));
    expect((await listed())[0]!.paymentMethod).toBeNull();
  });
});

describe("Contacts", () => {
  const contacts = async () => (await erp.use(buildingContacts).ofContracts(["C2400005"], call))[0];

  it("are read with their telephone numbers", async () => {
    expect(await contacts()).toEqual([
      {
        role: "Agence",
        name: "Agence Centre & Landy",
        phone: "+33199000010",
        email: "agence@example.org",
      },
      {
        role: "Responsable d’immeuble",
        name: "M. Gaël L’Hostis",
        phone: "+33639987801",
        email: null,
      },
    ]);
  });

  it("of another contract are left out", async () => {
    erp.change("listerInterlocuteurs", (body) => body.replace("C2400005", "C2400006"));
    expect(await contacts()).toHaveLength(1);
  });
});

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { persons, registrations } from "../../ports/identity.ts";
import { call, replayHabilog, type Replay } from "./replay.ts";

const registrant = {
  personKey: "40000255",
  surnames: ["Kowalski"],
  givenName: "Océane",
  birthDate: "1941-02-22",
  email: "oceane.kowalski255@example.org",
};

describe("People at Habilog", () => {
  let erp: Replay;
  beforeEach(async () => {
    erp = await replayHabilog();
  });
  afterEach(() => erp.close());

  const find = (reference: string, kind: "CONTRACT" | "CUSTOMER" = "CONTRACT") =>
    erp.use(registrations).byReferences([{ kind, reference }], call);
  const person = async (key = "40000255") => (await erp.use(persons).byKeys([key], call))[0];

  it("are found by the number of their contract, every signatory of it", async () => {
    const [found] = await find("1200227");
    expect(found).toEqual([
      registrant,
      expect.objectContaining({ personKey: "40000256", surnames: ["van den Berghe"] }),
    ]);
    expect(erp.requests[0]).toContain(":NumeroContrat>L1200227<");
  });

  it.each(["L1200227", "l1200227", " 1200227 "])("are found by %j as well", async (reference) => {
    expect((await find(reference))[0]).toHaveLength(2);
    expect(erp.requests[0]).toContain(":NumeroContrat>L1200227<");
  });

  it("are not asked for by what is no number of a contract", async () => {
    for (const reference of ["120022", "12002271", "", "L/1200227", "1200227' OR 1=1"]) {
      expect(await find(reference)).toEqual([[]]);
    }
    expect(await find("1200227", "CUSTOMER")).toEqual([[]]);
    expect(erp.requests).toEqual([]);
  });

  it("that are alone in the document are a list of one", async () => {
    const locataire = /&lt;Locataire&gt;((?!&lt;\/Locataire&gt;).)*&lt;\/Locataire&gt;/s;
    erp.change("RechercherLocataire", (text) => text.replace(locataire, ""));
    expect((await find("1200227"))[0]).toHaveLength(1);
  });

  it("have the surnames of birth and marriage", async () => {
    erp.change("RechercherLocataire", (text) =>
      text.replace(/(NomNaissance&gt;) +/, "$1Le Goff    "),
    );
    expect((await find("1200227"))[0]![0]!.surnames).toEqual(["Kowalski", "Le Goff"]);
  });

  it("are asked for with our credentials in the body of the call", async () => {
    await find("1200227");
    expect(erp.requests[0]).toMatch(
      /:Utilisateur>portail<.*:MotDePasse>habilog-demo<.*:Base>IVRY<.*:NumeroContrat>/s,
    );
  });

  it("come without the spaces that fill columns up, accents kept", async () => {
    expect(await person()).toEqual({
      key: "40000255",
      title: "MRS",
      surname: "Kowalski",
      birthSurname: null,
      givenName: "Océane",
      birthDate: "1941-02-22",
      email: "oceane.kowalski255@example.org",
      phones: ["+33639986449"],
      address: {
        lines: ["103 ter quai Marcel-Boyer"],
        postalCode: "94400",
        city: "Vitry-sur-Seine",
        country: "FR",
      },
    });
  });

  it("may have columns that are blank", async () => {
    erp.change("LireLocataire", (text) =>
      text.replace(/(<(Civilite|Prenom|DateNaissance|Courriel|Telephone)>)[^<]*/g, "$1   "),
    );
    expect(await person()).toMatchObject({
      title: null,
      givenName: null,
      birthDate: null,
      email: null,
      phones: [],
    });
  });

  it("have no telephone number where it cannot be read as one", async () => {
    erp.change("LireLocataire", (text) => text.replace(/(<Telephone>)[^<]*/, "$1voir gardien "));
    expect((await person())!.phones).toEqual([]);
  });

  it("that Habilog does not know are null, and keys that are none are not asked for", async () => {
    erp.instead("LireLocataire", "rien.xml");
    expect(await erp.use(persons).byKeys(["40000255", "T1", "40000255"], call)).toEqual([
      null,
      null,
      null,
    ]);
    expect(erp.operations()).toEqual(["LireLocataire"]);
  });

  it("other than the one asked for are null", async () => {
    expect(await person("40000999")).toBeNull();
  });
});

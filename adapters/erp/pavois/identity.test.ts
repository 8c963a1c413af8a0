import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { persons, professionalSituations, registrations } from "../../ports/identity.ts";
import { call, latin, replayPavois, type Replay } from "./replay.ts";

describe("Identity at Pavois", () => {
  let erp: Replay;
  beforeEach(async () => {
    erp = await replayPavois();
  });
  afterEach(() => erp.close());

  const search = (kind: "CUSTOMER" | "CONTRACT", reference: string) =>
    erp.use(registrations).byReferences([{ kind, reference }], call);

  it("finds the signatories behind a client reference", async () => {
    expect(await search("CUSTOMER", "2013949")).toEqual([
      [
        {
          personKey: "T0000013",
          surnames: ["Léger"],
          givenName: "Hélène",
          birthDate: "1982-12-24",
          email: "helene.leger13@example.org",
        },
      ],
    ]);
    expect(erp.requests[0]).toMatch(/ReferenceClient>2013949</);
  });

  it("asks for a contract number in the landlord's form", async () => {
    await search("CONTRACT", "2013949");
    expect(erp.requests[0]).toMatch(/NumeroContrat>L\/2013949</);
  });

  it("offers the birth name beside the name of use", async () => {
    erp.change("RechercherLocataire", (text) =>
      text.replace("<loc:Prenom>", `<loc:NomNaissance>${latin("L'Hénoret")}</loc:NomNaissance>$&`),
    );
    const [[registrant] = []] = await search("CUSTOMER", "2013949");
    expect(registrant!.surnames).toEqual(["Léger", "L'Hénoret"]);
  });

  it("knows nobody where Pavois answers an unknown reference with error 404", async () => {
    erp.always("erreur-404.xml");
    expect(await search("CUSTOMER", "9999999")).toEqual([[]]);
  });

  it("does not send what is no reference", async () => {
    expect(await search("CUSTOMER", "' OR 1=1")).toEqual([[]]);
    expect(await search("CUSTOMER", "201394")).toEqual([[]]);
    expect(erp.requests).toEqual([]);
  });

  it("asks once for each distinct reference", async () => {
    const keys = ["2013949", "2013949"].map(
      (reference) => ({ kind: "CUSTOMER", reference }) as const,
    );
    const [a, b] = await erp.use(registrations).byReferences(keys, call);
    expect(a).toEqual(b);
    expect(erp.operations()).toEqual(["RechercherLocataire"]);
  });

  it("reads a person", async () => {
    expect(await erp.use(persons).byKeys(["T0000013"], call)).toEqual([
      {
        key: "T0000013",
        title: "MRS",
        surname: "Léger",
        birthSurname: null,
        givenName: "Hélène",
        birthDate: "1982-12-24",
        email: "helene.leger13@example.org",
        phones: ["+33639988008"],
        address: {
          lines: ["Résidence Françoise-Giroud, bât. C, appt 16", "69 impasse de la Ville-en-Bois"],
          postalCode: "17138",
          city: "Puilboreau",
          country: "FR",
        },
      },
    ]);
  });

  it("leaves out telephone numbers that cannot be read, and keeps the others", async () => {
    erp.change("LireLocataires", (text) =>
      text.replace(
        /<loc:Telephone>.*<\/loc:Telephone>/,
        "<loc:Telephone>voir gardien</loc:Telephone><loc:Telephone>0546004994</loc:Telephone>",
      ),
    );
    const [person] = await erp.use(persons).byKeys(["T0000013"], call);
    expect(person!.phones).toEqual(["+33546004994"]);
  });

  it("asks for up to twenty persons at once, each once, and answers in order", async () => {
    const keys = ["T0000099", "T0000013", "T0000013", "personne"];
    const found = await erp.use(persons).byKeys(keys, call);
    expect(found.map((person) => person?.key ?? null)).toEqual([
      null,
      "T0000013",
      "T0000013",
      null,
    ]);
    expect(erp.requests).toHaveLength(1);
    expect(erp.requests[0]!.match(/NumeroTiers>T/g)).toHaveLength(2);
  });

  it("needs two calls for twenty-one", async () => {
    const keys = Array.from({ length: 21 }, (_, i) => `T${String(i).padStart(7, "0")}`);
    await erp.use(persons).byKeys(keys, call);
    expect(erp.operations()).toEqual(["LireLocataires", "LireLocataires"]);
  });
});

describe("The professional situation at Pavois", () => {
  let erp: Replay;
  beforeEach(async () => {
    erp = await replayPavois();
  });
  afterEach(() => erp.close());

  it("is read for up to twenty persons at once", async () => {
    const keys = ["T0000031", "T0000008", "T0000031"];
    const [employed, retired, same] = await erp.use(professionalSituations).ofPersons(keys, call);
    expect(employed).toEqual({
      label: "Intérimaire",
      employer: "Boulangerie L’Épi & Fils",
      since: "2023-10-22",
    });
    expect(retired).toEqual({ label: "Retraité", employer: null, since: null });
    expect(same).toEqual(employed);
    expect(erp.operations()).toEqual(["LireSituationsProfessionnelles"]);
  });

  it("is null where the record says nothing, where there is none, and for what is no key", async () => {
    const keys = ["T0000013", "T0000099", "personne"];
    expect(await erp.use(professionalSituations).ofPersons(keys, call)).toEqual([null, null, null]);
  });
});

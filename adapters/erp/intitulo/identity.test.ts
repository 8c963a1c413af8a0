import { beforeEach, describe, expect, it } from "vitest";
import { persons, registrations } from "../../ports/identity.ts";
import { call, replayIntitulo, type Replay } from "./replay.ts";

let erp: Replay;
beforeEach(async () => {
  erp = await replayIntitulo();
});

const person = async () => (await erp.use(persons).byKeys(["T10005"], call))[0]!;
const holders = async () => {
  const reference = { kind: "CUSTOMER", reference: "120005" } as const;
  return (await erp.use(registrations).byReferences([reference], call))[0]!;
};

describe("A person", () => {
  it("is read as Intitulo has them", async () => {
    expect(await person()).toEqual({
      key: "T10005",
      title: "MR",
      surname: "Müller",
      birthSurname: null,
      givenName: "Théo",
      birthDate: "1994-03-08",
      email: "theo.muller5@example.org",
      phones: ["+33199004246"],
      address: {
        lines: ["Immeuble « Le Clos », bât. A, appt 17", "158 bis avenue de la République"],
        postalCode: "93300",
        city: "Aubervilliers",
        country: "FR",
      },
    });
  });

  it("may have next to nothing on file", async () => {
    erp.change("lireTiers", (body) =>
      body
        .replace(/<adresse>.*<\/adresse>/, "")
        .replace(/<(civilite|prenom|date_naissance|courriel|telephone)>[^<]*</g, "<$1><"),
    );
    expect(await person()).toMatchObject({
      title: null,
      givenName: null,
      birthDate: null,
      email: null,
      phones: [],
      address: null,
    });
  });

  it("has no birth surname that is the surname again, nor a telephone number in words", async () => {
    erp.change("lireTiers", (body) =>
      body
        .replace("<nom_naissance/>", "<nom_naissance>Müller</nom_naissance>")
        .replace("01 99 00 42 46", "demander la gardienne"),
    );
    expect(await person()).toMatchObject({ birthSurname: null, phones: [] });
  });

  it("that is another than the one asked for is BAD_RESPONSE", async () => {
    erp.change("lireTiers", (body) => body.replace("T10005", "T10004"));
    await expect(person()).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });

  it.each([
    ["a birth date with dots", "08/03/1994", "08.03.1994"],
    ["no surname", "<nom>Müller", "<nom>"],
    ["a surname twice", "<nom>Müller</nom>", "<nom>Müller</nom><nom>Muller</nom>"],
  ])("with %s is BAD_RESPONSE, which does not say who", async (_, from, to) => {
    erp.change("lireTiers", (body) => body.replace(from, to));
    await expect(person()).rejects.toMatchObject({
      code: "BAD_RESPONSE",
      message: expect.not.stringMatching(/ller|1994/),
    });
  });
});

describe("The holders of an intitulé", () => {
  it("come first signatory first, as the array has them and not the flux", async () => {
    expect((await holders()).map(({ personKey, surnames }) => [personKey, ...surnames])).toEqual([
      ["T10005", "Müller"],
      ["T10006", "Núñez"],
    ]);
  });

  it("may be one only, which is an array of one", async () => {
    erp.change("rechercherIntitule", (body) =>
      body.replace(':[2]"', ':[1]"').replace('<item xsi:type="xsd:">T10006</item>', ""),
    );
    expect((await holders()).map(({ personKey }) => personKey)).toEqual(["T10005"]);
  });

  it("are BAD_RESPONSE when the array is shorter than it tells, or names somebody unknown", async () => {
    erp.change("rechercherIntitule", (body) => body.replace(':[2]"', ':[3]"'));
    await expect(holders()).rejects.toMatchObject({ code: "BAD_RESPONSE" });
    erp.change("rechercherIntitule", (body) => body.replace(">T10006</item>", ">T10007</item>"));
    await expect(holders()).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });

  it("have the surnames of birth and of marriage", async () => {
    erp.change("rechercherIntitule", (body) =>
      body.replace("<nom_naissance/>", "<nom_naissance>O'Neil</nom_naissance>"),
    );
    expect((await holders()).map(({ surnames }) => surnames)).toEqual([
      ["Müller"],
      ["Núñez", "O'Neil"],
    ]);
  });

  it("are asked for by the number of its kind only", async () => {
    const references = [
      { kind: "CUSTOMER", reference: "C2400005" },
      { kind: "CUSTOMER", reference: "12345" },
      { kind: "CONTRACT", reference: "120005" },
    ] as const;
    expect(await erp.use(registrations).byReferences(references, call)).toEqual([[], [], []]);
    expect(erp.asked).toEqual([]);
  });
});

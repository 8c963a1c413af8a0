import { describe, expect, test } from "vitest";
import { credentials, Person, persons, roles } from "../../ports/identity.ts";
import { call, changed, connected, fixture, replay } from "./replay.ts";

const { answers, asked, paths } = replay();
const key = "P000022";
const path = `/Api/Personnes/${key}`;

describe("credentials", () => {
  const check = "/Api/Acces/Verifier";
  const issued = { identifier: "IP274218", password: "123456" };

  test("tell who holds them, by a body and never by the address", async () => {
    answers(check, fixture("acces"));
    const { use } = await connected();
    const [found] = await use(credentials).check([issued], call());
    expect(found).toMatchObject({ personKey: key, email: "gaelle.lhenoret22@example.org" });
    expect(await asked[1]!.json()).toEqual({ Identifiant: "IP274218", MotDePasse: "123456" });
    expect(paths()[1]).toBe(check);
  });

  test("that are wrong are nobody's", async () => {
    answers(check, fixture("accesRefuse"));
    const { use } = await connected();
    expect(await use(credentials).check([issued], call())).toEqual([null]);
  });

  test("are still asked for where syndeo refuses ours: that is no wrong password", async () => {
    answers(check, fixture("sessionPerdue"));
    const { use } = await connected();
    const ask = use(credentials).check([issued], call());
    await expect(ask).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });

  test("of somebody without e-mail say so", async () => {
    answers(
      check,
      changed("acces", (acces: object) => ({ ...acces, Courriel: "" })),
    );
    const { use } = await connected();
    expect((await use(credentials).check([issued], call()))[0]).toMatchObject({ email: null });
  });
});

describe("a person", () => {
  test("is read with title, both surnames, phones and address", async () => {
    const { use } = await connected();
    const [found] = await use(persons).byKeys([key], call());
    expect(Person.parse(found)).toEqual({
      key,
      title: "MRS",
      surname: "L’Hénoret",
      birthSurname: "Faÿ",
      givenName: "Gaëlle",
      birthDate: "1970-04-23",
      email: "gaelle.lhenoret22@example.org",
      phones: ["+33199008238"],
      address: {
        lines: [
          "Résidence Aimé-Césaire, bât. B, appt 21",
          "1128 bis rue de l’Ancienne-Grange-Noël",
        ],
        postalCode: "75010",
        city: "Paris",
        country: "FR",
      },
    });
  });

  test("loses what is empty, and a phone number that is none", async () => {
    const bare = { NomNaissance: "", Courriel: " ", Telephones: ["néant", "06 39 98 00 01"] };
    answers(
      path,
      changed("personne", (personne: object) => ({ ...personne, ...bare })),
    );
    const { use } = await connected();
    expect((await use(persons).byKeys([key], call()))[0]).toMatchObject({
      birthSurname: null,
      email: null,
      phones: ["+33639980001"],
    });
  });

  test("who is another than the one that was asked for makes the answer unusable", async () => {
    answers("/Api/Personnes/P000023", fixture("personne"));
    const { use } = await connected();
    const ask = use(persons).byKeys(["P000023"], call());
    await expect(ask).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });
});

describe("roles", () => {
  test("come in the house's order, each once", async () => {
    const Roles = ["CANDIDAT", "BAILLEUR", "LOCATAIRE", "COPROPRIETAIRE", "BAILLEUR"];
    answers(
      path,
      changed("personne", (personne: object) => ({ ...personne, Roles })),
    );
    const { use } = await connected();
    expect(await use(roles).ofPersons([key], call())).toEqual([
      ["TENANT", "CO_OWNER", "OWNER", "CANDIDATE"],
    ]);
  });

  test("of somebody unknown are not found, of what is no key neither", async () => {
    const { use } = await connected();
    for (const unknown of ["P999999", "x"]) {
      const ask = use(roles).ofPersons([unknown], call());
      await expect(ask).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
  });

  test("that nobody knows make the answer unusable", async () => {
    answers(
      path,
      changed("personne", (personne: object) => ({ ...personne, Roles: ["GARDIEN"] })),
    );
    const { use } = await connected();
    const ask = use(roles).ofPersons([key], call());
    await expect(ask).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });
});

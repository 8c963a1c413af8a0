import { describe, expect, it } from "vitest";
import type { Registrant } from "../../adapters/ports/identity.ts";
import { prove } from "./proof.ts";

const jeanne: Registrant = {
  personKey: "jeanne",
  surnames: ["MOREAU", "LEFEVRE"],
  givenName: "JEANNE",
  birthDate: "1975-09-10",
  email: "jeanne@example.fr",
};
const paul: Registrant = {
  ...jeanne,
  personKey: "paul",
  givenName: "PAUL",
  birthDate: "1971-01-02",
  email: null,
};
const email = "somebody@example.fr";

describe("with a form that asks for the surname", () => {
  const asked = ["reference", "surname"] as const;

  it("the only signatory of that name is the person", () => {
    expect(prove({ surname: "Lefèvre", email }, [jeanne], asked)).toEqual({ registrant: jeanne });
  });
  it("one who is listed twice is one person", () => {
    expect(prove({ surname: "Moreau", email }, [jeanne, jeanne], asked)).toEqual({
      registrant: jeanne,
    });
  });
  it("a reference with nobody behind it is unknown", () => {
    expect(prove({ surname: "Moreau", email }, [], asked)).toEqual({
      fault: { code: "REFERENCE_UNKNOWN", field: ["reference"] },
    });
  });
  it("another name is a mismatch", () => {
    expect(prove({ surname: "Durand", email }, [jeanne], asked)).toEqual({
      fault: { code: "NAME_MISMATCH", field: ["surname"] },
    });
  });
  it("two signatories of that name must be told apart", () => {
    expect(prove({ surname: "Moreau", email }, [jeanne, paul], asked)).toEqual({
      fault: { code: "GIVEN_NAME_NEEDED", field: ["givenName"] },
    });
  });
  it("they are told apart by the given name", () => {
    const typed = { surname: "Moreau", givenName: "Paul", email };
    expect(prove(typed, [jeanne, paul], asked)).toEqual({ registrant: paul });
    expect(prove({ ...typed, givenName: "Luc" }, [jeanne, paul], asked)).toEqual({
      fault: { code: "NAME_MISMATCH", field: ["givenName"] },
    });
  });
  it("or by the address that the landlord has on file", () => {
    const typed = { surname: "Moreau", email: "Jeanne@Example.fr" };
    expect(prove(typed, [paul, jeanne], asked)).toEqual({ registrant: jeanne });
  });
  it("a father and a son of the same names are told apart by that address only", () => {
    const son = { ...paul, personKey: "son", email: "son@example.fr" };
    const typed = { surname: "Moreau", givenName: "Paul", email: "son@example.fr" };
    expect(prove(typed, [paul, son], asked)).toEqual({ registrant: son });
    expect(prove({ ...typed, email }, [paul, son], asked)).toHaveProperty("fault");
  });
});

describe("with a form that asks for the date of birth", () => {
  const asked = ["reference", "surname", "givenName", "birthDate"] as const;
  const typed = { surname: "Moreau", givenName: "Jeanne", birthDate: "1975-09-10", email };

  it("all three must fit", () => {
    expect(prove(typed, [paul, jeanne], asked)).toEqual({ registrant: jeanne });
    expect(prove({ ...typed, birthDate: "1975-09-11" }, [jeanne], asked)).toEqual({
      fault: { code: "BIRTH_DATE_MISMATCH", field: ["birthDate"] },
    });
  });
  it("a date that the landlord does not know proves nothing", () => {
    expect(prove(typed, [{ ...jeanne, birthDate: null }], asked)).toEqual({
      fault: { code: "BIRTH_DATE_NOT_ON_FILE", field: ["birthDate"] },
    });
  });
});

describe("with a form that asks for neither", () => {
  const asked = ["reference", "email", "password"] as const;

  it("the address on file is the proof", () => {
    expect(prove({ email: "JEANNE@example.fr" }, [paul, jeanne], asked)).toEqual({
      registrant: jeanne,
    });
    expect(prove({ email }, [paul, jeanne], asked)).toEqual({
      fault: { code: "EMAIL_NOT_ON_FILE", field: ["email"] },
    });
  });
});

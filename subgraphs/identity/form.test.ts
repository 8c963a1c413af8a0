import { describe, expect, it } from "vitest";
import { readEmail } from "./email.ts";
import { exampleLandlord } from "./fixtures/landlord.ts";
import { checkForm, type TypedForm } from "./form.ts";

const landlord = exampleLandlord();
const good: TypedForm = {
  reference: "l/1234567",
  surname: "Moreau",
  givenName: "Jeanne",
  birthDate: "1975-09-10",
  email: " jeanne@example.fr ",
  emailConfirmation: "Jeanne@example.fr",
  password: "un deux 34 !",
  passwordConfirmation: "un deux 34 !",
  consents: [{ id: "terms", version: "2026-01" }],
};
const faultsOf = (changes: Partial<TypedForm>) => {
  const checked = checkForm({ ...good, ...changes }, landlord);
  return "faults" in checked
    ? checked.faults.map(({ code, field }) => `${code} ${field.join(".")}`)
    : [];
};

describe("a form", () => {
  it("is an application when nothing is wrong, with reference and address cleaned", () => {
    expect(checkForm(good, landlord)).toEqual({
      application: {
        reference: { kind: "CUSTOMER", reference: "1234567" },
        identity: {
          surname: "Moreau",
          givenName: "Jeanne",
          birthDate: "1975-09-10",
          email: "jeanne@example.fr",
        },
        email: "jeanne@example.fr",
        password: "un deux 34 !",
        consents: [{ id: "terms", version: "2026-01" }],
      },
    });
  });
  it("is told all that is wrong at once", () => {
    const wrong = {
      reference: "12",
      surname: " ",
      birthDate: null,
      email: "jeanne@",
      emailConfirmation: "other@example.fr",
      password: "jeanne@",
      passwordConfirmation: "other",
      consents: [],
    };
    expect(faultsOf(wrong)).toEqual([
      "REQUIRED surname",
      "REQUIRED birthDate",
      "REFERENCE_INVALID reference",
      "EMAIL_INVALID email",
      "EMAIL_CONFIRMATION_DIFFERS emailConfirmation",
      "PASSWORD_CONFIRMATION_DIFFERS passwordConfirmation",
      "PASSWORD_TOO_SHORT password",
      "PASSWORD_NEEDS_DIGIT password",
      "PASSWORD_CONTAINS_EMAIL password",
      "CONSENT_REQUIRED consents",
    ]);
  });
  it("that is empty lacks each field once", () => {
    const empty = {
      reference: "",
      surname: "",
      givenName: "",
      birthDate: "",
      email: "",
      emailConfirmation: "",
    };
    const faults = faultsOf({ ...empty, password: "", passwordConfirmation: "" });
    expect(faults.filter((each) => each.startsWith("REQUIRED"))).toHaveLength(8);
    expect(faults).toHaveLength(8);
  });
  it("asks only for what the landlord asks for", () => {
    const fields = landlord.registration.fields.filter(({ name }) =>
      /^(reference|email|password)$/.test(name),
    );
    const short = exampleLandlord({ registration: { ...landlord.registration, fields } });
    const { reference, email, password, consents } = good;
    expect(checkForm({ reference, email, password, consents }, short)).toHaveProperty(
      "application",
    );
  });
  it("is held to a field's pattern", () => {
    const fields = landlord.registration.fields.map((field) =>
      field.name === "surname" ? { ...field, pattern: "^\\p{L}+$" } : field,
    );
    const strict = exampleLandlord({ registration: { ...landlord.registration, fields } });
    expect(checkForm({ ...good, surname: "Moreau 2" }, strict)).toMatchObject({
      faults: [{ code: "INVALID_FORMAT", field: ["surname"], values: { label: { fr: "Nom" } } }],
    });
    expect(faultsOf({ surname: "M".repeat(201) })).toEqual(["INVALID_FORMAT surname"]);
  });
  it("records only consents to what the landlord asks for, as it reads today", () => {
    expect(faultsOf({ consents: [{ id: "terms", version: "2025-01" }] })).toEqual([
      "CONSENT_OUTDATED consents",
    ]);
    expect(faultsOf({ consents: [...good.consents, { id: "cookies", version: "1" }] })).toEqual([
      "CONSENT_UNKNOWN consents",
    ]);
    expect(faultsOf({ consents: [...good.consents, { id: "news", version: "1" }] })).toEqual([]);
  });
});

describe("an e-mail address", () => {
  it.each(["a@example.fr", "prenom.nom+loyer@sous.domaine.example", "  a@example.fr\n"])(
    "%j is one",
    (typed) => {
      expect(readEmail(typed)).toBe(typed.trim());
    },
  );
  it.each([
    "",
    "a",
    "a@",
    "@b.fr",
    "a@b",
    "a b@example.fr",
    "a@example.fr, b@example.fr",
    "a@example.fr\nBcc: b@example.fr",
    `${"a".repeat(250)}@example.fr`,
  ])("%j is none", (typed) => {
    expect(readEmail(typed)).toBeNull();
  });
});

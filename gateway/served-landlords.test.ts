import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { readReference } from "../subgraphs/identity/reference.ts";
import { readLandlords } from "./landlords.ts";

const environment = {
  LA_ROCHELLE_ERP_PASSWORD: "one",
  LA_ROCHELLE_WEBHOOK_SECRET: "x".repeat(32),
  CHARTRES_ERP_SECRET: "two",
  IVRY_ERP_PASSWORD: "three",
  AUBERVILLIERS_ERP_PASSWORD: "four",
  IMMO_PARIS_ERP_PASSWORD: "five",
  IMMO_PARIS_GOOGLE_SECRET: "secret",
  IMMO_PARIS_FACEBOOK_SECRET: "secret",
  IMMO_PARIS_LINKEDIN_SECRET: "secret",
  IMMO_PARIS_X_SECRET: "secret",
  CHARTRES_GOOGLE_SECRET: "secret",
  CHARTRES_X_SECRET: "secret",
};
const secrets: Record<string, string[]> = {
  pavois: ["password"],
  beauceron: ["clientSecret"],
  habilog: ["password"],
  intitulo: ["password"],
  syndeo: ["password"],
};

function served(id: string) {
  const settingsOf = (product: string) => ({
    schema: z.record(z.string(), z.string()),
    secrets: secrets[product] ?? [],
  });
  const folder = join(import.meta.dirname, "../landlords");
  const shape = { schema: z.record(z.string(), z.unknown()), secrets: [] };
  const providers = new Map([
    ["payfip", shape],
    ["lyra", shape],
  ]);
  const files = readLandlords(folder, environment, settingsOf, Object.keys(secrets), providers);
  const found = files.find(({ landlord }) => landlord.id === id);
  if (!found) throw new Error(`There is no file of ${id}.`);
  return found;
}

describe("La Rochelle", () => {
  const { landlord, settings } = served("la-rochelle");

  test.each([
    "1234567",
    "L1234567",
    "L/1234567",
    "L 1234567",
    "l/ 123.45.67 ",
    "n° L/1234567",
    "L-1234567",
  ])("takes the client reference typed as %o", (typed) => {
    expect(readReference(typed, landlord.registration.reference)).toEqual({
      kind: "CUSTOMER",
      reference: "1234567",
    });
  });

  test.each(["123456", "12345678", "LL1234567", "1234567B", ""])("refuses %o", (typed) => {
    expect(readReference(typed, landlord.registration.reference)).toBeNull();
  });

  test("asks for the surname only, and has the guide's rules", () => {
    const names = landlord.registration.fields.map(({ name }) => name);
    expect(names).toContain("surname");
    expect(names).not.toContain("givenName");
    expect(landlord.password).toMatchObject({ minLength: 8, minDigits: 2, minSpecial: 1 });
    expect(landlord.registration.confirmationHours).toBe(24);
  });

  test("gets its secret from the environment", () => {
    expect(settings).toMatchObject({ password: "one", username: "portail" });
  });
});

describe("Chartres", () => {
  const { landlord, settings } = served("chartres");

  test.each([
    ["123456789", "CUSTOMER", "123456789"],
    ["123 456 789", "CUSTOMER", "123456789"],
    ["123.456.789", "CUSTOMER", "123456789"],
    ["0030020788B", "CONTRACT", "0030020788B"],
    ["0030020788 b", "CONTRACT", "0030020788B"],
    ["N° 0030020788-B", "CONTRACT", "0030020788B"],
  ])("takes the reference typed as %o", (typed, kind, reference) => {
    expect(readReference(typed, landlord.registration.reference)).toEqual({ kind, reference });
  });

  test.each(["12345678", "1234567890", "020788B", "0030020788BB"])("refuses %o", (typed) => {
    expect(readReference(typed, landlord.registration.reference)).toBeNull();
  });

  test("asks for surname and given name, and offers five debit days", () => {
    const names = landlord.registration.fields.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["surname", "givenName", "reference"]));
    expect(landlord.directDebit.days).toEqual([6, 8, 10, 12, 15]);
    expect(landlord.registration.consents.map(({ required }) => required)).toEqual([
      true,
      false,
      false,
    ]);
  });

  test("gets its secret from the environment", () => {
    expect(settings).toMatchObject({ clientSecret: "two", baseUrl: "http://127.0.0.1:4102" });
  });
});

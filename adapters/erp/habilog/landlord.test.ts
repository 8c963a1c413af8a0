/** The file of the landlord that runs habilog, read by the gateway on its own. */
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readLandlords } from "../../../gateway/landlords.ts";
import { readReference } from "../../../subgraphs/identity/reference.ts";
import lyra from "../../payment/lyra/index.ts";
import adapter from "./index.ts";

type Served = ReturnType<typeof readLandlords>[number];

describe("Coop'Ivry Habitat", () => {
  let folder: string;
  let served: Served;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "ivry-"));
    await copyFile(
      new URL("../../../landlords/ivry.yaml", import.meta.url),
      join(folder, "ivry.yaml"),
    );
    const settingsOf = () => ({ schema: adapter.settings, secrets: adapter.secrets });
    const environment = {
      IVRY_ERP_PASSWORD: "secret",
      IVRY_PAYMENT_KEY: "payment-key",
      IVRY_PAYMENT_API_PASSWORD: "payment-secret",
    };
    const providers = new Map([[lyra.id, { schema: lyra.settings, secrets: lyra.secrets }]]);
    const files = readLandlords(folder, environment, settingsOf, [adapter.id], providers);
    [served] = files as [Served];
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("reaches its ERP with a secret from the environment, four calls at once", () => {
    expect(served.landlord.erp).toMatchObject({ product: "habilog", concurrency: 4 });
    expect(served.settings).toEqual({
      endpoint: "http://127.0.0.1:4103/habilog/PortailLocataire.asmx",
      username: "portail",
      password: "secret",
      base: "IVRY",
    });
  });

  it.each([
    "1234567",
    "L1234567",
    "l 123 45 67",
    "Contrat n° L1234567",
    "N°1234567",
    "L/1234567",
    "L-12.34.567",
  ])("takes the contract number typed as %j", (typed) => {
    expect(readReference(typed, served.landlord.registration.reference)).toEqual({
      kind: "CONTRACT",
      reference: "1234567",
    });
  });

  it.each(["123456", "12345678", "LL1234567", "L1234567B", ""])("refuses %j", (typed) => {
    expect(readReference(typed, served.landlord.registration.reference)).toBeNull();
  });

  it("asks for the surname only, address and password twice, and three boxes", () => {
    const { fields, consents } = served.landlord.registration;
    expect(fields.map(({ name }) => name)).toEqual([
      "reference",
      "surname",
      "email",
      "emailConfirmation",
      "password",
      "passwordConfirmation",
    ]);
    expect(consents.map(({ required }) => required)).toEqual([true, true, true]);
  });

  it("has the guide's rule for passwords", () => {
    const { minLength, minUpper, minLower, minDigits, minSpecial } = served.landlord.password;
    expect([minLength, minUpper, minLower, minDigits, minSpecial]).toEqual([8, 1, 1, 1, 0]);
  });
});

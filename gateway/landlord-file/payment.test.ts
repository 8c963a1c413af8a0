import { describe, expect, it } from "vitest";
import { loadProviders } from "../../adapters/load-payments.ts";
import { shapesOf } from "../payments/open.ts";
import { fieldName, readDocument } from "./document.ts";
import { readPayment } from "./payment.ts";

const shapes = shapesOf(await loadProviders());
const environment = { CEDRE_KEY: "a-secret-key", CEDRE_PASSWORD: "a-secret-password" };

const lyra = `id: cedre
payment:
  provider: lyra
  partial: true
  minimum: "1.00"
  maximum: "500.00"
  settings:
    formUrl: "\${CEDRE_FORM:-https://secure.payzen.eu/vads-payment/}"
    apiUrl: https://api.payzen.eu
    siteId: "12345678"
    mode: TEST
    key: { env: CEDRE_KEY }
    apiPassword: { env: CEDRE_PASSWORD }
`;

const change = (from: string, to: string) => {
  expect(lyra).toContain(from);
  return lyra.replace(from, to);
};

function read(text: string, variables: Record<string, string> = environment) {
  const document = readDocument(text);
  const { settings, problems } = readPayment(document, variables, shapes);
  const said = problems.map(
    ({ path, expected }) => `${document.lineOf(path)} ${fieldName(path)}: ${expected}`,
  );
  return { settings, said };
}

describe("payments in a landlord's file", () => {
  it("have their variables and secrets put in", () => {
    expect(read(lyra)).toEqual({
      said: [],
      settings: {
        formUrl: "https://secure.payzen.eu/vads-payment/",
        apiUrl: "https://api.payzen.eu",
        siteId: "12345678",
        mode: "TEST",
        key: "a-secret-key",
        apiPassword: "a-secret-password",
      },
    });
  });

  it("may be absent", () => {
    expect(read("id: cedre\n")).toEqual({ settings: undefined, said: [] });
  });

  it.each([
    [
      change("provider: lyra", "provider: lira"),
      '3 payment.provider: one of lyra, payfip, found "lira"; did you mean "lyra"?',
    ],
    [change('minimum: "1.00"', 'minimum: "0.00"'), "5 payment.minimum: an amount above 0.00"],
    [
      change('maximum: "500.00"', 'maximum: "0.50"'),
      "6 payment.maximum: an amount that is not below minimum",
    ],
    [
      change('siteId: "12345678"', 'siteId: "1234"'),
      `10 payment.settings.siteId: the eight digits of the shop's identifier, found "1234"`,
    ],
    [
      change("{ env: CEDRE_KEY }", "a-secret-key"),
      "12 payment.settings.key: { env: NAME_OF_A_VARIABLE }: a secret is never written in this file",
    ],
    [
      change("CEDRE_KEY", "CEDRE_NOTHING"),
      "12 payment.settings.key: the environment variable CEDRE_NOTHING to be set",
    ],
    [
      change("mode: TEST", "mode: REAL"),
      '11 payment.settings.mode: one of TEST, PRODUCTION, found "REAL"',
    ],
  ])("are told with line and field when they are wrong (%#)", (text, said) => {
    expect(read(text).said).toEqual([said]);
  });

  it("never show a secret that does not fit", () => {
    const { said } = read(lyra, { ...environment, CEDRE_KEY: "short" });
    expect(said).toHaveLength(1);
    expect(said[0]).not.toContain("short");
  });
});

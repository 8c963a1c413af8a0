import { graphql } from "graphql";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { jeannesForm, openDesk, paulsForm, type Desk } from "../fixtures/desk.ts";
import { anAccount, codes } from "../fixtures/steps.ts";
import identity from "../index.ts";
import { register } from "../registration.ts";
import { requestIdentifierReminder } from "./reminder.ts";

const hour = 3_600_000;
const { reference, surname, givenName, birthDate } = jeannesForm;
const jeannesProof = { reference, surname: surname!, givenName: givenName!, birthDate: birthDate! };
const pauls = { ...jeannesProof, reference: "7654321", surname: "Hérouville", givenName: "Paul" };
const paulsProof = { ...pauls, birthDate: paulsForm.birthDate! };

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.store.close());

const ask = (typed: object = {}, changes: object = {}) =>
  requestIdentifierReminder(desk.context(changes), { ...jeannesProof, ...typed });

function withForm(...names: string[]) {
  const { registration } = desk.landlord;
  const fields = registration.fields.filter(({ name }) => names.includes(name));
  return { ...desk.landlord, registration: { ...registration, fields } };
}

describe("who forgot what to sign in with", () => {
  it("is told by a mail to the account's own address", async () => {
    await anAccount(desk);
    expect(await ask()).toEqual({ faults: [] });
    const [mail, ...others] = await desk.mails();
    expect(others).toEqual([]);
    expect(mail).toMatchObject({
      to: jeannesForm.email,
      from: '"Beau Séjour" <noreply@beau-sejour.example>',
    });
    expect(mail?.text).toContain("adresse électronique : jeanne@example.fr.");
    expect(mail?.text).not.toMatch(/https?:|token/);
  });
  it("gets the same answer without an account, or with one at another landlord, and no mail", async () => {
    await anAccount(desk);
    expect(await ask(paulsProof)).toEqual({ faults: [] });
    expect(await ask({}, { landlord: { ...desk.landlord, id: "elsewhere" } })).toEqual({
      faults: [],
    });
    expect(await desk.mails()).toEqual([]);
  });
  it.each([
    ["REFERENCE_INVALID", { reference: "12" }],
    ["REQUIRED", { surname: " " }],
    ["REQUIRED", { birthDate: null }],
    ["REFERENCE_UNKNOWN", { reference: "9999999" }],
    ["NAME_MISMATCH", { surname: "Durand" }],
    ["BIRTH_DATE_MISMATCH", { birthDate: "1975-09-11" }],
  ])("is refused with %s for %j", async (code, typed) => {
    await anAccount(desk);
    expect(codes(await ask(typed))).toEqual([code]);
    expect(await desk.mails()).toEqual([]);
  });
  it("gets five mails an hour, and is not told when there are no more", async () => {
    await anAccount(desk);
    for (let n = 0; n < 8; n++) expect(codes(await ask())).toEqual([]);
    expect(await desk.mails()).toHaveLength(5);
    desk.wait(hour + 1);
    await ask();
    expect(await desk.mails()).toHaveLength(1);
  });
  it("A-20 cannot guess on, here or by registering: both count together", async () => {
    for (let n = 0; n < 5; n++) {
      expect(codes(await ask({ surname: `Nom${n}` }))).toEqual(["NAME_MISMATCH"]);
      const form = { ...jeannesForm, surname: `Nom${n}` };
      expect(codes(await register(desk.context(), form))).toEqual(["NAME_MISMATCH"]);
    }
    const elsewhere = { clientAddress: "198.51.100.7" };
    expect(codes(await ask({}, elsewhere))).toEqual(["TOO_MANY_ATTEMPTS"]);
  });
  it("is asked for what the landlord's form asks for, and no more", async () => {
    const landlord = withForm("reference", "surname", "email", "password");
    expect(codes(await ask({ givenName: null, birthDate: null }, { landlord }))).toEqual([]);
  });
  it("cannot be helped where only the e-mail proves who somebody is", async () => {
    const landlord = withForm("reference", "givenName", "email", "password");
    await expect(ask({}, { landlord })).rejects.toMatchObject({
      extensions: { code: "NOT_SUPPORTED" },
    });
  });
  it("hears when the landlord's system is down", async () => {
    desk.erp.down = true;
    await expect(ask()).rejects.toMatchObject({ extensions: { code: "UNAVAILABLE" } });
  });
  it("asks through the schema, in the language of the portal", async () => {
    await anAccount(desk);
    const source = `mutation ($input: RequestIdentifierReminderInput!) {
      requestIdentifierReminder(input: $input) { accepted userErrors { code field message } } }`;
    const run = async (input: object) => {
      const contextValue = desk.context({ language: "en" });
      const variableValues = { input };
      const { data } = await graphql({
        schema: identity.schema,
        source,
        contextValue,
        variableValues,
      });
      return JSON.parse(JSON.stringify(data)) as unknown;
    };
    expect(await run(jeannesProof)).toEqual({
      requestIdentifierReminder: { accepted: true, userErrors: [] },
    });
    expect(await desk.mails()).toHaveLength(1);
    expect(await run({ ...jeannesProof, surname: null })).toEqual({
      requestIdentifierReminder: {
        accepted: false,
        userErrors: [
          { code: "REQUIRED", field: ["surname"], message: "“Surname” must be filled in." },
        ],
      },
    });
  });
});

import { graphql } from "graphql";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openDesk, type Desk } from "../fixtures/desk.ts";
import { exampleLandlord, firstConnectionLandlord } from "../fixtures/landlord.ts";
import identity from "../index.ts";

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk(firstConnectionLandlord());
});
afterEach(() => desk.store.close());

// oxlint-disable-next-line typescript/no-explicit-any -- answers' JSON
async function ask(source: string, input: object = {}, changes: object = {}): Promise<any> {
  const contextValue = desk.context({ language: "en", ...changes });
  const variableValues = { input };
  const { data } = await graphql({ schema: identity.schema, source, contextValue, variableValues });
  return JSON.parse(JSON.stringify(data));
}

const form = `{ landlord { registrationForm { kind fields { name label help pattern example } consents { id } confirmationHours } } }`;
const errors = "userErrors { code field message }";
const beginning = `mutation ($input: BeginFirstConnectionInput!) {
  beginFirstConnection(input: $input) { sentTo expiresAt ${errors} } }`;
const confirming = `mutation ($input: ConfirmFirstConnectionInput!) {
  confirmFirstConnection(input: $input) { email mustChangePassword passwordToken ${errors} } }`;
const choosing = `mutation ($input: ChooseFirstPasswordInput!) {
  chooseFirstPassword(input: $input) { email ${errors} } }`;

it("asks for the identifier, the password and an address, as a form that can be drawn", async () => {
  expect((await ask(form)).landlord.registrationForm).toMatchObject({
    kind: "FIRST_CONNECTION",
    fields: [
      {
        name: "identifier",
        label: "Identifier",
        help: "On your calls for funds",
        pattern: "^I\\d{4}$",
        example: "I-4001",
      },
      { name: "email" },
      { name: "password" },
    ],
    consents: [],
    confirmationHours: 48,
  });
  const landlord = exampleLandlord();
  expect((await ask(form, {}, { landlord })).landlord.registrationForm.kind).toBe("REGISTRATION");
});

it("leads through the schema to an account", async () => {
  const input = { identifier: "I4001", password: "123456", email: "jeanne@file.example" };
  expect((await ask(beginning, input)).beginFirstConnection).toEqual({
    sentTo: "jeanne@file.example",
    expiresAt: "2026-11-22T09:00:00.000Z",
    userErrors: [],
  });
  const { confirmFirstConnection } = await ask(confirming, { token: await desk.token() });
  expect(confirmFirstConnection).toMatchObject({
    email: "jeanne@file.example",
    mustChangePassword: true,
    userErrors: [],
  });
  const token = confirmFirstConnection.passwordToken;
  expect((await ask(choosing, { token, newPassword: "Bien-à-moi 1" })).chooseFirstPassword).toEqual(
    {
      email: "jeanne@file.example",
      userErrors: [],
    },
  );
});

it("tells what is wrong where it is", async () => {
  const input = { identifier: "I4001", password: "000000", email: "jeanne@file.example" };
  expect((await ask(beginning, input)).beginFirstConnection).toEqual({
    sentTo: null,
    expiresAt: null,
    userErrors: [
      {
        code: "IDENTIFIER_OR_PASSWORD_WRONG",
        field: ["password"],
        message: "The identifier or the password is not right.",
      },
    ],
  });
  expect((await ask(confirming, { token: "x" })).confirmFirstConnection).toMatchObject({
    email: null,
    mustChangePassword: false,
    passwordToken: null,
    userErrors: [{ code: "LINK_UNKNOWN", field: ["token"] }],
  });
  expect((await ask(choosing, { token: "x", newPassword: "y" })).chooseFirstPassword).toMatchObject(
    {
      email: null,
      userErrors: [{ code: "LINK_UNKNOWN", field: ["token"] }],
    },
  );
});

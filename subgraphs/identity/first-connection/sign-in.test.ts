import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDesk, type Desk } from "../fixtures/desk.ts";
import { firstConnectionLandlord } from "../fixtures/landlord.ts";
import { aSession, codes } from "../fixtures/steps.ts";
import { hashPassword } from "../../kernel/password-hash.ts";
import { requestPasswordReset } from "../password-reset.ts";
import { signIn } from "../sign-in.ts";
import { openAccount } from "./pending.ts";

const password = "Bien-à-moi 1";
const pending = {
  email: "jeanne@example.fr",
  personKey: "p-jeanne",
  identifier: "I4001",
  passwordHash: null,
  language: "fr",
} as const;

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk(firstConnectionLandlord());
  await openAccount(desk.store, desk.landlord.id, pending, await hashPassword(password));
});
afterEach(() => desk.store.close());

const trying = (email: string, typed = password, changes: object = {}) =>
  signIn(desk.context(changes), { email, password: typed, rememberMe: false });

describe("where the landlord gives identifiers, an account", () => {
  it("is signed in to with the identifier, as people write it, or with the address", async () => {
    const [one, two] = [
      await aSession(desk, { email: " i-4001", password, rememberMe: false }),
      await aSession(desk, { email: "Jeanne@example.fr", password, rememberMe: false }),
    ];
    expect(one.viewer.accountId).toBe(two.viewer.accountId);
  });
  it("answers an unknown identifier and a wrong password alike", async () => {
    const known = await trying("I4001", "faux");
    expect(codes(known)).toEqual(["EMAIL_OR_PASSWORD_WRONG"]);
    expect(await trying("I4999", "faux")).toEqual(known);
  });
  it("has as many tries under both names as under one", async () => {
    for (let n = 0; n < 5; n++) {
      expect(codes(await trying("I4001", "faux"))).toEqual(["EMAIL_OR_PASSWORD_WRONG"]);
      expect(codes(await trying(pending.email, "faux"))).toEqual(["EMAIL_OR_PASSWORD_WRONG"]);
    }
    expect(codes(await trying("I4001"))).toEqual(["TOO_MANY_ATTEMPTS"]);
    expect(codes(await trying(pending.email))).toEqual(["TOO_MANY_ATTEMPTS"]);
  });
  it("is not found by an identifier at a landlord that gives none", async () => {
    const other = await openDesk();
    const outcome = await signIn(other.context({ store: desk.store }), {
      email: "I4001",
      password,
      rememberMe: false,
    });
    expect(codes(outcome)).toEqual(["EMAIL_OR_PASSWORD_WRONG"]);
    await other.store.close();
  });
  it("has its password reset by the identifier too", async () => {
    expect(codes(await requestPasswordReset(desk.context(), { email: "I-4001" }))).toEqual([]);
    expect(await desk.mails()).toMatchObject([{ to: "jeanne@file.example" }]);
    expect(codes(await requestPasswordReset(desk.context(), { email: "4001" }))).toEqual([
      "EMAIL_INVALID",
    ]);
  });
});

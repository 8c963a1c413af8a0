import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDesk, type Desk } from "../fixtures/desk.ts";
import { firstConnectionLandlord } from "../fixtures/landlord.ts";
import { codes } from "../fixtures/steps.ts";
import { requestPasswordReset, resetPassword } from "../password-reset.ts";

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk(firstConnectionLandlord());
  const account = {
    landlord: desk.landlord.id,
    email: "jeanne@example.fr",
    language: "fr",
  } as const;
  await desk.store.accounts.create({ ...account, passwordHash: "-" }, ["p-jeanne"], []);
});
afterEach(() => desk.store.close());

const ask = (email = "jeanne@example.fr") => requestPasswordReset(desk.context(), { email });

describe("a forgotten password, where people come in by a first connection", () => {
  it("is reset by a link that goes to the address that the landlord has on file", async () => {
    expect(codes(await ask())).toEqual([]);
    const [mail, ...others] = await desk.mails();
    expect(others).toEqual([]);
    expect(mail?.to).toBe("jeanne@file.example");
    const token = /token=([\w-]+)/.exec(mail!.text)![1]!;
    const reset = await resetPassword(desk.context(), { token, newPassword: "Bien-à-moi 1" });
    expect(codes(reset)).toEqual([]);
  });
  it("has no link, and the same answer, before the first connection or without an address on file", async () => {
    expect(await ask("nobody@example.fr")).toEqual({ faults: [] });
    desk.erp.emails["p-jeanne"] = null;
    expect(await ask()).toEqual({ faults: [] });
    expect(await desk.mails()).toEqual([]);
  });
  it("asks the landlord's system whether or not there is an account, and fails alike with it", async () => {
    await ask();
    expect(desk.erp.asked).toBe(1);
    await ask("nobody@example.fr");
    expect(desk.erp.asked).toBe(2);
    desk.erp.down = true;
    const unavailable = { extensions: { code: "UNAVAILABLE" } };
    await expect(ask()).rejects.toMatchObject(unavailable);
    await expect(ask("nobody@example.fr")).rejects.toMatchObject(unavailable);
  });
});

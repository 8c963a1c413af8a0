import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { jeannesForm, openDesk, type Desk } from "../fixtures/desk.ts";
import { firstConnectionLandlord } from "../fixtures/landlord.ts";
import { aSession, codes } from "../fixtures/steps.ts";
import { register } from "../registration.ts";
import { requestIdentifierReminder } from "../reminder/reminder.ts";
import { beginFirstConnection } from "./begin.ts";
import { chooseFirstPassword } from "./choose-password.ts";
import { confirmFirstConnection } from "./confirm.ts";
import { openAccount } from "./pending.ts";

const hour = 3_600_000;
const newPassword = "Bien-à-moi 1";
/** A provisional password. */
const jeanne = { identifier: "i-4001 ", password: "123456", email: "jeanne@example.fr" };
/** A former password that may stay. */
const paul = { identifier: "I4002", password: "Ancien-2019!", email: "paul@example.fr" };
/** A former password that is too weak. */
const remi = { identifier: "I4003", password: "vieux", email: "remi@example.fr" };

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk(firstConnectionLandlord());
  Object.assign(desk.erp.emails, {
    "p-jeanne": "Jeanne@example.fr",
    "p-paul": "paul@example.fr",
    "p-remi": "remi@example.fr",
  });
});
afterEach(() => desk.store.close());

const begin = (typed: object = {}, changes: object = {}) =>
  beginFirstConnection(desk.context(changes), { ...jeanne, ...typed });
const confirm = (token: string) => confirmFirstConnection(desk.context(), { token });
const choose = (token: string, password = newPassword) =>
  chooseFirstPassword(desk.context(), { token, newPassword: password });
const account = (email: string) => desk.store.accounts.byEmail(desk.landlord.id, email);

async function passwordToken(typed: object = {}): Promise<string> {
  expect(codes(await begin(typed))).toEqual([]);
  const confirmed = await confirm(await desk.token());
  if (!("email" in confirmed) || confirmed.passwordToken === null) throw new Error("No token");
  return confirmed.passwordToken;
}

describe("a first connection with a provisional password", () => {
  it("leads by a mail and a password of one's own to an account", async () => {
    expect(await begin()).toEqual({
      sentTo: "jeanne@example.fr",
      expiresAt: new Date("2026-11-22T09:00:00Z"),
    });
    const [mail, ...others] = await desk.mails();
    expect(others).toEqual([]);
    expect(mail).toMatchObject({
      to: "jeanne@example.fr",
      subject: expect.stringContaining("Confirmez"),
    });
    const token = /first-connection\?landlord=beau-sejour&token=([\w-]{43})\n/.exec(
      mail!.text,
    )![1]!;
    const confirmed = await confirm(token);
    expect(confirmed).toMatchObject({ email: "jeanne@example.fr", mustChangePassword: true });
    expect(await account("jeanne@example.fr")).toBeNull();
    const { passwordToken } = confirmed as { passwordToken: string };
    expect(await choose(passwordToken)).toEqual({ email: "jeanne@example.fr" });
    const { viewer } = await aSession(desk, {
      ...jeanne,
      password: newPassword,
      rememberMe: false,
    });
    expect(viewer.personKeys).toEqual(["p-jeanne"]);
  });
  it("takes no password that the landlord's rules refuse, and leaves the token good", async () => {
    const token = await passwordToken();
    expect(codes(await choose(token, jeanne.password))).toEqual([
      "PASSWORD_TOO_SHORT",
      "PASSWORD_NEEDS_UPPER",
      "PASSWORD_NEEDS_SPECIAL",
    ]);
    expect(codes(await choose(token, "Pour I4001, moi"))).toEqual(["PASSWORD_CONTAINS_REFERENCE"]);
    expect(codes(await choose(token))).toEqual([]);
  });
  it("is over once there is an account: neither password nor links work again", async () => {
    const token = await passwordToken();
    const other = await passwordToken();
    expect(codes(await choose(token))).toEqual(["LINK_EXPIRED"]);
    expect(codes(await choose(other))).toEqual([]);
    expect(codes(await choose(other))).toEqual(["LINK_USED"]);
    expect(codes(await begin())).toEqual(["ALREADY_REGISTERED"]);
    expect(await desk.mails()).toEqual([]);
  });
  it("can be begun again when the choice was not made in time", async () => {
    const token = await passwordToken();
    desk.wait(hour + 1000);
    expect(codes(await choose(token))).toEqual(["LINK_EXPIRED"]);
    expect(codes(await choose(await passwordToken()))).toEqual([]);
  });
  it("asks for another password however good the provisional one is", async () => {
    desk.erp.emails["p-lea"] = "lea@example.fr";
    const typed = { identifier: "I4004", password: "Provisoire-2026!", email: "lea@example.fr" };
    expect(await passwordToken(typed)).toMatch(/^[\w-]{43}$/);
    expect(await account("lea@example.fr")).toBeNull();
  });
  it("gives no choice to whom has an account meanwhile, or whose address has", async () => {
    const pending = { ...remi, personKey: "p-remi", passwordHash: null, language: "fr" as const };
    for (const taken of [{ personKey: "p-jeanne" }, { email: jeanne.email }]) {
      const other = await openDesk(desk.landlord);
      other.erp.emails["p-jeanne"] = jeanne.email;
      await beginFirstConnection(other.context(), jeanne);
      const token = await other.token();
      await openAccount(other.store, other.landlord.id, { ...pending, ...taken }, "-");
      const confirmed = await confirmFirstConnection(other.context(), { token });
      expect(codes(confirmed)).toEqual(["ALREADY_REGISTERED"]);
      await other.store.close();
    }
  });
  it("makes one account, of two choices at the same time", async () => {
    const token = await passwordToken();
    const both = await Promise.all([choose(token), choose(token)]);
    expect(both.flatMap(codes)).toEqual(["LINK_USED"]);
  });
});

describe("a first connection with the password of the former portal", () => {
  it("opens the account with that password", async () => {
    await begin(paul);
    const confirmed = await confirm(await desk.token());
    expect(confirmed).toEqual({
      email: "paul@example.fr",
      mustChangePassword: false,
      passwordToken: null,
    });
    const { viewer } = await aSession(desk, { ...paul, rememberMe: false });
    expect(viewer.personKeys).toEqual(["p-paul"]);
    const named = await aSession(desk, { ...paul, email: "i 4002", rememberMe: false });
    expect(named.viewer.accountId).toBe(viewer.accountId);
  });
  it("asks for another where that one is too weak", async () => {
    expect(codes(await choose(await passwordToken(remi)))).toEqual([]);
    expect(await account("remi@example.fr")).not.toBeNull();
  });
});

describe("a first connection", () => {
  it("answers a wrong identifier and a wrong password alike", async () => {
    const wrongPassword = await begin({ password: "654321" });
    expect(codes(wrongPassword)).toEqual(["IDENTIFIER_OR_PASSWORD_WRONG"]);
    expect(await begin({ identifier: "I9999" })).toEqual(wrongPassword);
    expect(await begin({ password: "1".repeat(100_000) })).toEqual(wrongPassword);
    expect(await desk.mails()).toEqual([]);
  });
  it("tells what cannot be right before it asks the landlord's system", async () => {
    const typed = { identifier: "4001", email: "jeanne@" };
    expect(codes(await begin(typed))).toEqual(["IDENTIFIER_INVALID", "EMAIL_INVALID"]);
    expect(desk.erp.asked).toBe(0);
  });
  it.each([null, "inconnu", "jeanne@example.fr, paul@example.fr", "a@b.fr\r\nBcc: c@d.fr"])(
    "is not possible for whom the landlord has no e-mail address: %j",
    async (onFile) => {
      desk.erp.emails["p-jeanne"] = onFile;
      expect(codes(await begin())).toEqual(["EMAIL_NOT_ON_FILE"]);
      expect(await desk.mails()).toEqual([]);
    },
  );
  it("with another address than the one on file is told to that one", async () => {
    await begin({ email: "autre@example.fr" });
    const mails = await desk.mails();
    expect(mails.map(({ to }) => to).toSorted()).toEqual(["Jeanne@example.fr", "autre@example.fr"]);
    const notice = mails.find(({ to }) => to === "Jeanne@example.fr");
    expect(notice?.text).toContain("autre@example.fr");
    expect(notice?.text).not.toContain("token=");
  });
  it("with the address of another account gets the same answer, and another mail", async () => {
    await begin(paul);
    await confirm(await desk.token());
    desk.erp.emails["p-jeanne"] = "paul@example.fr";
    expect(await begin({ email: "paul@example.fr" })).toEqual({
      sentTo: "paul@example.fr",
      expiresAt: new Date("2026-11-22T09:00:00Z"),
    });
    const mails = await desk.mails();
    expect(mails).toMatchObject([
      { to: "paul@example.fr", subject: expect.stringContaining("déjà un compte") },
    ]);
  });
  it("A-20 cannot be guessed: five tries from one place, twenty from all, then the ERP is left alone", async () => {
    const guess = (n: number, place: number) =>
      begin({ password: String(200_000 + n) }, { clientAddress: `192.0.2.${place}` });
    for (let n = 0; n < 5; n++) {
      expect(codes(await guess(n, 1))).toEqual(["IDENTIFIER_OR_PASSWORD_WRONG"]);
    }
    expect(codes(await begin({}, { clientAddress: "192.0.2.1" }))).toEqual(["TOO_MANY_ATTEMPTS"]);
    for (let n = 0; n < 15; n++) await guess(n, 2 + n);
    const { asked } = desk.erp;
    expect(codes(await begin({}, { clientAddress: "192.0.2.99" }))).toEqual(["TOO_MANY_ATTEMPTS"]);
    expect(desk.erp.asked).toBe(asked);
    desk.wait(24 * hour + 1);
    expect(codes(await begin())).toEqual([]);
  });
  it("ends with its link, and an older link with the newer", async () => {
    await begin();
    const older = await desk.token();
    await begin({ email: "autre@example.fr" });
    const newer = await desk.token();
    expect(codes(await confirm(older))).toEqual(["LINK_EXPIRED"]);
    desk.wait(48 * hour + 1);
    expect(codes(await confirm(newer))).toEqual(["LINK_EXPIRED"]);
    expect(codes(await confirm("x"))).toEqual(["LINK_UNKNOWN"]);
  });
  it("throws what may leave when the landlord's system is down", async () => {
    desk.erp.down = true;
    await expect(begin()).rejects.toMatchObject({ extensions: { code: "UNAVAILABLE" } });
  });
  it("stands in place of registration, and registration in place of it", async () => {
    const refused = { extensions: { code: "NOT_SUPPORTED" } };
    await expect(register(desk.context(), jeannesForm)).rejects.toMatchObject(refused);
    await expect(requestIdentifierReminder(desk.context(), jeannesForm)).rejects.toMatchObject(
      refused,
    );
    const other = await openDesk();
    await expect(beginFirstConnection(other.context(), jeanne)).rejects.toMatchObject(refused);
    await other.store.close();
  });
});

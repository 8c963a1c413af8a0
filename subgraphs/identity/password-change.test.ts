import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { confirmEmailChange, changeEmail } from "./email-change.ts";
import { openDesk, type Desk } from "./fixtures/desk.ts";
import { aSession, anAccount, codes, jeannesCredentials } from "./fixtures/steps.ts";
import { changePassword } from "./password-change.ts";
import { requestPasswordReset, resetPassword } from "./password-reset.ts";
import { refreshSession, signIn } from "./sign-in.ts";

const hour = 3_600_000;
const { email, password } = jeannesCredentials;
const newPassword = "trois quatre 56 ?";
let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  await anAccount(desk);
});
afterEach(() => desk.store.close());

async function signsInWith(typed: string): Promise<boolean> {
  const outcome = await signIn(desk.context(), { ...jeannesCredentials, password: typed });
  return codes(outcome).length === 0;
}
async function resetToken(): Promise<string> {
  await requestPasswordReset(desk.context(), { email });
  return desk.token();
}
const reset = (token: string, typed = newPassword) =>
  resetPassword(desk.context(), { token, newPassword: typed });

describe("a forgotten password", () => {
  it("A-09 is replaced through the link of a mail, and all sessions end", async () => {
    const { session } = await aSession(desk);
    expect(codes(await reset(await resetToken()))).toEqual([]);
    expect(await desk.viewerOf(session.accessToken)).toBeNull();
    expect(codes(await refreshSession(desk.context(), session))).toEqual(["SESSION_ENDED"]);
    expect(await signsInWith(password)).toBe(false);
    expect(await signsInWith(newPassword)).toBe(true);
    const [mail] = await desk.mails();
    expect(mail).toMatchObject({ to: email, subject: expect.stringContaining("a été changé") });
    expect(mail?.text).toContain("20 novembre 2026 à 10:00");
  });
  it("is asked for with the same answer where there is no account, and no mail", async () => {
    const known = await requestPasswordReset(desk.context(), { email });
    const unknown = await requestPasswordReset(desk.context(), { email: "nobody@example.fr" });
    expect(unknown).toEqual(known);
    expect((await desk.mails()).map(({ to }) => to)).toEqual([email]);
  });
  it("A-19 gives five mails an hour at most", async () => {
    const tries = Array.from({ length: 20 }, () => requestPasswordReset(desk.context(), { email }));
    expect((await Promise.all(tries)).flatMap(codes)).toEqual([]);
    expect(await desk.mails()).toHaveLength(5);
  });
  it("keeps its link when the new one is not acceptable", async () => {
    const token = await resetToken();
    expect(codes(await reset(token, "court"))).toEqual([
      "PASSWORD_TOO_SHORT",
      "PASSWORD_NEEDS_DIGIT",
      "PASSWORD_NEEDS_SPECIAL",
    ]);
    expect(codes(await reset(token))).toEqual([]);
  });
  it("A-03 A-06 gives a link that works once, also of two at the same time", async () => {
    const token = await resetToken();
    const both = await Promise.all([reset(token), reset(token)]);
    expect(both.flatMap(codes)).toEqual(["LINK_USED"]);
    expect(codes(await reset(token))).toEqual(["LINK_USED"]);
  });
  it("A-04 gives a link that a later one replaces", async () => {
    const [older, newer] = [await resetToken(), await resetToken()];
    expect(codes(await reset(older))).toEqual(["LINK_EXPIRED"]);
    expect(codes(await reset(newer))).toEqual([]);
  });
  it.each([
    [-1000, []],
    [1000, ["LINK_EXPIRED"]],
  ])("gives a link that answers %2$j %1$i ms after an hour", async (late, expected) => {
    const token = await resetToken();
    desk.wait(hour + late);
    expect(codes(await reset(token))).toEqual(expected);
  });
  it("A-07 is the way out for the owner while others guess", async () => {
    const wrong = { ...jeannesCredentials, password: "faux" };
    await Promise.all(Array.from({ length: 20 }, () => signIn(desk.context(), wrong)));
    expect(await signsInWith(password)).toBe(false);
    await reset(await resetToken());
    expect(await signsInWith(newPassword)).toBe(true);
  });
  it("A-04 is not replaced by no token, nor by one for something else", async () => {
    const { viewer } = await aSession(desk);
    await changeEmail(desk.context(), viewer, {
      newEmail: "new@example.fr",
      currentPassword: password,
    });
    for (const token of ["", "x", await desk.token()]) {
      expect(codes(await reset(token))).toEqual(["LINK_UNKNOWN"]);
    }
    expect(await signsInWith(password)).toBe(true);
  });
});

describe("changing the password", () => {
  it("A-09 ends all other sessions, and sends a mail", async () => {
    const [here, there] = [await aSession(desk), await aSession(desk)];
    const input = { currentPassword: password, newPassword };
    expect(codes(await changePassword(desk.context(), here.viewer, input))).toEqual([]);
    expect(await desk.viewerOf(here.session.accessToken)).toEqual(here.viewer);
    expect(await desk.viewerOf(there.session.accessToken)).toBeNull();
    expect(codes(await refreshSession(desk.context(), there.session))).toEqual(["SESSION_ENDED"]);
    expect(await signsInWith(newPassword)).toBe(true);
    expect((await desk.mails()).map(({ to }) => to)).toEqual([email]);
  });
  it("needs the current one, an acceptable one, and another one", async () => {
    const { viewer } = await aSession(desk);
    const change = async (currentPassword: string, typed: string) =>
      codes(await changePassword(desk.context(), viewer, { currentPassword, newPassword: typed }));
    expect(await change("faux", newPassword)).toEqual(["CURRENT_PASSWORD_WRONG"]);
    expect(await change(password, "jeanne 12345 !")).toEqual(["PASSWORD_CONTAINS_EMAIL"]);
    expect(await change(password, password)).toEqual(["PASSWORD_UNCHANGED"]);
    expect(await signsInWith(password)).toBe(true);
    expect(await desk.mails()).toEqual([]);
  });
  it("cannot be used to guess the current one", async () => {
    const { viewer } = await aSession(desk);
    const guess = () =>
      changePassword(desk.context(), viewer, { currentPassword: "faux", newPassword });
    const told = (await Promise.all(Array.from({ length: 15 }, guess))).flatMap(codes);
    expect(told.filter((code) => code === "TOO_MANY_ATTEMPTS")).toHaveLength(5);
  });
  it("voids links that were sent before", async () => {
    const { viewer } = await aSession(desk);
    const forReset = await resetToken();
    await changeEmail(desk.context(), viewer, {
      newEmail: "new@example.fr",
      currentPassword: password,
    });
    const forEmail = await desk.token();
    await changePassword(desk.context(), viewer, { currentPassword: password, newPassword });
    expect(codes(await reset(forReset))).toEqual(["LINK_EXPIRED"]);
    expect(codes(await confirmEmailChange(desk.context(), { token: forEmail }))).toEqual([
      "LINK_EXPIRED",
    ]);
  });
});

import { afterEach, beforeEach, expect, it } from "vitest";
import type { Viewer } from "../kernel/context.ts";
import { changeEmail, confirmEmailChange } from "./email-change.ts";
import { openDesk, paulsForm, type Desk } from "./fixtures/desk.ts";
import { aSession, anAccount, codes, jeannesCredentials } from "./fixtures/steps.ts";
import { requestPasswordReset, resetPassword } from "./password-reset.ts";
import { signIn } from "./sign-in.ts";

const { email, password: currentPassword } = jeannesCredentials;
const newEmail = "jeanne.moreau@example.fr";
let desk: Desk;
let viewer: Viewer;
let accessToken: string;
beforeEach(async () => {
  desk = await openDesk();
  await anAccount(desk);
  const signedIn = await aSession(desk);
  viewer = signedIn.viewer;
  accessToken = signedIn.session.accessToken;
});
afterEach(() => desk.store.close());

const ask = (to = newEmail) =>
  changeEmail(desk.context(), viewer, { newEmail: to, currentPassword });
const confirm = (token: string) => confirmEmailChange(desk.context(), { token });
const signsInAs = async (as: string) =>
  codes(await signIn(desk.context(), { ...jeannesCredentials, email: as })).length === 0;

it("A-10 sends a link to the new address and a notice to the old one, which stays valid", async () => {
  expect(await ask()).toEqual({ sentTo: newEmail, expiresAt: new Date("2026-11-21T09:00:00Z") });
  const sent = await desk.mails();
  expect(sent.map(({ to }) => to).toSorted()).toEqual([newEmail, email].toSorted());
  const notice = sent.find(({ to }) => to === email);
  expect(notice?.text).toContain(newEmail);
  expect(notice?.text).not.toContain("token=");
  expect(await signsInAs(email)).toBe(true);
  expect(await signsInAs(newEmail)).toBe(false);
});

it("takes effect when the link is followed, and sessions go on", async () => {
  await ask();
  const token = await desk.token();
  expect(await confirm(token)).toEqual({ email: newEmail });
  expect(await signsInAs(newEmail)).toBe(true);
  expect(await signsInAs(email)).toBe(false);
  expect(await desk.viewerOf(accessToken)).toMatchObject({ email: newEmail });
  expect(codes(await confirm(token))).toEqual(["LINK_USED"]);
});

it("A-10 needs the current password, and another address that can be written to", async () => {
  const wrong = await changeEmail(desk.context(), viewer, { newEmail, currentPassword: "faux" });
  expect(codes(wrong)).toEqual(["CURRENT_PASSWORD_WRONG"]);
  expect(codes(await ask("jeanne@"))).toEqual(["EMAIL_INVALID"]);
  expect(codes(await ask("JEANNE@example.fr"))).toEqual(["EMAIL_UNCHANGED"]);
  expect(await desk.mails()).toEqual([]);
});

it("gives the same answer for an address that has an account, and writes to it", async () => {
  await anAccount(desk, paulsForm);
  const answer = await ask(paulsForm.email);
  expect(answer).toEqual({ sentTo: paulsForm.email, expiresAt: new Date("2026-11-21T09:00:00Z") });
  const toPaul = (await desk.mails()).find(({ to }) => to === paulsForm.email);
  expect(toPaul?.subject).toContain("a déjà un compte");
  expect(toPaul?.text).not.toContain("token=");
});

it("is refused when the address was taken after the link was sent", async () => {
  await ask(paulsForm.email);
  const token = await desk.token();
  await anAccount(desk, paulsForm);
  expect(codes(await confirm(token))).toEqual(["EMAIL_TAKEN"]);
  expect(await signsInAs(email)).toBe(true);
});

it("voids the reset link that went to the old address", async () => {
  await requestPasswordReset(desk.context(), { email });
  const forReset = await desk.token();
  await ask();
  await confirm(await desk.token());
  const late = await resetPassword(desk.context(), {
    token: forReset,
    newPassword: "trois quatre 56 ?",
  });
  expect(codes(late)).toEqual(["LINK_EXPIRED"]);
});

it("is asked for five times an hour at most", async () => {
  const told: string[] = [];
  for (let n = 0; n < 6; n++) told.push(...codes(await ask(`n${n}@example.fr`)));
  expect(told).toEqual(["TOO_MANY_ATTEMPTS"]);
});

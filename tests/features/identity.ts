/** Rows of identity: each is lived through as a tenant would, with the mail box. */
import { newcomer } from "../../mocks/demo/people.ts";
import { erpOf } from "../support/demo.ts";
import { operation, type Client } from "../support/client.ts";
import { run, type Portal } from "./portal.ts";
import { same } from "./same.ts";

// oxlint-disable-next-line typescript/no-explicit-any -- answers' JSON
type Json = any;

export async function registrationForm({ front, demo, landlord }: Portal): Promise<string> {
  const { landlord: shown } = await run(front, "F01-registration-form");
  const file = demo.gateway.house.landlords.find((one) => one.landlord.id === landlord)!.landlord;
  const names = shown.registrationForm.fields.map(({ name }: Json) => name);
  same(
    "fields of the form",
    names,
    file.registration.fields.map(({ name }) => name),
  );
  return names.join(", ");
}

/** Registers the landlord's newcomer, follows the link of the mail, signs in. Once for each portal. */
const registered = new WeakMap<
  Portal,
  Promise<{ email: string; front: Client; steps: string[] }>
>();

export function lifeOfNewcomer(portal: Portal) {
  let life = registered.get(portal);
  if (!life) registered.set(portal, (life = live(portal)));
  return life;
}

const password = "Soleil-et-Vent-1742";

async function live(portal: Portal) {
  const { front, demo, landlord } = portal;
  const person = await newcomer(erpOf(demo, landlord));
  const { landlord: shown } = await run(front, "F01-registration-form");
  const email = `newcomer@${landlord}.example`;
  const typed: Record<string, string> = {
    reference: person.reference,
    surname: person.surname,
    givenName: person.givenName,
    birthDate: person.birthDate,
    email,
    emailConfirmation: email,
    password,
    passwordConfirmation: password,
  };
  const names = shown.registrationForm.fields.map(({ name }: Json) => name);
  const input = Object.fromEntries(
    ["reference", "givenName", ...names].map((name: string) => [name, typed[name]]),
  );
  const consents = shown.registrationForm.consents.map(({ id, version }: Json) => ({
    id,
    version,
  }));
  const { data } = await front(operation("F02-register"), { input: { ...input, consents } });
  same("user errors of the registration", data.register.userErrors, []);
  const link = await linkMailedTo(portal, email);
  const token = new URL(link).searchParams.get("token");
  const confirmed = await run(front, "F05-confirm-registration", { token });
  same("user errors of the confirmation", confirmed.confirmRegistration.userErrors, []);
  const signedIn = await run(front, "F06-sign-in", { email, password });
  return { email, front: front.as(signedIn.signIn.session.accessToken), steps: names };
}

export async function linkMailedTo({ demo }: Portal, email: string): Promise<string> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const mail = demo.mocks.mailbox
      .messages()
      .find(({ to, links }) => to.includes(email) && links.length > 0);
    if (mail) return mail.links[0]!;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`no mail came for ${email}`);
}

export async function registration(portal: Portal): Promise<string> {
  const { front, steps } = await lifeOfNewcomer(portal);
  const { viewer } = await run(front, "F12-person");
  if (!viewer.person) throw new Error("the new account stands for nobody");
  return `registered by ${steps.join(", ")}`;
}

export async function passwordRules({ front }: Portal): Promise<string> {
  const { landlord } = await run(front, "F01-registration-form");
  const { minLength, entropyBits } = landlord.passwordPolicy;
  if (entropyBits < 50) throw new Error(`only ${entropyBits} bits`);
  return `${minLength} characters or more, ${entropyBits} bits`;
}

export async function sessions(portal: Portal): Promise<string> {
  const { email } = await lifeOfNewcomer(portal);
  const { signIn } = await run(portal.front, "F06-sign-in", { email, password, rememberMe: true });
  const { refreshSession } = await run(portal.front, "F06-refresh-session", {
    refreshToken: signIn.session.refreshToken,
  });
  const front = portal.front.as(refreshSession.session.accessToken);
  await run(front, "F06-sign-out");
  const after = await front("{ viewer { id } }");
  same("status with the token of a session that was ended", after.status, 401);
  return "signed in, refreshed, signed out";
}

export async function changes(portal: Portal): Promise<string> {
  const { email, front } = await lifeOfNewcomer(portal);
  const changed = await run(front, "F10-change-password", {
    currentPassword: password,
    newPassword: `${password}+`,
  });
  same("user errors of the new password", changed.changePassword.userErrors, []);
  const back = await run(portal.front, "F06-sign-in", { email, password: `${password}+` });
  const renewed = portal.front.as(back.signIn.session.accessToken);
  await run(renewed, "F10-change-password", {
    currentPassword: `${password}+`,
    newPassword: password,
  });
  const asked = await run(renewed, "F10-change-email", {
    newEmail: `new.${email}`,
    currentPassword: password,
  });
  same("user errors of the new address", asked.changeEmail.userErrors, []);
  const token = new URL(await linkMailedTo(portal, `new.${email}`)).searchParams.get("token");
  const confirmed = await run(portal.front, "F10-confirm-email-change", { token });
  same("the new address", confirmed.confirmEmailChange.email, `new.${email}`);
  return "password and address changed";
}

export async function forgotten(portal: Portal): Promise<string> {
  const [somebody] = await portal.everybody();
  const { email } = somebody!.account;
  await run(portal.front, "F09-request-password-reset", { email });
  const token = new URL(await linkMailedTo(portal, email)).searchParams.get("token");
  const reset = await run(portal.front, "F09-reset-password", {
    token,
    newPassword: `${password}-reset`,
  });
  same("user errors of the reset", reset.resetPassword.userErrors, []);
  const again = await run(portal.front, "F06-sign-in", { email, password: `${password}-reset` });
  if (!again.signIn.session) throw new Error("the new password does not sign in");
  return "a new password by mail";
}

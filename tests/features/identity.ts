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
  const expected = file.registration.fields.map(({ name }): string => name);
  if (file.registration.firstConnection) expected.unshift("identifier");
  same("fields of the form", names, expected);
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

export const newcomersPassword = "Soleil-et-Vent-1742";
const password = newcomersPassword;

async function formOf(portal: Portal): Promise<Json> {
  const { landlord } = await run(portal.front, "F01-registration-form");
  return landlord.registrationForm;
}

async function live(portal: Portal) {
  const email = `newcomer@${portal.landlord}.example`;
  const { kind, fields, consents } = await formOf(portal);
  const names: string[] = fields.map(({ name }: Json) => name);
  if (kind === "FIRST_CONNECTION") await connectFirst(portal, email);
  else await register(portal, email, names, consents);
  const signedIn = await run(portal.front, "F06-sign-in", { email, password });
  return { email, front: portal.front.as(signedIn.signIn.session.accessToken), steps: names };
}

async function register(portal: Portal, email: string, names: string[], consents: Json[]) {
  const person = await newcomer(erpOf(portal.demo, portal.landlord));
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
  const given = Object.fromEntries([...names, "givenName"].map((name) => [name, typed[name]]));
  const input = { ...given, consents: consents.map(({ id, version }: Json) => ({ id, version })) };
  const { data } = await portal.front(operation("F02-register"), { input });
  same("user errors of the registration", data.register.userErrors, []);
  const token = await tokenMailedTo(portal, email);
  const confirmed = await run(portal.front, "F05-confirm-registration", { token });
  same("user errors of the confirmation", confirmed.confirmRegistration.userErrors, []);
}

async function connectFirst(portal: Portal, email: string) {
  const { credentials } = await newcomer(erpOf(portal.demo, portal.landlord));
  const input = { identifier: credentials!.identifier, password: credentials!.password, email };
  const begun = await run(portal.front, "F07-begin-first-connection", { input });
  same("user errors of the first connection", begun.beginFirstConnection.userErrors, []);
  const token = await tokenMailedTo(portal, email, "first-connection");
  const { confirmFirstConnection } = await run(portal.front, "F07-confirm-first-connection", {
    token,
  });
  same("user errors of the link", confirmFirstConnection.userErrors, []);
  same(
    "whether the provisional password must be changed",
    confirmFirstConnection.mustChangePassword,
    true,
  );
  const chosen = await run(portal.front, "F07-choose-first-password", {
    token: confirmFirstConnection.passwordToken,
    newPassword: password,
  });
  same("user errors of the new password", chosen.chooseFirstPassword.userErrors, []);
}

/** The token in the newest mail of this landlord to that address. */
async function tokenMailedTo(
  { demo, landlord }: Portal,
  email: string,
  page = "confirm",
): Promise<string> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const mails = demo.mocks.mailbox.messages().filter(({ to }) => to.includes(email));
    const links = mails.flatMap((mail) => mail.links).map((link) => new URL(link));
    const link = links.find(
      ({ pathname, searchParams }) =>
        pathname.endsWith(page) && searchParams.get("landlord") === landlord,
    );
    if (link) return link.searchParams.get("token")!;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`no mail came for ${email}`);
}

export async function registration(portal: Portal): Promise<string> {
  const { front, steps } = await lifeOfNewcomer(portal);
  const { viewer } = await run(front, "F14-personal-data");
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
  const { email } = await lifeOfNewcomer(portal);
  const { signIn } = await run(portal.front, "F06-sign-in", { email, password });
  const front = portal.front.as(signIn.session.accessToken);
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
  const token = await tokenMailedTo(portal, `new.${email}`, "email");
  const confirmed = await run(portal.front, "F10-confirm-email-change", { token });
  same("the new address", confirmed.confirmEmailChange.email, `new.${email}`);
  return "password and address changed";
}

export async function forgotten(portal: Portal): Promise<string> {
  const { email } = await lifeOfNewcomer(portal);
  await run(portal.front, "F09-request-password-reset", { email });
  // A private manager's client gets it at the address that the manager knows.
  const { email: known } = await newcomer(erpOf(portal.demo, portal.landlord));
  const firstConnection = (await formOf(portal)).kind === "FIRST_CONNECTION";
  const token = await tokenMailedTo(portal, firstConnection ? known! : email, "reset");
  const reset = await run(portal.front, "F09-reset-password", {
    token,
    newPassword: `${password}-reset`,
  });
  same("user errors of the reset", reset.resetPassword.userErrors, []);
  const again = await run(portal.front, "F06-sign-in", { email, password: `${password}-reset` });
  const front = portal.front.as(again.signIn.session.accessToken);
  await run(front, "F10-change-password", {
    currentPassword: `${password}-reset`,
    newPassword: password,
  });
  return "a new password by mail";
}

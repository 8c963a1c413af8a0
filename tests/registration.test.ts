import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Demo } from "../mocks/demo/start.ts";
import type { PersonLine } from "../mocks/kit/state.ts";
import { client, operation, signIn, type Client } from "./support/client.ts";
import { createClock } from "./support/clock.ts";
import { door, frontOf, startTestDemo } from "./support/demo.ts";
import { answeredHome, expectedHome } from "./support/home.ts";
import { linkIn, mailTo, mailsTo, openPage, pressButton } from "./support/mails.ts";

const clock = createClock();
let demo: Demo;
beforeAll(async () => {
  demo = await startTestDemo({ now: clock.now });
});
afterAll(() => demo?.stop());

const password = "Maree-Basse+1987";

interface Newcomer {
  landlord: string;
  reference: string;
  surname: string;
  givenName: string;
}

interface Case {
  landlord: string;
  sender: string;
  hours: number;
  /** How people type what stands on their rent notice. */
  typed(reference: string): string;
  unknownReference: string;
}

const cases: Case[] = [
  {
    landlord: "la-rochelle",
    sender: "Office Public de l'Habitat de La Rochelle <noreply@office-agglo-larochelle.fr>",
    hours: 24,
    typed: (reference) => ` l / ${reference.slice(0, 3)} ${reference.slice(3)} `,
    unknownReference: "L/9999999",
  },
  {
    landlord: "chartres",
    sender: "C'Chartres habitat - Mon espace locataire <noreply@chartres-habitat.example>",
    hours: 48,
    typed: (reference) => ` ${reference.replace(/(\d{3})(?=\d)/g, "$1 ")} `,
    unknownReference: "999999999",
  },
];

/** Ordinary people without an account, alone on their reference, never the same one twice. */
const unused = new Map<string, PersonLine[]>();
async function nextPerson(landlord: string): Promise<PersonLine> {
  if (!unused.has(landlord)) {
    const people = await door(demo, landlord).people(300);
    const alone = ({ reference }: PersonLine) =>
      people.filter((other) => other.reference === reference).length === 1;
    const ordinary = people.filter((one) => one.oddity === null && one.contracts.length > 0);
    unused.set(landlord, ordinary.filter(alone).slice(1));
  }
  return unused.get(landlord)!.shift()!;
}

let addresses = 0;
const freshAddress = () => `nouvelle.personne${++addresses}@example.org`;

/** What the landlord's form asks for, filled in with what the person knows. */
async function fillForm(front: Client, person: Omit<Newcomer, "landlord">, email: string) {
  const { data } = await front(operation("F01-registration-form"));
  const { fields, consents } = data.landlord.registrationForm;
  const known: Record<string, string> = {
    ...person,
    email,
    password,
    passwordConfirmation: password,
  };
  const names: string[] = fields.map(({ name }: { name: string }) => name);
  const input = Object.fromEntries(names.map((name) => [name, known[name]]));
  return {
    ...input,
    consents: consents
      .filter(({ required }: { required: boolean }) => required)
      .map(({ id, version }: { id: string; version: string }) => ({ id, version })),
  };
}

const register = async (front: Client, input: object) => {
  const { data, errors } = await front(operation("F02-register"), { input });
  expect(errors).toBeUndefined();
  return data.register;
};

async function expectNoAccount(front: Client, email: string): Promise<void> {
  const { data } = await front(operation("F06-sign-in"), { email, password });
  expect(data.signIn.session).toBeNull();
  expect(data.signIn.userErrors).toMatchObject([{ code: "EMAIL_OR_PASSWORD_WRONG" }]);
}

describe.each(cases)("F01 to F06 at $landlord: a newcomer", (one) => {
  const { landlord, sender, hours } = one;

  test("registers from the rent notice, follows the mail, signs in, sees their home page", async () => {
    const newcomers = (await (await fetch(`${demo.url}/demo/newcomers`)).json()) as Newcomer[];
    const { reference, surname, givenName } = newcomers.find((each) => each.landlord === landlord)!;
    const front = frontOf(demo, landlord);
    const email = freshAddress();
    const typed = {
      reference: one.typed(reference),
      surname: ` ${surname.toUpperCase()}`,
      givenName: `${givenName.toLowerCase()} `,
    };
    const asked = Date.now();
    const answer = await register(front, await fillForm(front, typed, email));
    expect(answer).toMatchObject({ sentTo: email, userErrors: [] });
    expect(Math.round((Date.parse(answer.expiresAt) - asked) / 60_000)).toBe(hours * 60);
    await expectNoAccount(front, email);

    const mail = await mailTo(demo, email);
    expect(mail.from).toBe(sender);
    expect(mail.subject).toMatch(/^Confirmez votre inscription/);
    expect(mail.text).toContain(`valable ${hours} h`);
    const { page } = linkIn(mail);
    for (let look = 0; look < 5; look += 1) {
      const seen = await openPage(page);
      expect(seen.status).toBe(200);
      expect(await seen.text()).toContain("Confirmer mon compte");
    }
    await expectNoAccount(front, email);

    const opened = await pressButton(page);
    expect(opened.status).toBe(200);
    expect(await opened.text()).toContain("Votre compte est ouvert");

    const signedIn = await signIn(front, email, password);
    const { data, errors } = await signedIn(operation("F12-home"));
    expect(errors).toBeUndefined();
    const held = (await door(demo, landlord).people(300)).find(
      (each) => each.reference === reference,
    )!;
    const contracts = await Promise.all(
      held.contracts.map((key) => door(demo, landlord).contract(key)),
    );
    expect(data.viewer.email).toBe(email);
    expect(answeredHome(data)).toEqual(expectedHome(contracts));
  });

  test("who reads English gets mail and page in English, and may confirm by the saved operation", async () => {
    const front = client({
      url: demo.url,
      landlord,
      headers: { "accept-language": "en-GB, fr;q=0.5" },
    });
    const email = freshAddress();
    await register(front, await fillForm(front, await nextPerson(landlord), email));
    const mail = await mailTo(demo, email);
    expect(mail.subject).toMatch(/^Confirm your registration/);
    expect(mail.text).toContain(`valid for ${hours} h`);
    const { page, token } = linkIn(mail);
    expect(await (await openPage(page, "en")).text()).toContain("Confirm my account");
    const { data } = await front(operation("F05-confirm-registration"), { token });
    expect(data.confirmRegistration).toEqual({ email, userErrors: [] });
    await signIn(front, email, password);
  });
});

describe.each(cases)("at $landlord a registration is refused", (one) => {
  let french: Client;
  let english: Client;
  let person: PersonLine;
  let email: string;
  beforeEach(async () => {
    french = frontOf(demo, one.landlord);
    english = client({
      url: demo.url,
      landlord: one.landlord,
      headers: { "accept-language": "en" },
    });
    person = await nextPerson(one.landlord);
    email = freshAddress();
  });

  /** Sends a form in both languages; nothing may come of it. */
  async function refused(change: object, codes: string[], fields: string[]) {
    const form = { ...(await fillForm(french, person, email)), ...change };
    const answers = [await register(french, form), await register(english, form)];
    for (const { sentTo, userErrors } of answers) {
      expect(sentTo).toBeNull();
      expect(userErrors.map(({ code }: { code: string }) => code)).toEqual(codes);
      expect(userErrors.map(({ field }: { field: string[] }) => field)).toEqual(
        fields.map((name) => [name]),
      );
    }
    const texts = answers.map(({ userErrors }) =>
      userErrors.map(({ message }: { message: string }) => message),
    );
    for (const [index] of codes.entries()) expect(texts[0][index]).not.toBe(texts[1][index]);
    expect(texts[0].join()).not.toMatch(/\{\w+\}/);
    expect(texts[1].join()).not.toMatch(/\{\w+\}|[éèàç]/);
    await expectNoAccount(french, email);
    expect(await mailsTo(demo, email)).toEqual([]);
    return texts as [string[], string[]];
  }

  test("for a reference that the landlord does not know", () =>
    refused({ reference: one.unknownReference }, ["REFERENCE_UNKNOWN"], ["reference"]));

  test("for a reference that looks like none", () =>
    refused({ reference: "12-AB" }, ["REFERENCE_INVALID"], ["reference"]));

  test("for a name that is not on the contract", () =>
    refused({ surname: "Personne-D'Autre" }, ["NAME_MISMATCH"], ["surname"]));

  test("for a weak password, with all that it lacks at once", async () => {
    const codes =
      one.landlord === "la-rochelle"
        ? ["TOO_SHORT", "NEEDS_DIGIT", "NEEDS_SPECIAL"]
        : ["TOO_SHORT", "NEEDS_UPPER", "NEEDS_DIGIT", "NEEDS_SPECIAL"];
    const [french] = await refused(
      { password: "abc", passwordConfirmation: "abc" },
      codes.map((code) => `PASSWORD_${code}`),
      codes.map(() => "password"),
    );
    expect(french[0]).toMatch(/au moins \d+ caractères/);
  });

  test("for two passwords that differ", () =>
    refused(
      { passwordConfirmation: `${password}!` },
      ["PASSWORD_CONFIRMATION_DIFFERS"],
      ["passwordConfirmation"],
    ));

  test("for two e-mails that differ", () =>
    refused(
      { emailConfirmation: "autre@example.org" },
      ["EMAIL_CONFIRMATION_DIFFERS"],
      ["emailConfirmation"],
    ));

  test("without the consent that is required", () =>
    refused({ consents: [] }, ["CONSENT_REQUIRED"], ["consents"]));

  test("for everything that is wrong with it at once", () =>
    refused(
      { reference: "12-AB", emailConfirmation: "autre@example.org", consents: [] },
      ["REFERENCE_INVALID", "EMAIL_CONFIRMATION_DIFFERS", "CONSENT_REQUIRED"],
      ["reference", "emailConfirmation", "consents"],
    ));
});

describe.each(cases)("at $landlord a confirmation link", ({ landlord, hours }) => {
  let front: Client;
  beforeEach(() => {
    front = frontOf(demo, landlord);
  });

  async function sent() {
    const email = freshAddress();
    const form = await fillForm(front, await nextPerson(landlord), email);
    await register(front, form);
    return { email, form, ...linkIn(await mailTo(demo, email)) };
  }
  const confirm = async (token: string) => {
    const { data } = await front(operation("F05-confirm-registration"), { token });
    return data.confirmRegistration;
  };

  test("A-03 works once", async () => {
    const { email, page, token } = await sent();
    expect(await confirm(token)).toEqual({ email, userErrors: [] });
    expect(await confirm(token)).toMatchObject({
      email: null,
      userErrors: [{ code: "LINK_USED", field: ["token"], message: "Ce lien a déjà servi." }],
    });
    const again = await pressButton(page, {}, "en");
    expect(again.status).toBe(422);
    expect(await again.text()).toContain("This link has been used already.");
  });

  test("A-15 opens the account that was asked for, whatever is written into its address", async () => {
    const { email, page } = await sent();
    const other = freshAddress();
    const more = { email: other, reference: "1", contract: "1", personKey: "1", landlord };
    expect((await pressButton(page, more)).status).toBe(200);
    await signIn(front, email, password);
    await expectNoAccount(front, other);
  });

  test("A-06 of which two presses at once open one account", async () => {
    const { token } = await sent();
    const answers = await Promise.all([confirm(token), confirm(token)]);
    expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
  });

  test("A-05 is good to the end of its delay, and no longer", async () => {
    const { email, token, page } = await sent();
    await clock.later(hours * 60 + 1, async () => {
      expect(await confirm(token)).toMatchObject({
        email: null,
        userErrors: [{ code: "LINK_EXPIRED", field: ["token"] }],
      });
      const late = await pressButton(page);
      expect(late.status).toBe(422);
      expect(await late.text()).toContain("plus valable");
    });
    await expectNoAccount(front, email);
    await clock.later(hours * 60 - 1, async () =>
      expect(await confirm(token)).toEqual({ email, userErrors: [] }),
    );
  });

  test("A-15 that was made up is unknown, and so is one of the other landlord", async () => {
    const { email, token } = await sent();
    const other = cases.find((each) => each.landlord !== landlord)!.landlord;
    const { data } = await frontOf(demo, other)(operation("F05-confirm-registration"), { token });
    const unknown = { email: null, userErrors: [{ code: "LINK_UNKNOWN", field: ["token"] }] };
    expect(data.confirmRegistration).toMatchObject(unknown);
    expect(await confirm("n'importe quoi")).toMatchObject(unknown);
    expect(await confirm(`${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`)).toMatchObject(
      unknown,
    );
    await expectNoAccount(front, email);
  });

  test("is sent again on demand; then only the newer one works", async () => {
    const { email, token } = await sent();
    const { data } = await front(operation("F05-resend-confirmation"), { email });
    expect(data.resendConfirmation).toEqual({ accepted: true, userErrors: [] });
    const second = linkIn(await mailTo(demo, email, 2));
    expect(second.token).not.toBe(token);
    expect((await confirm(token)).userErrors).toHaveLength(1);
    expect(await confirm(second.token)).toEqual({ email, userErrors: [] });
  });

  test("is not sent to an address that nobody registered, and the answer does not tell", async () => {
    const email = freshAddress();
    const { data } = await front(operation("F05-resend-confirmation"), { email });
    expect(data.resendConfirmation).toEqual({ accepted: true, userErrors: [] });
    // What is queued later has arrived: the other would have too.
    await sent();
    expect(await mailsTo(demo, email)).toEqual([]);
  });

  test("a person who has an account is told so, and sent nothing", async () => {
    const { token, form } = await sent();
    await confirm(token);
    const email = freshAddress();
    const answer = await register(front, { ...form, email });
    expect(answer).toMatchObject({
      sentTo: null,
      userErrors: [{ code: "ALREADY_REGISTERED", field: ["reference"] }],
    });
    await expectNoAccount(front, email);
  });

  test("A-01 an address that has an account gets the same answer, and another mail", async () => {
    const { email, token } = await sent();
    await confirm(token);
    const neighbour = await fillForm(front, await nextPerson(landlord), email);
    const answer = await register(front, neighbour);
    expect(answer).toEqual({ sentTo: email, expiresAt: expect.any(String), userErrors: [] });
    const mail = await mailTo(demo, email, 2);
    expect(mail.subject).toMatch(/^Vous avez déjà un compte/);
    expect(mail.links.filter((link) => link.includes("/links/"))).toEqual([]);
  });
});

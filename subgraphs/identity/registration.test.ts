import { GraphQLError } from "graphql";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { confirmRegistration, resendConfirmation } from "./confirmation.ts";
import { jeannesForm, openDesk, paulsForm, type Desk } from "./fixtures/desk.ts";
import { jeanne } from "./fixtures/paper-erp.ts";
import { anAccount, codes } from "./fixtures/steps.ts";
import { register } from "./registration.ts";

const hour = 3_600_000;
let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.store.close());

const account = () => desk.store.accounts.byEmail(desk.landlord.id, jeannesForm.email);

describe("a registration", () => {
  it("makes no account, but a mail with a link in the landlord's name", async () => {
    const registered = await register(desk.context(), jeannesForm);
    expect(registered).toEqual({
      sentTo: "jeanne@example.fr",
      expiresAt: new Date("2026-11-21T09:00:00Z"),
    });
    expect(await account()).toBeNull();
    const [mail, ...others] = await desk.mails();
    expect(others).toEqual([]);
    expect(mail).toMatchObject({
      to: "jeanne@example.fr",
      from: '"Beau Séjour" <noreply@beau-sejour.example>',
    });
    expect(mail?.text).toMatch(
      /https:\/\/gateway\.example\/links\/confirm\?landlord=beau-sejour&token=[\w-]{43}\n/,
    );
  });
  it("does not ask the ERP before the form is right", async () => {
    const refused = await register(desk.context(), {
      ...jeannesForm,
      password: "faible",
      surname: "",
    });
    expect(codes(refused)).toContain("PASSWORD_TOO_SHORT");
    expect(codes(refused)).toContain("REQUIRED");
    expect(desk.erp.asked).toBe(0);
    expect(await desk.mails()).toEqual([]);
  });
  it.each([
    ["REFERENCE_UNKNOWN", { reference: "9999999" }],
    ["NAME_MISMATCH", { surname: "Durand" }],
    ["NAME_MISMATCH", { givenName: "Marie" }],
    ["BIRTH_DATE_MISMATCH", { birthDate: "1975-09-11" }],
    ["NAME_MISMATCH", { reference: paulsForm.reference }],
  ])("is refused with %s for %j", async (code, changes) => {
    expect(codes(await register(desk.context(), { ...jeannesForm, ...changes }))).toEqual([code]);
    expect(await desk.mails()).toEqual([]);
  });
  it("of a person with an account is refused", async () => {
    await anAccount(desk);
    const other = { ...jeannesForm, email: "other@example.fr", emailConfirmation: "" };
    const withoutRepeat = { ...other, emailConfirmation: "other@example.fr" };
    expect(codes(await register(desk.context(), withoutRepeat))).toEqual(["ALREADY_REGISTERED"]);
  });
  it("A-01 with an address that has an account gets the same answer, and a mail that says so", async () => {
    await anAccount(desk);
    const email = "Jeanne@Example.fr";
    const again = await register(desk.context(), { ...paulsForm, email, emailConfirmation: email });
    expect(again).toEqual({ sentTo: email, expiresAt: new Date("2026-11-21T09:00:00Z") });
    const [mail] = await desk.mails();
    expect(mail).toMatchObject({
      to: "jeanne@example.fr",
      subject: expect.stringContaining("déjà un compte"),
    });
    expect(mail?.text).not.toContain("token=");
  });
  it("throws what may leave when the ERP is down, and can be tried again", async () => {
    desk.erp.down = true;
    const failure = await register(desk.context(), jeannesForm).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(GraphQLError);
    expect(failure).toMatchObject({ extensions: { code: "UNAVAILABLE", retryable: true } });
    desk.erp.down = false;
    expect(codes(await register(desk.context(), jeannesForm))).toEqual([]);
  });
  it("A-20 cannot be guessed: tries are counted for each reference, from wherever they come", async () => {
    const guess = (n: number) =>
      register(desk.context({ clientAddress: `192.0.2.${n}` }), {
        ...jeannesForm,
        surname: `Nom${n}`,
      });
    for (let n = 0; n < 10; n++) expect(codes(await guess(n))).toEqual(["NAME_MISMATCH"]);
    const asked = desk.erp.asked;
    expect(await guess(11)).toMatchObject({
      faults: [{ code: "TOO_MANY_ATTEMPTS", field: [], values: { minutes: 60 } }],
    });
    expect(desk.erp.asked).toBe(asked);
    expect(codes(await register(desk.context(), paulsForm))).toEqual([]);
    desk.wait(hour + 1);
    expect(codes(await register(desk.context(), jeannesForm))).toEqual([]);
  });
  it("A-20 cannot be guessed by many who share the work: the ERP is asked 2,000 times an hour", async () => {
    const wrong = { ...jeannesForm, surname: "Nom" };
    let denied = 0;
    for (let n = 0; n < 2_200; n += 1) {
      const clientAddress = `10.0.${n >> 8}.${n & 255}`;
      const reference = String(1_000_000 + n);
      const refused = await register(desk.context({ clientAddress }), { ...wrong, reference });
      if (codes(refused).includes("TOO_MANY_ATTEMPTS")) denied += 1;
    }
    expect(desk.erp.asked).toBe(2_000);
    expect(denied).toBe(200);
  });
});

describe("a confirmation link", () => {
  it("makes an account for the proven person, with every consent that was asked", async () => {
    await register(desk.context({ language: "en" }), jeannesForm);
    desk.wait(1000);
    const confirmed = await confirmRegistration(desk.context(), { token: await desk.token() });
    expect(confirmed).toEqual({ email: "jeanne@example.fr" });
    const made = await account();
    expect(made).toMatchObject({ email: "jeanne@example.fr", language: "en" });
    const id = made?.id ?? "";
    expect(await desk.store.accounts.persons(desk.landlord.id, id)).toEqual([jeanne.personKey]);
    const givenAt = new Date("2026-11-20T09:00:00Z");
    expect(await desk.store.accounts.consents(desk.landlord.id, id)).toEqual([
      { id: "news", version: "1", given: false, givenAt },
      { id: "terms", version: "2026-01", given: true, givenAt },
    ]);
  });
  it("works once", async () => {
    await register(desk.context(), jeannesForm);
    const token = await desk.token();
    expect(codes(await confirmRegistration(desk.context(), { token }))).toEqual([]);
    expect(codes(await confirmRegistration(desk.context(), { token }))).toEqual(["LINK_USED"]);
  });
  it("works once, of two that are followed at the same time", async () => {
    await register(desk.context(), jeannesForm);
    const token = await desk.token();
    const both = await Promise.all(
      [1, 2].map(() => confirmRegistration(desk.context(), { token })),
    );
    expect(both.flatMap(codes)).toEqual(["LINK_USED"]);
  });
  it.each([
    [-1000, []],
    [1000, ["LINK_EXPIRED"]],
  ])("followed %i ms after its end answers %j", async (late, expected) => {
    await register(desk.context(), jeannesForm);
    const token = await desk.token();
    desk.wait(24 * hour + late);
    expect(codes(await confirmRegistration(desk.context(), { token }))).toEqual(expected);
  });
  it("that nobody sent is unknown, as is one of another landlord", async () => {
    await register(desk.context(), jeannesForm);
    const token = await desk.token();
    const elsewhere = desk.context({ landlord: { ...desk.landlord, id: "elsewhere" } });
    expect(codes(await confirmRegistration(elsewhere, { token }))).toEqual(["LINK_UNKNOWN"]);
    expect(codes(await confirmRegistration(desk.context(), { token: `${token}x` }))).toEqual([
      "LINK_UNKNOWN",
    ]);
    expect(codes(await confirmRegistration(desk.context(), { token: "" }))).toEqual([
      "LINK_UNKNOWN",
    ]);
  });
  it("is refused when the person registered with another address meanwhile", async () => {
    await register(desk.context(), jeannesForm);
    const first = await desk.token();
    const email = "jeanne.moreau@example.fr";
    await register(desk.context(), { ...jeannesForm, email, emailConfirmation: email });
    const second = await desk.token();
    const both = await Promise.all(
      [first, second].map((token) => confirmRegistration(desk.context(), { token })),
    );
    expect(both.flatMap(codes)).toEqual(["ALREADY_REGISTERED"]);
  });
});

describe("sending the confirmation again", () => {
  it("makes a new link and voids the old one", async () => {
    await register(desk.context(), jeannesForm);
    const old = await desk.token();
    expect(
      codes(await resendConfirmation(desk.context(), { email: " JEANNE@example.fr" })),
    ).toEqual([]);
    const fresh = await desk.token();
    expect(codes(await confirmRegistration(desk.context(), { token: old }))).toEqual([
      "LINK_EXPIRED",
    ]);
    expect(codes(await confirmRegistration(desk.context(), { token: fresh }))).toEqual([]);
  });
  it("answers alike, and sends nothing, where nothing waits", async () => {
    await anAccount(desk);
    for (const email of ["nobody@example.fr", jeannesForm.email]) {
      expect(await resendConfirmation(desk.context(), { email })).toEqual({ faults: [] });
    }
    expect(await desk.mails()).toEqual([]);
  });
  it("A-19 sends five an hour at most, and does not say that it stopped", async () => {
    await register(desk.context(), jeannesForm);
    await desk.mails();
    const tries = Array.from({ length: 50 }, () =>
      resendConfirmation(desk.context(), { email: jeannesForm.email }),
    );
    expect((await Promise.all(tries)).flatMap(codes)).toEqual([]);
    expect(await desk.mails()).toHaveLength(5);
  });
  it("tells a malformed address", async () => {
    expect(codes(await resendConfirmation(desk.context(), { email: "jeanne@" }))).toEqual([
      "EMAIL_INVALID",
    ]);
  });
});

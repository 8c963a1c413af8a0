import { graphql } from "graphql";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RequestContext } from "../kernel/context.ts";
import { jeannesForm, openDesk, type Desk } from "./fixtures/desk.ts";
import { anAccount, aSession, jeannesCredentials } from "./fixtures/steps.ts";
import identity from "./index.ts";

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.store.close());

/** Runs an operation as a client would, and answers what a client would read. */
async function ask(source: string, input: object = {}, changes: Partial<RequestContext> = {}) {
  const contextValue = desk.context(changes);
  const variableValues = { input };
  const result = await graphql({ schema: identity.schema, source, contextValue, variableValues });
  return JSON.parse(JSON.stringify(result)) as { data?: unknown; errors?: unknown[] };
}

/** What stands at a path of an answer. */
function at(answer: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce((found, key) => (found as Record<string, unknown> | undefined)?.[key], answer);
}

const registering = `mutation ($input: RegisterInput!) {
  register(input: $input) { sentTo expiresAt userErrors { code field message } }
}`;
const confirming = `mutation ($input: ConfirmRegistrationInput!) {
  confirmRegistration(input: $input) { email userErrors { code message } }
}`;
const signingIn = `mutation ($input: SignInInput!) {
  signIn(input: $input) {
    session { accessToken refreshToken expiresAt sessionExpiresAt }
    userErrors { code field message }
  }
}`;
const refreshing = `mutation ($input: RefreshSessionInput!) {
  refreshSession(input: $input) { session { refreshToken } userErrors { code field } }
}`;
const me = `{ viewer { id email person { id displayName title birthDate phones address { city countryCode } } } }`;

describe("the way in", () => {
  it("leads from the form to the person", async () => {
    expect(await ask(registering, jeannesForm)).toEqual({
      data: {
        register: {
          sentTo: "jeanne@example.fr",
          expiresAt: "2026-11-21T09:00:00.000Z",
          userErrors: [],
        },
      },
    });
    expect(await ask(confirming, { token: await desk.token() })).toEqual({
      data: { confirmRegistration: { email: "jeanne@example.fr", userErrors: [] } },
    });
    const { email, password } = jeannesCredentials;
    const signedIn = await ask(signingIn, { email, password });
    expect(at(signedIn, "data.signIn.userErrors")).toEqual([]);
    expect(at(signedIn, "data.signIn.session.expiresAt")).toBe("2026-11-20T09:10:00.000Z");
    const viewer = await desk.viewerOf(at(signedIn, "data.signIn.session.accessToken") as string);
    expect(at(await ask(me, {}, { viewer }), "data.viewer")).toMatchObject({
      email: "jeanne@example.fr",
      person: {
        displayName: "JEANNE MOREAU",
        title: "MRS",
        birthDate: "1975-09-10",
        phones: ["+33546000001"],
        address: { city: "La Rochelle", countryCode: "FR" },
      },
    });
  });
  it("tells what is wrong where it is, in the language asked for", async () => {
    const form = { ...jeannesForm, surname: "", password: "court", passwordConfirmation: "court" };
    const french = at(await ask(registering, form), "data.register");
    expect(french).toEqual({
      sentTo: null,
      expiresAt: null,
      userErrors: [
        { code: "REQUIRED", field: ["surname"], message: "« Nom » est à remplir." },
        expect.objectContaining({ code: "PASSWORD_TOO_SHORT", field: ["password"] }),
        expect.objectContaining({ code: "PASSWORD_NEEDS_DIGIT" }),
        expect.objectContaining({ code: "PASSWORD_NEEDS_SPECIAL" }),
      ],
    });
    const english = await ask(registering, form, { language: "en" });
    expect(at(english, "data.register.userErrors.0.message")).toBe("“Surname” must be filled in.");
  });
  it("answers a landlord whose system is down with an error that may leave", async () => {
    desk.erp.down = true;
    const { data, errors } = await ask(registering, jeannesForm);
    expect(data).toBeNull();
    expect(errors).toMatchObject([
      { path: ["register"], extensions: { code: "UNAVAILABLE", retryable: true } },
    ]);
    expect(JSON.stringify(errors)).not.toContain("paper");
  });
  it("counts five hundred sign-ins of one operation as five hundred", async () => {
    await anAccount(desk);
    const aliases = Array.from(
      { length: 500 },
      (_, n) => `a${n}: signIn(input: $input) { userErrors { code } }`,
    );
    const source = `mutation ($input: SignInInput!) { ${aliases.join("\n")} }`;
    const { data } = await ask(source, { email: jeannesForm.email, password: "faux" });
    const told = Object.values(data as object).map((each) => at(each, "userErrors.0.code"));
    expect(told.filter((code) => code === "EMAIL_OR_PASSWORD_WRONG")).toHaveLength(10);
    expect(told.filter((code) => code === "TOO_MANY_ATTEMPTS")).toHaveLength(490);
  });
});

describe("a viewer", () => {
  it("is null when nobody is signed in", async () => {
    expect(await ask(me)).toEqual({ data: { viewer: null } });
  });
  it("has no person where the landlord's system no longer knows them", async () => {
    await anAccount(desk);
    const { viewer } = await aSession(desk);
    const moved = { ...viewer, personKeys: ["p-gone"] };
    expect(at(await ask(me, {}, { viewer: moved }), "data.viewer")).toMatchObject({ person: null });
  });
  it("is still shown when that system is down", async () => {
    await anAccount(desk);
    const { viewer } = await aSession(desk);
    desk.erp.down = true;
    const { data, errors } = await ask(me, {}, { viewer });
    expect(at(data, "viewer")).toMatchObject({ email: jeannesForm.email, person: null });
    expect(errors).toMatchObject([
      { path: ["viewer", "person"], extensions: { code: "UNAVAILABLE" } },
    ]);
  });
  it("goes on with a refresh token, and signs out", async () => {
    await anAccount(desk);
    const { session, viewer } = await aSession(desk);
    const refreshed = await ask(refreshing, { refreshToken: session.refreshToken });
    expect(at(refreshed, "data.refreshSession.userErrors")).toEqual([]);
    expect((await ask("mutation { signOut { signedOut } }", {}, { viewer })).data).toEqual({
      signOut: { signedOut: true },
    });
    const refreshToken = at(refreshed, "data.refreshSession.session.refreshToken");
    expect(at(await ask(refreshing, { refreshToken }), "data.refreshSession")).toEqual({
      session: null,
      userErrors: [{ code: "SESSION_ENDED", field: ["refreshToken"] }],
    });
  });
  it("is needed for what is personal", async () => {
    const personal = [
      "mutation { signOut { signedOut } }",
      `mutation { changePassword(input: { currentPassword: "a", newPassword: "b" }) { changed } }`,
      `mutation { changeEmail(input: { newEmail: "a@example.fr", currentPassword: "b" }) { sentTo } }`,
    ];
    for (const source of personal) {
      expect((await ask(source)).errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
    }
  });
});

describe("a landlord", () => {
  it("shows whatever a portal needs to draw itself, to anybody", async () => {
    const source = `{ landlord {
      id name kind brandColour website capabilities
      contacts { role phone email address hours }
      registrationForm {
        fields { name label help pattern example required }
        consents { id version label url required }
        confirmationHours
      }
      passwordPolicy { minLength maxLength minUpper minLower minDigits minSpecial minClasses entropyBits }
      documentKinds { kind availableFrom }
    } }`;
    const { data, errors } = await ask(source, {}, { language: "en" });
    expect(errors).toBeUndefined();
    expect(at(data, "landlord")).toMatchObject({
      id: "beau-sejour",
      kind: "SOCIAL",
      capabilities: ["CREDENTIALS", "PERSONS", "PROFESSIONAL_SITUATIONS", "REGISTRATIONS", "ROLES"],
      contacts: [
        { role: "Head office", address: ["1 rue du Port"], phone: null },
        { role: "Reception" },
      ],
      passwordPolicy: {
        minLength: 10,
        maxLength: 200,
        minDigits: 2,
        minSpecial: 1,
        entropyBits: 55,
      },
      documentKinds: [],
    });
    const form = at(data, "landlord.registrationForm");
    expect(at(form, "fields.0")).toEqual({
      name: "reference",
      label: "Customer reference",
      help: "Top of the rent notice",
      pattern: "^\\d{7}$",
      example: "1234567",
      required: true,
    });
    expect(at(form, "fields")).toHaveLength(8);
    expect(at(form, "consents")).toMatchObject([{ id: "terms" }, { id: "news" }]);
    expect(at(form, "confirmationHours")).toBe(24);
  });
  it("tells from when on documents of a kind exist, where its system serves them", async () => {
    const served = ["rentNotices", "rentReceipts"];
    const ports = { ...desk.context().ports, served };
    const source = "{ landlord { capabilities documentKinds { kind availableFrom } } }";
    expect(at(await ask(source, {}, { ports }), "data.landlord")).toEqual({
      capabilities: ["RENT_NOTICES", "RENT_RECEIPTS"],
      documentKinds: [
        { kind: "RENT_NOTICE", availableFrom: "2023-11-01" },
        { kind: "RENT_RECEIPT", availableFrom: null },
      ],
    });
  });
});

describe("an entity asked for by its id", () => {
  const entities = `query ($input: [_Any!]!) {
    _entities(representations: $input) { ... on Person { displayName } ... on Viewer { email } ... on Landlord { name } }
  }`;
  it("is the viewer's own, or nothing", async () => {
    await anAccount(desk);
    const { viewer } = await aSession(desk);
    const { ids } = desk.context();
    const input = [
      { __typename: "Person", id: ids.seal("Person", "p-jeanne") },
      { __typename: "Person", id: ids.seal("Person", "p-paul") },
      { __typename: "Person", id: "p-jeanne" },
      { __typename: "Viewer", id: ids.seal("Viewer", viewer.accountId) },
      { __typename: "Viewer", id: ids.seal("Viewer", "another") },
      { __typename: "Landlord", id: "beau-sejour" },
      { __typename: "Landlord", id: "elsewhere" },
    ];
    expect(at(await ask(entities, input, { viewer }), "data._entities")).toEqual([
      { displayName: "JEANNE MOREAU" },
      null,
      null,
      { email: "jeanne@example.fr" },
      null,
      { name: "Office Beau Séjour & Fils" },
      null,
    ]);
    expect(at(await ask(entities, input.slice(0, 5)), "data._entities")).toEqual(
      Array(5).fill(null),
    );
  });
});

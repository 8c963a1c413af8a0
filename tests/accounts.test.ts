import {
  SignJWT,
  UnsecuredJWT,
  createRemoteJWKSet,
  decodeJwt,
  generateKeyPair,
  jwtVerify,
} from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Demo } from "../mocks/demo/start.ts";

import { client, operation, type Client } from "./support/client.ts";
import { createClock } from "./support/clock.ts";
import { everyOddity, frontOf, startTestDemo, type OddityName } from "./support/demo.ts";
import { linkIn, mailTo, mailsTo, openPage, pressButton } from "./support/mails.ts";

const clock = createClock();
let demo: Demo;
beforeAll(async () => {
  demo = await startTestDemo({ now: clock.now });
});
afterAll(() => demo?.stop());

const me = "query { viewer { email } }";
const newPassword = "Grand-Large+2031";

interface Session {
  accessToken: string;
  refreshToken: string;
  expiresAt: string;
  sessionExpiresAt: string;
}

const front = (landlord = "la-rochelle") => frontOf(demo, landlord);
const accountOf = (oddity: OddityName, landlord = "la-rochelle") =>
  demo.accounts.find((one) => one.landlord === landlord && one.oddity === everyOddity[oddity])!;

const signIn = async (email: string, password: string, landlord?: string) => {
  const { data } = await front(landlord)(operation("F06-sign-in"), { email, password });
  return data.signIn as { session: Session | null; userErrors: object[] };
};
async function sessionOf(oddity: OddityName, landlord?: string): Promise<Session> {
  const { email, password } = accountOf(oddity, landlord);
  return (await signIn(email, password, landlord)).session!;
}
const refresh = async (refreshToken: string, landlord?: string) => {
  const { data } = await front(landlord)(operation("F06-refresh-session"), { refreshToken });
  return data.refreshSession as { session: Session | null; userErrors: object[] };
};
const ended = {
  session: null,
  userErrors: [{ code: "SESSION_ENDED", field: ["refreshToken"], message: expect.any(String) }],
};

/** Refused before anything is executed, as JSON. */
async function expectRefused(asking: Client, status: number): Promise<void> {
  const answer = await asking(me);
  expect(answer.status).toBe(status);
  expect(answer.data ?? null).toBeNull();
  expect(answer.errors).toHaveLength(1);
  expect(answer.errors![0]!.extensions).toMatchObject({ code: "FORBIDDEN", retryable: false });
  expect(answer.errors![0]!.extensions.requestId).toMatch(/^[\da-f-]{36}$/);
}

describe("F06 signing in", () => {
  test("answers an unknown address and a wrong password alike", async () => {
    const { email } = accountOf("debt");
    const wrong = await signIn(email, "Demo-Trousseau-2027");
    const unknown = await signIn("personne@example.org", "Demo-Trousseau-2027");
    expect(wrong).toEqual(unknown);
    expect(wrong).toMatchObject({
      session: null,
      userErrors: [{ code: "EMAIL_OR_PASSWORD_WRONG", field: ["password"] }],
    });
  });

  test("does not mind how the address is written, and minds how the password is", async () => {
    const { email, password } = accountOf("debt");
    expect((await signIn(` ${email.toUpperCase()} `, password)).session).not.toBeNull();
    expect((await signIn(email, password.toLowerCase())).session).toBeNull();
  });

  test("A-16 with a password of any length or kind is answered, and with none but the right one opens", async () => {
    const { email, password } = accountOf("debt");
    for (const typed of [
      "x".repeat(200_000),
      `${password}\0`,
      `${password}\0more`,
      `${password}😀`,
      `${password}${" ".repeat(73)}`,
      "\ud800",
      "😀".repeat(400),
    ]) {
      expect((await signIn(email, typed)).session).toBeNull();
    }
    const { status } = await front()(operation("F06-sign-in"), {
      email,
      password: "x".repeat(1_000_000),
    });
    expect(status).toBe(413);
    expect((await signIn(email, password)).session).not.toBeNull();
  });

  test("A-14 at one landlord is worth nothing at the other", async () => {
    const { email, password } = accountOf("debt");
    expect((await signIn(email, `${password} `, "chartres")).session).toBeNull();
    const { accessToken, refreshToken } = await sessionOf("debt");
    await expectRefused(front("chartres").as(accessToken), 403);
    expect(await refresh(refreshToken, "chartres")).toEqual(ended);
    expect((await front().as(accessToken)(me)).data.viewer.email).toBe(email);
  });

  test("A-07 after many wrong passwords has to wait; the right one works after the pause", async () => {
    const { email, password } = accountOf("zero");
    for (let guess = 0; guess < 10; guess += 1) {
      expect((await signIn(email, `wrong ${guess}`)).userErrors).toMatchObject([
        { code: "EMAIL_OR_PASSWORD_WRONG" },
      ]);
    }
    const denied = await signIn(email, password);
    expect(denied).toMatchObject({
      session: null,
      userErrors: [
        { code: "TOO_MANY_ATTEMPTS", message: expect.stringMatching(/Réessayez dans \d+ min/) },
      ],
    });
    await clock.later(16, async () =>
      expect((await signIn(email, password)).session).not.toBeNull(),
    );
  });

  test("A-08 counts what is tried many times over in one operation", async () => {
    const { email } = accountOf("credit");
    const fields = [1, 2, 3, 4, 5].map(
      (i) => `a${i}: signIn(input: { email: $email, password: "wrong" }) { userErrors { code } }`,
    );
    const codes: string[] = [];
    for (let asked = 0; asked < 3; asked += 1) {
      const text = `mutation($email: String!) { ${fields.join(" ")} }`;
      const { data } = await front()(text, { email });
      const answers = Object.values(data as Record<string, { userErrors: { code: string }[] }>);
      codes.push(...answers.map(({ userErrors }) => userErrors[0]!.code));
    }
    expect(codes.filter((code) => code === "EMAIL_OR_PASSWORD_WRONG")).toHaveLength(10);
    expect(codes.filter((code) => code === "TOO_MANY_ATTEMPTS")).toHaveLength(5);
  });
});

describe("F06 a session", () => {
  const sessionIn = (session: Session | null) => decodeJwt(session!.accessToken)["sid"];

  test("A-11 is a new one, whatever the request that opened it brought along", async () => {
    const { email, password } = accountOf("accents");
    const mine = await sessionOf("accents");
    const planted = await sessionOf("particle");
    const cookie = `session=${planted.refreshToken}; sid=${String(sessionIn(planted))}`;
    const seen = new Set([sessionIn(mine), sessionIn(planted)]);
    const bringing = [front().as(mine.accessToken), front().as(planted.accessToken)];
    const answers = [
      ...bringing.map((asking) => asking(operation("F06-sign-in"), { email, password })),
      client({ url: demo.url, landlord: "la-rochelle", headers: { cookie } })(
        operation("F06-sign-in"),
        { email, password },
      ),
    ];
    for (const { data } of await Promise.all(answers)) {
      const { session } = data.signIn as { session: Session };
      expect(seen).not.toContain(sessionIn(session));
      seen.add(sessionIn(session));
      const { data: now } = await front().as(session.accessToken)(me);
      expect(now.viewer.email).toBe(email);
    }
    const { data: still } = await front().as(planted.accessToken)(me);
    expect(still.viewer.email).toBe(accountOf("particle").email);
  });

  test("goes on with each refresh; a refresh token works once, and a second use ends it all", async () => {
    const first = await sessionOf("accents");
    const second = (await refresh(first.refreshToken)).session!;
    expect(second.refreshToken).not.toBe(first.refreshToken);
    expect(second.sessionExpiresAt).toBe(first.sessionExpiresAt);
    expect((await front().as(second.accessToken)(me)).status).toBe(200);
    await clock.later(1, async () => {
      expect(await refresh(first.refreshToken)).toEqual(ended);
      expect(await refresh(second.refreshToken)).toEqual(ended);
    });
    await expectRefused(front().as(second.accessToken), 401);
  });

  test("that two tabs refresh at the same moment goes on", async () => {
    const { refreshToken } = await sessionOf("accents");
    const tabs = await Promise.all([refresh(refreshToken), refresh(refreshToken)]);
    expect(tabs.map(({ userErrors }) => userErrors)).toEqual([[], []]);
  });

  test("ends at once when the person signs out, and the person's other sessions go on", async () => {
    const [here, there] = [await sessionOf("accents"), await sessionOf("accents")];
    const { data } = await front().as(here.accessToken)(operation("F06-sign-out"));
    expect(data.signOut).toEqual({ signedOut: true });
    await expectRefused(front().as(here.accessToken), 401);
    expect(await refresh(here.refreshToken)).toEqual(ended);
    expect((await front().as(there.accessToken)(me)).status).toBe(200);
    await front().as(there.accessToken)(operation("F06-sign-out"), { everywhere: true });
    await expectRefused(front().as(there.accessToken), 401);
  });

  test("outlives its access token, which can be refreshed, but not its own end", async () => {
    const { accessToken, refreshToken } = await sessionOf("accents");
    await clock.later(11, async () => {
      await expectRefused(front().as(accessToken), 401);
      const { session } = await refresh(refreshToken);
      expect((await front().as(session!.accessToken)(me)).status).toBe(200);
    });
    const other = await sessionOf("accents");
    await clock.later(13 * 60, async () =>
      expect(await refresh(other.refreshToken)).toEqual(ended),
    );
  });
});

describe("an access token", () => {
  const keysOf = () => new URL("/.well-known/jwks.json", demo.url);

  test("can be verified with the published keys, and says whose it is and for whom", async () => {
    const { accessToken, expiresAt } = await sessionOf("particle", "chartres");
    const { payload, protectedHeader } = await jwtVerify(
      accessToken,
      createRemoteJWKSet(keysOf()),
      { issuer: demo.url, audience: "chartres", typ: "at+jwt" },
    );
    expect(protectedHeader.alg).toBe("EdDSA");
    expect(payload.exp! * 1000).toBe(Date.parse(expiresAt));
    expect(Object.keys(payload).toSorted()).toEqual(
      ["aud", "exp", "iat", "iss", "jti", "sid", "sub"].toSorted(),
    );
    expect(JSON.stringify(await (await fetch(keysOf())).json())).not.toContain('"d":');
  });

  test("A-12 that was forged is refused, in whichever way", async () => {
    const { accessToken } = await sessionOf("particle");
    const claims = decodeJwt(accessToken);
    const [header, body, signature] = accessToken.split(".") as [string, string, string];
    const { kid } = JSON.parse(Buffer.from(header, "base64url").toString()) as { kid: string };
    const jwks = (await (await fetch(keysOf())).json()) as { keys: { kid: string; x: string }[] };
    const publicKey = Buffer.from(jwks.keys.find((key) => key.kid === kid)!.x, "base64url");
    const { privateKey } = await generateKeyPair("EdDSA");
    const typ = "at+jwt";
    const sign = (alg: string, key: Parameters<SignJWT["sign"]>[0]) =>
      new SignJWT(claims).setProtectedHeader({ alg, kid, typ }).sign(key);
    const none = new UnsecuredJWT(claims).encode();
    const bare = Buffer.from(JSON.stringify({ alg: "none", kid, typ })).toString("base64url");
    const changed = Buffer.from(JSON.stringify({ ...claims, aud: "chartres" }));
    const forged = {
      "of alg none": none,
      "of alg none, with our header": `${bare}.${body}.`,
      "of alg none, with a signature": `${bare}.${body}.${signature}`,
      "signed with another key": await sign("EdDSA", privateKey),
      "signed with the public key as a secret": await sign("HS256", publicKey),
      "with other claims": `${header}.${changed.toString("base64url")}.${signature}`,
      "without a signature": `${header}.${body}.`,
      "with half of its signature": `${header}.${body}.${signature.slice(0, 43)}`,
      "that is none": "a.b.c",
      "that is a word": "token",
    };
    for (const token of Object.values(forged)) await expectRefused(front().as(token), 401);
    expect((await front().as(accessToken)(me)).status).toBe(200);
  });

  test("is asked for by what is personal, and by nothing else", async () => {
    const { data, errors } = await front()(`{ landlord { id } viewer { email } }`);
    expect(data.landlord.id).toBe("la-rochelle");
    expect(data.viewer ?? null).toBeNull();
    for (const { extensions } of errors ?? []) expect(extensions.code).toBe("FORBIDDEN");
  });
});

describe("F09 a forgotten password", () => {
  const ask = async (email: string, landlord?: string) => {
    const { data } = await front(landlord)(operation("F09-request-password-reset"), { email });
    return data.requestPasswordReset as object;
  };

  test("A-09 A-03 is replaced by the page behind a mail; old sessions and the old password are gone", async () => {
    const { email, password } = accountOf("large", "chartres");
    const before = await sessionOf("large", "chartres");
    expect(await ask(email, "chartres")).toEqual({ accepted: true, userErrors: [] });
    const { page } = linkIn(await mailTo(demo, email));
    expect(await (await openPage(page)).text()).toContain("Nouveau mot de passe");

    const weak = await pressButton(page, { newPassword: "abc" });
    expect(weak.status).toBe(422);
    const told = await weak.text();
    expect(told).toContain("au moins 8 caractères");
    expect(told).toContain('name="newPassword"');
    expect((await front("chartres").as(before.accessToken)(me)).status).toBe(200);

    const done = await pressButton(page, { newPassword });
    expect(done.status).toBe(200);
    expect(await done.text()).toContain("Votre mot de passe est changé");
    await expectRefused(front("chartres").as(before.accessToken), 401);
    expect(await refresh(before.refreshToken, "chartres")).toEqual(ended);
    expect((await signIn(email, password, "chartres")).session).toBeNull();
    expect((await signIn(email, newPassword, "chartres")).session).not.toBeNull();
    expect((await mailTo(demo, email, 2)).subject).toMatch(/^Votre mot de passe a été changé/);

    const again = await pressButton(page, { newPassword: `${newPassword}!` });
    expect(again.status).toBe(422);
    expect((await signIn(email, `${newPassword}!`, "chartres")).session).toBeNull();
  });

  test("A-02 of an unknown address gets the same answer, and no mail", async () => {
    const { email } = accountOf("single");
    expect(await ask("personne.du.tout@example.org")).toEqual(await ask(email));
    await mailTo(demo, email);
    expect(await mailsTo(demo, "personne.du.tout@example.org")).toEqual([]);
  });

  test("A-04 needs a link that is in time, the newest, and of this landlord", async () => {
    const { email } = accountOf("upcoming");
    await ask(email);
    const first = linkIn(await mailTo(demo, email));
    await ask(email);
    const second = linkIn(await mailTo(demo, email, 2));
    const reset = async (token: string, landlord?: string) => {
      const { data } = await front(landlord)(operation("F09-reset-password"), {
        token,
        newPassword,
      });
      return data.resetPassword as { changed: boolean; userErrors: { code: string }[] };
    };
    expect(await reset(second.token, "chartres")).toMatchObject({
      changed: false,
      userErrors: [{ code: "LINK_UNKNOWN" }],
    });
    expect((await reset(first.token)).changed).toBe(false);
    await clock.later(61, async () =>
      expect(await reset(second.token)).toMatchObject({
        changed: false,
        userErrors: [{ code: "LINK_EXPIRED" }],
      }),
    );
    expect(await reset(second.token)).toEqual({ changed: true, userErrors: [] });
  });
});

describe("F10 in the account's settings", () => {
  test("A-10 a change of address is confirmed at the new one; until then the old one works", async () => {
    const { email: old, password } = accountOf("birthSurname");
    const newEmail = "nouvelle.adresse@example.org";
    const session = await sessionOf("birthSurname");
    const signedIn = front().as(session.accessToken);
    const change = async (currentPassword: string) => {
      const { data } = await signedIn(operation("F10-change-email"), { newEmail, currentPassword });
      return data.changeEmail as object;
    };
    expect(await change("not mine")).toMatchObject({
      sentTo: null,
      userErrors: [{ code: "CURRENT_PASSWORD_WRONG", field: ["currentPassword"] }],
    });
    expect(await mailsTo(demo, newEmail)).toEqual([]);
    expect(await change(password)).toMatchObject({ sentTo: newEmail, userErrors: [] });

    const notice = await mailTo(demo, old);
    expect(notice.subject).toMatch(/^Changement d'adresse demandé/);
    expect(notice.links.filter((link) => link.includes("/links/"))).toEqual([]);
    const { page } = linkIn(await mailTo(demo, newEmail));
    await openPage(page);
    expect((await signIn(old, password)).session).not.toBeNull();
    expect((await signIn(newEmail, password)).session).toBeNull();

    expect(await (await pressButton(page)).text()).toContain("Votre adresse est changée");
    expect((await signIn(old, password)).session).toBeNull();
    expect((await signIn(newEmail, password)).session).not.toBeNull();
    expect((await signedIn(me)).data.viewer.email).toBe(newEmail);
    expect((await pressButton(page)).status).toBe(422);
  });

  test("an address that somebody else has cannot be taken, and the answer does not tell", async () => {
    const { email: taken } = accountOf("cotenantFirst");
    const { password } = accountOf("cotenantSecond");
    const { accessToken } = await sessionOf("cotenantSecond");
    const { data } = await front().as(accessToken)(operation("F10-change-email"), {
      newEmail: taken,
      currentPassword: password,
    });
    expect(data.changeEmail).toMatchObject({ sentTo: taken, userErrors: [] });
    const mail = await mailTo(demo, taken);
    expect(mail.subject).toMatch(/^Cette adresse a déjà un compte/);
    expect(mail.links.filter((link) => link.includes("/links/"))).toEqual([]);
  });

  test("A-09 a new password ends the other sessions, and not this one", async () => {
    const { email, password } = accountOf("twoSurnames");
    const [here, there] = [await sessionOf("twoSurnames"), await sessionOf("twoSurnames")];
    const signedIn = front().as(here.accessToken);
    const change = async (variables: object) => {
      const { data } = await signedIn(operation("F10-change-password"), variables);
      return data.changePassword as { changed: boolean; userErrors: { code: string }[] };
    };
    expect(await change({ currentPassword: "not mine", newPassword })).toMatchObject({
      changed: false,
      userErrors: [{ code: "CURRENT_PASSWORD_WRONG" }],
    });
    expect(await change({ currentPassword: password, newPassword: password })).toMatchObject({
      changed: false,
      userErrors: [{ code: "PASSWORD_UNCHANGED" }],
    });
    expect(await change({ currentPassword: password, newPassword })).toEqual({
      changed: true,
      userErrors: [],
    });
    expect((await signedIn(me)).status).toBe(200);
    expect((await refresh(here.refreshToken)).session).not.toBeNull();
    await expectRefused(front().as(there.accessToken), 401);
    expect(await refresh(there.refreshToken)).toEqual(ended);
    expect((await signIn(email, password)).session).toBeNull();
    expect((await signIn(email, newPassword)).session).not.toBeNull();
    expect((await mailTo(demo, email)).subject).toMatch(/^Votre mot de passe a été changé/);
  });

  test("needs a session", async () => {
    const { errors } = await front()(operation("F10-change-password"), {
      currentPassword: "a",
      newPassword,
    });
    expect(errors!.map(({ extensions }) => extensions.code)).toEqual(["FORBIDDEN"]);
  });
});

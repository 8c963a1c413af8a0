/** Signing in by an account elsewhere, with a provider that is real, and with one that lies. */
import { Writable } from "node:stream";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Demo } from "../mocks/demo/start.ts";
import { openBrowser } from "./support/browser.ts";
import { operation, signIn, type Client } from "./support/client.ts";
import { createClock } from "./support/clock.ts";
import { frontOf, startTestDemo } from "./support/demo.ts";
import { startLiar, type Liar } from "./support/liar.ts";
import { mailTo, mailsTo } from "./support/mails.ts";
import { beginSignIn, codeOf, linkTo, newSecrets, signInBy, travel } from "./support/social.ts";

const landlord = "immo-paris";
const providers = ["google", "facebook", "linkedin", "x"];
const clock = createClock();
const logged: string[] = [];
const logTo = new Writable({
  write: (chunk, _encoding, done) => {
    logged.push(String(chunk));
    done();
  },
});

let demo: Demo;
let liar: Liar;
let front: Client;
beforeAll(async () => {
  liar = await startLiar("chartres-google");
  const environment = {
    TROUSSEAU_LOG_LEVEL: "info",
    CHARTRES_GOOGLE_ISSUER: liar.url,
    CHARTRES_X_AUTHORIZATION: `${liar.url}/auth`,
    CHARTRES_X_TOKEN: `${liar.url}/x-token`,
    CHARTRES_X_USERINFO: `${liar.url}/2/users/me`,
  };
  demo = await startTestDemo({ environment, now: clock.now, logTo });
  front = frontOf(demo, landlord);
});
afterAll(async () => {
  await demo?.stop();
  await liar?.close();
});

const codesOf = (payload: { userErrors: { code: string }[] }) =>
  payload.userErrors.map(({ code }) => code);

/** Somebody of the demo, signed in with the password. */
async function somebody(index: number, at = landlord) {
  const { email, password } = demo.accounts.filter((one) => one.landlord === at)[index]!;
  return { email, password, front: await signIn(frontOf(demo, at), email, password) };
}

const link = (who: Awaited<ReturnType<typeof somebody>>, provider: string, login: string | null) =>
  linkTo(demo, who.front, { provider, login, currentPassword: who.password });

const unlink = async (who: { front: Client }, provider: string) =>
  (await who.front(operation("F08-unlink-social-account"), { provider })).data.unlinkSocialAccount;

const complete = async (keys: object, at = front) =>
  (await at(operation("F08-complete-social-sign-in"), keys)).data.completeSocialSignIn;

describe.each(providers)("by %s", (provider) => {
  test("a linked account leads to its owner, until it is unlinked; each change is told by mail", async () => {
    const owner = await somebody(0);
    const before = (await mailsTo(demo, owner.email)).length;
    const linked = await link(owner, provider, "helene");
    expect(linked.userErrors).toEqual([]);
    expect(linked.socialAccounts).toMatchObject([{ provider, label: expect.any(String) }]);
    expect((await mailTo(demo, owner.email, before + 1)).subject).toContain("activée");

    const { session, userErrors } = await signInBy(demo, front, provider, "helene");
    expect(userErrors).toEqual([]);
    const seen = await front.as(session.accessToken)(operation("F08-social-accounts"));
    expect(seen.data.viewer.socialAccounts).toEqual(linked.socialAccounts);
    const { data } = await front.as(session.accessToken)("{ viewer { email } }");
    expect(data.viewer.email).toBe(owner.email);

    expect(await unlink(owner, provider)).toEqual({ socialAccounts: [], userErrors: [] });
    expect((await mailTo(demo, owner.email, before + 2)).subject).toContain("désactivée");
    const after = await signInBy(demo, front, provider, "helene");
    expect(after.session).toBeNull();
    expect(codesOf(after)).toEqual(["SOCIAL_ACCOUNT_UNKNOWN"]);
    expect(codesOf(await unlink(owner, provider))).toEqual(["SOCIAL_NOT_LINKED"]);
  });

  test("somebody who goes back at the provider is told so, and nothing else happens", async () => {
    const { session, userErrors } = await signInBy(demo, front, provider, null);
    expect(session).toBeNull();
    expect(userErrors).toMatchObject([{ code: "SOCIAL_CANCELLED", field: null }]);
    const owner = await somebody(0);
    expect(codesOf(await link(owner, provider, null))).toEqual(["SOCIAL_CANCELLED"]);
  });
});

test("the landlord says which providers there are, for its buttons", async () => {
  const { data } = await front(operation("B01-landlord"));
  expect(data.landlord.capabilities).toContain("SOCIAL_SIGN_IN");
  expect(data.landlord.socialProviders).toEqual([
    { name: "google", label: "Google" },
    { name: "facebook", label: "Facebook" },
    { name: "linkedin", label: "LinkedIn" },
    { name: "x", label: "X (Twitter)" },
  ]);
});

test("somebody unknown is told, in French first, to sign in and link", async () => {
  const { userErrors } = await signInBy(demo, front, "google", "ines");
  expect(userErrors[0].message).toMatch(/^Ce compte Google n'est pas encore lié.*mot de passe/);
});

describe("linking", () => {
  let owner: Awaited<ReturnType<typeof somebody>>;
  let other: Awaited<ReturnType<typeof somebody>>;
  beforeAll(async () => {
    [owner, other] = [await somebody(0), await somebody(1)];
    const before = (await mailsTo(demo, owner.email)).length;
    await link(owner, "google", "karim");
    await mailTo(demo, owner.email, before + 1);
  });
  afterAll(() => unlink(owner, "google"));

  test("takes the current password", async () => {
    const wrong = { ...other, password: "not it" };
    expect(codesOf(await link(wrong, "google", "ines"))).toEqual(["CURRENT_PASSWORD_WRONG"]);
  });

  test("does not take an account elsewhere away from whoever has it", async () => {
    expect(codesOf(await link(other, "google", "karim"))).toEqual(["SOCIAL_ACCOUNT_TAKEN"]);
  });

  test("keeps to one account of each provider, and may be done again", async () => {
    const before = (await mailsTo(demo, owner.email)).length;
    expect(codesOf(await link(owner, "google", "ines"))).toEqual(["SOCIAL_ALREADY_LINKED"]);
    expect(codesOf(await link(owner, "google", "karim"))).toEqual([]);
    expect(await mailsTo(demo, owner.email)).toHaveLength(before);
  });

  test("of one landlord's account is nothing at another's", async () => {
    const { id } = (await demo.gateway.house.store.accounts.byEmail(landlord, owner.email))!;
    const linked = await demo.gateway.house.store.socialIdentities.ofAccount(landlord, id);
    expect(linked.map(({ provider }) => provider)).toEqual(["google"]);
    const elsewhere = await demo.gateway.house.store.socialIdentities.ofAccount("chartres", id);
    expect(elsewhere).toEqual([]);
  });

  test("ends with the account that began it: not another's, not a sign-in", async () => {
    const { verifier, challenge } = newSecrets();
    const begun = await other.front(operation("F08-begin-social-link"), {
      provider: "x",
      challenge,
      currentPassword: other.password,
    });
    const keys = {
      code: codeOf(await travel(demo, begun.data.beginSocialLink.url, "ines")),
      verifier,
    };
    const asOwner = await owner.front(operation("F08-link-social-account"), keys);
    expect(codesOf(asOwner.data.linkSocialAccount)).toEqual(["SOCIAL_CODE_INVALID"]);
    expect(codesOf(await complete(keys))).toEqual(["SOCIAL_CODE_INVALID"]);
    const right = await other.front(operation("F08-link-social-account"), keys);
    expect(codesOf(right.data.linkSocialAccount)).toEqual([]);
    await unlink(other, "x");
  });

  test.each(["F08-begin-social-link", "F08-link-social-account", "F08-unlink-social-account"])(
    "%s is for those who are signed in",
    async (name) => {
      const all = { provider: "x", challenge: "c", currentPassword: "p", code: "c", verifier: "v" };
      const text = operation(name);
      const asked = Object.entries(all).filter(([key]) => text.includes(`$${key}:`));
      const { errors } = await front(text, Object.fromEntries(asked));
      expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    },
  );
});

describe("a code that comes back to the portal", () => {
  let owner: Awaited<ReturnType<typeof somebody>>;
  beforeAll(async () => {
    owner = await somebody(0);
    await link(owner, "google", "karim");
  });
  afterAll(() => unlink(owner, "google"));

  async function goAndBack() {
    const secrets = newSecrets();
    const back = await travel(demo, await beginSignIn(front, "google", secrets), "karim");
    return { code: codeOf(back), verifier: secrets.verifier, back };
  }

  test("stands alone in the landlord's own address: no token, no name", async () => {
    const { back } = await goAndBack();
    expect(back.url.origin + back.url.pathname).toBe(`${demo.url}/demo/return`);
    expect([...back.url.searchParams.keys()]).toEqual(["code"]);
  });

  test("is worth nothing to a thief without the verifier, and still good for the owner, once", async () => {
    const { code, verifier } = await goAndBack();
    const stolen = await complete({ code, verifier: newSecrets().verifier });
    expect(stolen.session).toBeNull();
    expect(codesOf(stolen)).toEqual(["SOCIAL_CODE_INVALID"]);
    const elsewhere = await complete({ code, verifier }, frontOf(demo, "chartres"));
    expect(codesOf(elsewhere)).toEqual(["SOCIAL_CODE_INVALID"]);
    expect((await complete({ code, verifier })).session).not.toBeNull();
    expect(codesOf(await complete({ code, verifier }))).toEqual(["SOCIAL_CODE_INVALID"]);
  });

  test("is good for one of two that redeem it at once", async () => {
    const { code, verifier } = await goAndBack();
    const both = await Promise.all([complete({ code, verifier }), complete({ code, verifier })]);
    expect(both.filter(({ session }) => session !== null)).toHaveLength(1);
  });

  test("is good for two minutes", async () => {
    const { code, verifier } = await goAndBack();
    const late = await clock.later(3, () => complete({ code, verifier }));
    expect(codesOf(late)).toEqual(["SOCIAL_CODE_INVALID"]);
  });

  test("and what the provider said stay out of the log", () => {
    const text = logged.join("");
    expect(text).toContain("/social/:landlord/:provider/callback");
    expect(text).not.toMatch(/state=|code=|115002846610937254481|karim/);
  });
});

describe("a state", () => {
  const begin = () => beginSignIn(front, "google", newSecrets());
  const callbackOf = (begun: string, provider = "google", at = landlord) => {
    const state = new URL(begun).searchParams.get("state")!;
    return `${demo.url}/social/${at}/${provider}/callback?${new URLSearchParams({ state, code: "c" })}`;
  };
  const outcome = async (address: string) => {
    const answer = await fetch(address, { redirect: "manual" });
    return { status: answer.status, text: await answer.text() };
  };

  test("is good for one return", async () => {
    const begun = await begin();
    codeOf(await travel(demo, begun, "karim"));
    const again = await outcome(callbackOf(begun));
    expect(again.status).toBe(400);
    expect(again.text).toContain("Recommencez");
    expect((await outcome(begun)).status).toBe(400);
  });

  test("lets a person set out again who went back before choosing", async () => {
    const begun = await begin();
    expect((await outcome(begun)).status).toBe(302);
    codeOf(await travel(demo, begun, "karim"));
  });

  test.each([
    ["another landlord", "google", "chartres"],
    ["another provider", "facebook", landlord],
  ])("is nothing at %s", async (_where, provider, at) => {
    expect((await outcome(callbackOf(await begin(), provider, at))).status).toBe(400);
  });

  test("is over after ten minutes", async () => {
    const begun = await begin();
    const late = await clock.later(11, () => travel(demo, begun, "karim"));
    expect(late.status).toBe(400);
  });

  test.each(["", "?state=", "?state=nonsense&code=c", "?state=a&state=b"])(
    "that is none (%s) leads to a page that says so",
    async (query) => {
      const { status, text } = await outcome(
        `${demo.url}/social/${landlord}/google/callback${query}`,
      );
      expect(status).toBe(400);
      expect(text).toContain("IMMO Paris");
    },
  );

  test("is needed for a landlord and a provider that there are", async () => {
    for (const path of ["nobody/google", `${landlord}/github`, "ivry/google"]) {
      expect((await outcome(`${demo.url}/social/${path}?state=a`)).status).toBe(404);
    }
  });
});

describe("what cannot be begun", () => {
  const begin = async (at: string, provider: string, challenge: string) => {
    const variables = { provider, challenge };
    return (await frontOf(demo, at)(operation("F08-begin-social-sign-in"), variables)).errors?.[0]
      ?.extensions.code;
  };
  const { challenge } = newSecrets();

  test.each([
    ["at a landlord without social sign-in", "ivry", "google", challenge, "NOT_SUPPORTED"],
    ["by a provider that is not offered", "chartres", "facebook", challenge, "NOT_SUPPORTED"],
    ["with a challenge that is no SHA-256", landlord, "google", "short", "INVALID_INPUT"],
  ])("%s", async (_what, at, provider, typed, code) => {
    expect(await begin(at, provider, typed)).toBe(code);
  });

  test("nothing is listed where there is none", async () => {
    const ivry = await somebody(0, "ivry");
    const { data, errors } = await ivry.front(operation("F08-social-accounts"));
    expect(data.landlord.socialProviders).toEqual([]);
    expect(data.viewer.socialAccounts).toBeNull();
    expect(errors?.[0]?.extensions.code).toBe("NOT_SUPPORTED");
  });
});

describe("a provider that", () => {
  const chartres = () => frontOf(demo, "chartres");
  beforeEach(() => liar.say({}));

  /** Goes to the liar and back, with whatever it then says. `nonce`: put into its claims. */
  async function signInByLiar(provider: string, lie: Parameters<Liar["say"]>[0], nonce = true) {
    const { verifier, challenge } = newSecrets();
    const begun = await beginSignIn(chartres(), provider, { verifier, challenge });
    const sent = await fetch(begun, { redirect: "manual" });
    const asked = new URL(sent.headers.get("location")!).searchParams;
    const own = nonce ? { nonce: asked.get("nonce") } : {};
    liar.say({ ...lie, claims: { ...own, ...lie.claims } });
    const query = new URLSearchParams({ state: asked.get("state")!, code: "c" });
    const back = await openBrowser().open(
      `${asked.get("redirect_uri")}?${query}`,
      `${demo.url}/demo/return`,
    );
    return complete({ code: codeOf(back), verifier }, chartres());
  }

  test("says the truth is believed", async () => {
    expect(codesOf(await signInByLiar("google", {}))).toEqual(["SOCIAL_ACCOUNT_UNKNOWN"]);
    const told = await signInByLiar("x", { userinfo: { data: { id: "1" } } });
    expect(codesOf(told)).toEqual(["SOCIAL_ACCOUNT_UNKNOWN"]);
  });

  const past = Math.floor(Date.now() / 1000) - 3600;
  test.each([
    ["repeats another nonce", { claims: { nonce: "another" } }],
    ["repeats none", {}, false],
    ["signs as another issuer", { claims: { iss: "https://accounts.google.com" } }],
    ["means another client", { claims: { aud: "another-portal" } }],
    ["signs with another key", { forged: true }],
    ["shows an old token", { claims: { iat: past - 60, exp: past } }],
    ["names nobody", { claims: { sub: "" } }],
    ["refuses the code", { status: 400 }],
    ["sends elsewhere", { status: 302, to: "http://127.0.0.1:1/token" }],
  ] as [string, Parameters<Liar["say"]>[0], boolean?][])(
    "%s is not believed",
    async (_what, lie, nonce) => {
      const { session, userErrors } = await signInByLiar("google", lie, nonce);
      expect(session).toBeNull();
      expect(codesOf({ userErrors })).toEqual(["SOCIAL_REFUSED"]);
    },
  );

  test.each([
    ["nothing", {}],
    ["an id at another place", { id: "1" }],
    ["an empty id", { data: { id: "" } }],
    ["an id that is no text", { data: { id: { is: 1 } } }],
    ["an inherited name", { data: [] }],
    ["more than anybody would", { data: { id: "1" }, more: "m".repeat(600_000) }],
  ])("says of the person %s is not believed", async (_what, userinfo) => {
    expect(codesOf(await signInByLiar("x", { userinfo }))).toEqual(["SOCIAL_REFUSED"]);
  });

  test("fails is told to be away, and may be tried again", async () => {
    const down = await signInByLiar("google", { status: 503 });
    expect(codesOf(down)).toEqual(["SOCIAL_UNAVAILABLE"]);
    expect(down.userErrors[0].message).toContain("Google ne répond pas");
    expect(codesOf(await signInByLiar("google", {}))).toEqual(["SOCIAL_ACCOUNT_UNKNOWN"]);
  });

  test("is away from the beginning is told to be, without a detour", async () => {
    // What was discovered earlier is forgotten after an hour.
    const answer = await clock.later(61, async () => {
      liar.say({ status: 503 });
      const { verifier, challenge } = newSecrets();
      const begun = await beginSignIn(chartres(), "google", { verifier, challenge });
      const back = await openBrowser().open(begun, `${demo.url}/demo/return`);
      return complete({ code: codeOf(back), verifier }, chartres());
    });
    expect(codesOf(answer)).toEqual(["SOCIAL_UNAVAILABLE"]);
  });
});

import { SignJWT, UnsecuredJWT, decodeJwt, generateKeyPair } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStore, type Store } from "../../store/store.ts";
import { issueAccessToken, verifyAccessToken } from "./tokens.ts";

const issuer = "https://api.example";
const now = new Date("2026-11-20T12:00:00Z");
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const claims = { landlord: "here", accountId: "a1", sessionId: "s1" };

let store: Store;
let token: string;
beforeAll(async () => {
  store = await openStore({ url: "sqlite::memory:", secret: new Uint8Array(32), now: () => now });
  ({ token } = await issueAccessToken(store, { issuer, ...claims, now }));
});
afterAll(() => store.close());

test("a token says who signed in, where, and in which session", async () => {
  expect(await verifyAccessToken(store, token, { issuer, now })).toEqual(claims);
  expect(decodeJwt(token)).toMatchObject({ iss: issuer, aud: "here", sub: "a1", sid: "s1" });
});

describe("A-05 a token is good for ten minutes", () => {
  test("a second before its end, seen before or not", async () => {
    const { token: fresh } = await issueAccessToken(store, { issuer, ...claims, now });
    const almost = new Date(later(10).getTime() - 1_000);
    expect(await verifyAccessToken(store, fresh, { issuer, now: almost })).toEqual(claims);
    expect(await verifyAccessToken(store, fresh, { issuer, now: almost })).toEqual(claims);
  });

  test("not a second after it, seen before or not", async () => {
    const { token: fresh } = await issueAccessToken(store, { issuer, ...claims, now });
    const past = new Date(later(10).getTime() + 1_000);
    expect(await verifyAccessToken(store, fresh, { issuer, now: past })).toBeNull();
    await verifyAccessToken(store, fresh, { issuer, now });
    expect(await verifyAccessToken(store, fresh, { issuer, now: past })).toBeNull();
  });
});

describe("is no token of this house:", () => {
  const draft = (header: object, sid = "s1") =>
    new SignJWT({ sid })
      .setProtectedHeader({ alg: "EdDSA", typ: "at+jwt", ...header })
      .setIssuer(issuer)
      .setAudience("here")
      .setSubject("a1");

  /** Signed with the house's own key, right but for what `alter` changes. */
  const ownBut = async (alter: (jwt: SignJWT) => SignJWT, header: object = {}) => {
    const { kid, privateKey } = await store.keys.current();
    return alter(draft({ kid, ...header }).setExpirationTime(later(5))).sign(privateKey);
  };

  const forged = async () => {
    const { privateKey } = await generateKeyPair("EdDSA");
    const { kid } = await store.keys.current();
    return draft({ kid }).setExpirationTime(later(5)).sign(privateKey);
  };

  const endless = async () => {
    const { kid, privateKey } = await store.keys.current();
    return draft({ kid }).sign(privateKey);
  };

  test("but the draft of the following ones is a good one", async () => {
    const good = await ownBut((jwt) => jwt);
    expect(await verifyAccessToken(store, good, { issuer, now })).toEqual(claims);
  });

  test.each<[string, () => Promise<string> | string]>([
    ["one signed with another key", forged],
    ["one without signature", () => new UnsecuredJWT({ sid: "s1" }).setSubject("a1").encode()],
    ["one of another issuer", () => ownBut((jwt) => jwt.setIssuer("https://other.example"))],
    ["one of another type", () => ownBut((jwt) => jwt, { typ: "JWT" })],
    ["one for several landlords", () => ownBut((jwt) => jwt.setAudience(["here", "there"]))],
    ["one without an end", endless],
    ["one whose signature was cut", () => token.slice(0, -4)],
    [
      "one whose claims were changed",
      () => token.replace(/\.[^.]+\./, `.${Buffer.from('{"aud":"there"}').toString("base64url")}.`),
    ],
    ["nothing", () => ""],
    ["any text", () => "a.b.c"],
  ])("%s", async (_what, make) => {
    const made = await make();
    expect(await verifyAccessToken(store, made, { issuer, now })).toBeNull();
  });
});

test("keys that were rotated still verify what they signed", async () => {
  await store.keys.rotate();
  expect(await verifyAccessToken(store, token, { issuer, now })).toEqual(claims);
});

import { KeyObject, createHmac, sign } from "node:crypto";
import { SignJWT, UnsecuredJWT, decodeJwt, exportJWK, generateKeyPair } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStore, type Store } from "../../store/store.ts";
import { issueAccessToken, verifyAccessToken } from "./tokens.ts";

const issuer = "https://api.example";
const now = new Date("2026-11-20T12:00:00Z");
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const order = { landlord: "here", accountId: "a1", sessionId: "s1" };
const claims = { ...order, staffId: null };

let store: Store;
let token: string;
beforeAll(async () => {
  store = await openStore({ url: "sqlite::memory:", secret: new Uint8Array(32), now: () => now });
  ({ token } = await issueAccessToken(store, { issuer, ...order, now }));
});
afterAll(() => store.close());

test("a token says who signed in, where, and in which session", async () => {
  expect(await verifyAccessToken(store, token, { issuer, now })).toEqual(claims);
  expect(decodeJwt(token)).toMatchObject({ iss: issuer, aud: "here", sub: "a1", sid: "s1" });
});

describe("A-05 a token is good for ten minutes", () => {
  test("a second before its end, seen before or not", async () => {
    const { token: fresh } = await issueAccessToken(store, { issuer, ...order, now });
    const almost = new Date(later(10).getTime() - 1_000);
    expect(await verifyAccessToken(store, fresh, { issuer, now: almost })).toEqual(claims);
    expect(await verifyAccessToken(store, fresh, { issuer, now: almost })).toEqual(claims);
  });

  test("not a second after it, seen before or not", async () => {
    const { token: fresh } = await issueAccessToken(store, { issuer, ...order, now });
    const past = new Date(later(10).getTime() + 1_000);
    expect(await verifyAccessToken(store, fresh, { issuer, now: past })).toBeNull();
    await verifyAccessToken(store, fresh, { issuer, now });
    expect(await verifyAccessToken(store, fresh, { issuer, now: past })).toBeNull();
  });
});

describe("B-12 a token of a support view", () => {
  const support = { staffId: "s1", endsAt: later(30) };

  test("says who acts, and for whom, and ends with the view", async () => {
    const { token: fresh, expiresAt } = await issueAccessToken(store, {
      issuer,
      ...order,
      now,
      support,
    });
    expect(expiresAt).toEqual(later(30));
    expect(decodeJwt(fresh)).toMatchObject({ sub: "a1", sid: "s1", act: { sub: "s1" } });
    const seen = { ...claims, staffId: "s1" };
    expect(await verifyAccessToken(store, fresh, { issuer, now: later(29) })).toEqual(seen);
    expect(await verifyAccessToken(store, fresh, { issuer, now: later(30) })).toBeNull();
  });
});

describe("A-12 is no token of this house:", () => {
  const draft = (header: object, more: object = {}) =>
    new SignJWT({ sid: "s1", ...more })
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

  const acting = async (act: unknown) => {
    const { kid, privateKey } = await store.keys.current();
    return draft({ kid }, { act }).setExpirationTime(later(5)).sign(privateKey);
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
    ["one of somebody who acts for nobody knows whom", () => acting({})],
    ["one of somebody who acts by a name alone", () => acting("s1")],
    [
      "B-13 one of somebody who acts through another",
      () => acting({ sub: "s1", act: { sub: "s2" } }),
    ],
    ["nothing", () => ""],
    ["any text", () => "a.b.c"],
  ])("%s", async (_what, make) => {
    const made = await make();
    expect(await verifyAccessToken(store, made, { issuer, now })).toBeNull();
  });
});

describe("A-12 no token passes", () => {
  const json = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const parts = () => token.split(".") as [string, string, string];
  const refused = async (made: string) =>
    expect(await verifyAccessToken(store, made, { issuer, now }), made).toBeNull();

  test("with any one of its characters changed, left out or doubled", async () => {
    for (let at = 0; at < token.length; at += 1) {
      const before = token.slice(0, at);
      const other = token[at] === "A" ? "B" : "A";
      await refused(before + other + token.slice(at + 1));
      await refused(before + token.slice(at + 1));
      await refused(before + token[at] + token.slice(at));
    }
  });

  test("spelt otherwise, though it holds the same bytes", async () => {
    const [header, body, signature] = parts();
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const last = alphabet.indexOf(signature.at(-1)!);
    await refused(token.slice(0, -1) + alphabet[last + 1]);
    for (const made of [`${token}=`, `${token}==`, ` ${token}`, `${token}\n`, `${token}\0`]) {
      await refused(made);
    }
    for (const [at, part] of [header, body, signature].entries()) {
      const spelt = parts();
      spelt[at] = `${part.slice(0, 4)}\n${part.slice(4)}`;
      await refused(spelt.join("."));
      spelt[at] = Buffer.from(part, "base64url").toString("base64");
      if (spelt[at] !== part) await refused(spelt.join("."));
    }
    await refused(`${token}.`);
    await refused(`.${token}`);
    await refused(`${header}.${body}.${signature}.${signature}.${signature}`);
    await refused(JSON.stringify({ protected: header, payload: body, signature }));
  });

  test("whose signature fits by another writing of the same number", async () => {
    const [header, body, signature] = parts();
    const bytes = Buffer.from(signature, "base64url");
    // The order of the curve, added to S: RFC 8032 has S below it.
    const order = 2n ** 252n + 27742317777372353535851937790883648493n;
    const read = BigInt(`0x${Buffer.from(bytes.subarray(32)).reverse().toString("hex")}`);
    const more = (read + order).toString(16).padStart(64, "0");
    const twin = Buffer.concat([bytes.subarray(0, 32), Buffer.from(more, "hex").reverse()]);
    await refused(`${header}.${body}.${twin.toString("base64url")}`);
    for (const trivial of [Buffer.alloc(64), Buffer.alloc(0), Buffer.concat([bytes, bytes])]) {
      await refused(`${header}.${body}.${trivial.toString("base64url")}`);
    }
  });

  test("whose header names another algorithm or brings its own key", async () => {
    const own = await generateKeyPair("EdDSA");
    const { kid, privateKey } = await store.keys.current();
    const [house] = (await store.keys.jwks()).keys;
    const mine = await exportJWK(own.publicKey);
    const usual = { alg: "EdDSA", typ: "at+jwt", kid };
    const payload = parts()[1];
    const signedBy = (key: CryptoKey | KeyObject, header: object) => {
      const input = `${json(header)}.${payload}`;
      const secret = key instanceof KeyObject ? key : KeyObject.from(key);
      return `${input}.${sign(null, Buffer.from(input), secret).toString("base64url")}`;
    };
    expect(await verifyAccessToken(store, signedBy(privateKey, usual), { issuer, now })).toEqual(
      claims,
    );
    const algorithms = ["none", "None", "NONE", "", "eddsa", "Ed448", "HS256", "ES256", "RS256"];
    for (const alg of [...algorithms, null, 0, ["EdDSA"], { alg: "EdDSA" }]) {
      await refused(signedBy(privateKey, { ...usual, alg }));
      await refused(`${json({ ...usual, alg })}.${payload}.`);
    }
    for (const brought of [
      { jwk: mine },
      { jku: "https://keys.example/jwks" },
      { x5u: "https://keys.example/cert" },
      { x5c: ["MIIB"] },
      { kid: mine.x },
      { kid: undefined },
      { kid: [kid] },
      { kid: `../${kid}` },
    ]) {
      await refused(signedBy(own.privateKey, { ...usual, ...brought }));
    }
    for (const changed of [{ crit: ["b64"], b64: false }, { crit: ["exp"] }, { crit: [] }]) {
      await refused(signedBy(privateKey, { ...usual, ...changed }));
    }
    for (const alg of ["HS256", "HS384", "HS512"]) {
      const input = `${json({ ...usual, alg })}.${payload}`;
      for (const secret of [Buffer.from(house!.x!, "base64url"), JSON.stringify(house), ""]) {
        const hash = createHmac(`sha${alg.slice(2)}`, secret)
          .update(input)
          .digest("base64url");
        await refused(`${input}.${hash}`);
      }
    }
  });
});

test("keys that were rotated still verify what they signed", async () => {
  await store.keys.rotate();
  expect(await verifyAccessToken(store, token, { issuer, now })).toEqual(claims);
});

import {
  SignJWT,
  createLocalJWKSet,
  decodeProtectedHeader,
  errors,
  jwtVerify,
  type JSONWebKeySet,
} from "jose";
import { randomUUID } from "node:crypto";
import type { Store } from "../../store/store.ts";

/** How long an access token is good for. A session that ended makes it worthless before. */
export const accessTokenMinutes = 10;

export interface AccessTokenOrder {
  /** Where this gateway is reached from outside: the `iss` claim. */
  readonly issuer: string;
  /** The landlord's id: the `aud` claim. */
  readonly landlord: string;
  readonly accountId: string;
  readonly sessionId: string;
  readonly now: Date;
}

export async function issueAccessToken(
  store: Store,
  order: AccessTokenOrder,
): Promise<{ token: string; expiresAt: Date }> {
  const { kid, alg, privateKey } = await store.keys.current();
  const issued = Math.floor(order.now.getTime() / 1000);
  const expires = issued + accessTokenMinutes * 60;
  const token = await new SignJWT({ sid: order.sessionId })
    .setProtectedHeader({ alg, kid, typ: "at+jwt" })
    .setIssuer(order.issuer)
    .setAudience(order.landlord)
    .setSubject(order.accountId)
    .setJti(randomUUID())
    .setIssuedAt(issued)
    .setExpirationTime(expires)
    .sign(privateKey);
  return { token, expiresAt: new Date(expires * 1000) };
}

/** The store gives the same object while the keys are the same: they are imported once. */
const keySets = new WeakMap<JSONWebKeySet, ReturnType<typeof createLocalJWKSet>>();

function keySetOf(jwks: JSONWebKeySet): ReturnType<typeof createLocalJWKSet> {
  const known = keySets.get(jwks);
  if (known) return known;
  const made = createLocalJWKSet(jwks);
  keySets.set(jwks, made);
  return made;
}

export interface AccessClaims {
  readonly landlord: string;
  readonly accountId: string;
  readonly sessionId: string;
}

/**
 * The claims of a token that this house signed, that has not expired, for whichever landlord; null
 * for anything else. The caller compares the landlord.
 */
export async function verifyAccessToken(
  store: Store,
  token: string,
  expected: { issuer: string; now: Date },
): Promise<AccessClaims | null> {
  try {
    const keys = keySetOf(await store.keys.jwks());
    if (decodeProtectedHeader(token).alg !== "EdDSA") return null;
    const { payload } = await jwtVerify(token, keys, {
      issuer: expected.issuer,
      algorithms: ["EdDSA"],
      typ: "at+jwt",
      requiredClaims: ["aud", "sub", "sid", "exp"],
      currentDate: expected.now,
    });
    const { aud, sub, sid } = payload;
    if (typeof aud !== "string" || typeof sub !== "string" || typeof sid !== "string") return null;
    return { landlord: aud, accountId: sub, sessionId: sid };
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) return null;
    throw error;
  }
}

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
  /**
   * Of a support view, whose id is then `sessionId`: whose account looks, in the claim `act` of RFC
   * 8693, and when it ends. There is no other token for the rest of it.
   */
  readonly support?: { readonly staffId: string; readonly endsAt: Date };
}

export async function issueAccessToken(
  store: Store,
  order: AccessTokenOrder,
): Promise<{ token: string; expiresAt: Date }> {
  const { kid, alg, privateKey } = await store.keys.current();
  const issued = Math.floor(order.now.getTime() / 1000);
  const { sessionId, support } = order;
  const expires = support
    ? Math.floor(support.endsAt.getTime() / 1000)
    : issued + accessTokenMinutes * 60;
  const token = await new SignJWT({
    sid: sessionId,
    ...(support && { act: { sub: support.staffId } }),
  })
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

export interface AccessClaims {
  readonly landlord: string;
  readonly accountId: string;
  /** Of a support view where there is a `staffId`. */
  readonly sessionId: string;
  /** Who looks at the account's space; null for its owner. */
  readonly staffId: string | null;
}

/**
 * The claims of a token that this house signed, that has not expired, for whichever landlord; null
 * for anything else. The caller compares the landlord, and asks whether the session still lives.
 */
export async function verifyAccessToken(
  store: Store,
  token: string,
  expected: { issuer: string; now: Date },
): Promise<AccessClaims | null> {
  const { keys, known } = verifierOf(await store.keys.jwks());
  const seen = known.get(token);
  const verified = seen ?? (await verify(token, keys, expected));
  if (
    !verified ||
    verified.expiresAt <= expected.now.getTime() ||
    verified.issuer !== expected.issuer
  )
    return null;
  if (!seen) remember(known, token, verified);
  return verified.claims;
}

interface Verified {
  readonly claims: AccessClaims;
  readonly issuer: string;
  readonly expiresAt: number;
}

interface Verifier {
  readonly keys: ReturnType<typeof createLocalJWKSet>;
  /** Tokens whose signature was found good: checking one costs more than the rest of a small query. */
  readonly known: Map<string, Verified>;
}

/** The store gives the same object while the keys are the same; other keys begin with nothing known. */
const verifiers = new WeakMap<JSONWebKeySet, Verifier>();

function verifierOf(jwks: JSONWebKeySet): Verifier {
  const found = verifiers.get(jwks);
  if (found) return found;
  const made: Verifier = { keys: createLocalJWKSet(jwks), known: new Map() };
  verifiers.set(jwks, made);
  return made;
}

const mostKnown = 10_000;

function remember(known: Verifier["known"], token: string, verified: Verified): void {
  if (known.size >= mostKnown) known.delete(known.keys().next().value!);
  known.set(token, verified);
}

/** Decoders forgive other spellings of the same bytes; a token has one only. */
function isSpeltOnce(token: string): boolean {
  const parts = token.split(".");
  return parts.every((part) => Buffer.from(part, "base64url").toString("base64url") === part);
}

async function verify(
  token: string,
  keys: Verifier["keys"],
  { issuer, now }: { issuer: string; now: Date },
): Promise<Verified | null> {
  try {
    if (!isSpeltOnce(token)) return null;
    if (decodeProtectedHeader(token).alg !== "EdDSA") return null;
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      algorithms: ["EdDSA"],
      typ: "at+jwt",
      requiredClaims: ["aud", "sub", "sid", "exp"],
      currentDate: now,
    });
    const { aud, sub, sid, exp, act } = payload;
    if (typeof aud !== "string" || typeof sub !== "string" || typeof sid !== "string") return null;
    const staffId = act === undefined ? null : actorIn(act);
    if (staffId === undefined) return null;
    const claims = { landlord: aud, accountId: sub, sessionId: sid, staffId };
    return { claims, issuer, expiresAt: exp! * 1000 };
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) return null;
    throw error;
  }
}

/** Who acts, by the claim `act`: nobody acts for somebody who acts. */
function actorIn(act: unknown): string | undefined {
  if (typeof act !== "object" || act === null || "act" in act || !("sub" in act)) return undefined;
  return typeof act.sub === "string" ? act.sub : undefined;
}

/**
 * A trip is what lies between "begin" and the person's return: to the gateway, from there to the
 * provider, back to the gateway, and back to the portal with a code that only the client that began
 * can redeem. Its state and its code are links of the store: used once, kept as hashes.
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import type { LinkOutcome } from "../../../store/links.ts";
import type { Store } from "../../../store/store.ts";
import type { RequestContext } from "../../kernel/context.ts";
import { fail } from "../../kernel/errors.ts";
import type { Landlord } from "../../kernel/landlord.ts";
import { socialLabel } from "../../kernel/social.ts";
import type { Fault } from "../messages.ts";

const minuteMs = 60_000;
/** Long enough for a second factor at the provider. */
const tripMs = 10 * minuteMs;
const handOverMs = 2 * minuteMs;

const purposes = ["SIGN_IN", "LINK"] as const;
type Purpose = (typeof purposes)[number];

const begun = {
  provider: z.string(),
  purpose: z.enum(purposes),
  /** Whose account is to be linked; null for a sign-in. */
  accountId: z.string().nullable(),
  rememberMe: z.boolean(),
  /** S256 of a verifier that never leaves the client that began, until it redeems the code. */
  challenge: z.string(),
};
const Trip = z.strictObject({ ...begun, nonce: z.string(), codeVerifier: z.string() });
export type Trip = z.infer<typeof Trip>;

export const tripFailures = ["CANCELLED", "UNAVAILABLE", "REFUSED"] as const;
/** UNAVAILABLE: the provider did not answer. REFUSED: it answered, but not so that it can be believed. */
export type TripFailure = (typeof tripFailures)[number];
const Arrived = z.union([
  z.strictObject({ subject: z.string() }),
  z.strictObject({ failure: z.enum(tripFailures) }),
]);
export type Arrived = z.infer<typeof Arrived>;

const HandOver = z.strictObject({ ...begun, arrived: Arrived });

type Needs = Pick<RequestContext, "landlord" | "store" | "now">;

/** The provider of that name. Throws NOT_SUPPORTED where the landlord has no such button. */
export function offeredProvider(context: RequestContext, name: string): string {
  const offered = context.landlord.socialSignIn?.providers.some(({ id }) => id === name);
  if (!offered) throw fail(context, "NOT_SUPPORTED");
  return name;
}

export function providerLabel({ socialSignIn }: Landlord, name: string): string {
  return socialLabel(socialSignIn?.providers.find(({ id }) => id === name) ?? { id: name });
}

interface NewTrip {
  readonly provider: string;
  readonly purpose: Purpose;
  readonly accountId: string | null;
  readonly rememberMe: boolean;
  readonly challenge: string;
}

/** What a client opens, in the browser that shall come back to it. */
export interface BegunTrip {
  readonly url: string;
  readonly expiresAt: Date;
}

/** Throws INVALID_INPUT for a challenge that is no SHA-256. */
export async function beginTrip(context: RequestContext, trip: NewTrip): Promise<BegunTrip> {
  const { landlord, store, now, publicUrl } = context;
  if (!/^[\w-]{43}$/.test(trip.challenge)) throw fail(context, "INVALID_INPUT");
  const expiresAt = new Date(now().getTime() + tripMs);
  const payload: Trip = { ...trip, nonce: randomText(), codeVerifier: randomText() };
  const state = await store.links.create(landlord.id, {
    purpose: "SOCIAL_TRIP",
    subject: payload.nonce,
    payload,
    expiresAt,
  });
  const asked = new URLSearchParams({ state });
  return { url: `${publicUrl}/social/${landlord.id}/${trip.provider}?${asked}`, expiresAt };
}

const randomText = () =>
  Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64url");

interface TripPlace {
  readonly landlord: string;
  readonly provider: string;
  readonly state: string;
}

/** The trip of that state, which goes on; null when it is over, or is another provider's. */
export async function lookAtTrip(store: Store, place: TripPlace): Promise<Trip | null> {
  return tripOf(await store.links.peek(place.landlord, "SOCIAL_TRIP", place.state), place);
}

/** The same, and it is over with that. */
export async function endTrip(store: Store, place: TripPlace): Promise<Trip | null> {
  return tripOf(await store.links.use(place.landlord, "SOCIAL_TRIP", place.state), place);
}

function tripOf(link: LinkOutcome, { provider }: TripPlace): Trip | null {
  if (link.outcome !== "OK") return null;
  const trip = Trip.parse(link.payload);
  return trip.provider === provider ? trip : null;
}

/** The code with which the client that began learns how the trip ended. */
export function createHandOver(
  { store, now }: Pick<Needs, "store" | "now">,
  landlord: string,
  { provider, purpose, accountId, rememberMe, challenge, nonce }: Trip,
  arrived: Arrived,
): Promise<string> {
  return store.links.create(landlord, {
    purpose: "SOCIAL_HAND_OVER",
    subject: nonce,
    payload: { provider, purpose, accountId, rememberMe, challenge, arrived },
    expiresAt: new Date(now().getTime() + handOverMs),
  });
}

export interface HandOverKeys {
  readonly code: string;
  /** What the challenge was made of. */
  readonly verifier: string;
}

export const handOverCodes = [
  "SOCIAL_CODE_INVALID",
  "SOCIAL_CANCELLED",
  "SOCIAL_UNAVAILABLE",
  "SOCIAL_REFUSED",
] as const;
type HandOverFault = Fault<(typeof handOverCodes)[number]>;

export interface Redeemed {
  readonly provider: string;
  readonly subject: string;
  readonly accountId: string | null;
  readonly rememberMe: boolean;
}

/**
 * Whom the provider says the person is. A code is good once, for its purpose, with its verifier;
 * somebody else's wrong try does not spend it. In the transaction of `store`.
 */
export async function redeemHandOver(
  store: Store,
  { landlord }: Pick<Needs, "landlord">,
  { code, verifier }: HandOverKeys,
  asked: { readonly purpose: Purpose; readonly accountId: string | null },
): Promise<Redeemed | { readonly fault: HandOverFault }> {
  const wrong: HandOverFault = { code: "SOCIAL_CODE_INVALID", field: ["code"] };
  const link = await store.links.peek(landlord.id, "SOCIAL_HAND_OVER", code);
  if (link.outcome !== "OK") return { fault: wrong };
  const { arrived, challenge, purpose, ...rest } = HandOver.parse(link.payload);
  const mine =
    purpose === asked.purpose &&
    rest.accountId === asked.accountId &&
    challenge === createHash("sha256").update(verifier).digest("base64url");
  if (!mine) return { fault: wrong };
  const { outcome } = await store.links.use(landlord.id, "SOCIAL_HAND_OVER", code);
  if (outcome !== "OK") return { fault: wrong };
  if ("subject" in arrived) return { ...rest, subject: arrived.subject };
  const label = providerLabel(landlord, rest.provider);
  return { fault: { code: `SOCIAL_${arrived.failure}`, field: [], values: { label } } };
}

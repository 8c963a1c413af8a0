import type { RequestContext } from "../../kernel/context.ts";
import { deniedUntil, tooMany } from "../../kernel/limits.ts";
import type { Fault } from "../messages.ts";
import { startSession, type SessionTokens } from "../sign-in.ts";
import {
  beginTrip,
  handOverCodes,
  offeredProvider,
  providerLabel,
  redeemHandOver,
  type BegunTrip,
  type HandOverKeys,
  type Redeemed,
} from "./trip.ts";

export const beginCodes = ["TOO_MANY_ATTEMPTS"] as const;
export type Begun = BegunTrip | { readonly faults: readonly Fault<(typeof beginCodes)[number]>[] };

export interface SocialSignInOrder {
  readonly provider: string;
  readonly challenge: string;
  readonly rememberMe: boolean;
}

/** Begins a sign-in by an account that the person has elsewhere. */
export async function beginSocialSignIn(
  context: RequestContext,
  { provider: name, challenge, rememberMe }: SocialSignInOrder,
): Promise<Begun> {
  const provider = offeredProvider(context, name);
  const until = await deniedUntil(context, [["signInByAddress", context.clientAddress]]);
  if (until) return { faults: [tooMany(context, until)] };
  const trip = { provider, purpose: "SIGN_IN", accountId: null, rememberMe, challenge } as const;
  return beginTrip(context, trip);
}

export const completeCodes = [
  ...handOverCodes,
  "SOCIAL_ACCOUNT_UNKNOWN",
  "TOO_MANY_ATTEMPTS",
] as const;
export type SociallySignedIn =
  | { readonly session: SessionTokens }
  | { readonly faults: readonly Fault<(typeof completeCodes)[number]>[] };

/**
 * Opens a session for whoever came back from the provider, if they linked that account before. That
 * the provider knows the same e-mail address is never enough.
 */
export async function completeSocialSignIn(
  context: RequestContext,
  keys: HandOverKeys,
): Promise<SociallySignedIn> {
  const { landlord, store, clientAddress } = context;
  const until = await deniedUntil(context, [["signInByAddress", clientAddress]]);
  if (until) return { faults: [tooMany(context, until)] };
  const redeemed = await store.transaction((bound) =>
    redeemHandOver(bound, context, keys, { purpose: "SIGN_IN", accountId: null }),
  );
  if ("fault" in redeemed) return { faults: [redeemed.fault] };
  const session = await sessionOf(context, redeemed);
  if (session) return { session };
  const label = providerLabel(landlord, redeemed.provider);
  return { faults: [{ code: "SOCIAL_ACCOUNT_UNKNOWN", field: [], values: { label } }] };
}

async function sessionOf(
  context: RequestContext,
  { provider, subject, rememberMe }: Redeemed,
): Promise<SessionTokens | null> {
  const { landlord, store } = context;
  const identity = { provider, subject };
  const accountId = await store.socialIdentities.accountOf(landlord.id, identity);
  if (accountId === null) return null;
  return startSession(
    context,
    { accountId, remember: rememberMe },
    // It may have been unlinked since.
    async (bound) => (await bound.socialIdentities.accountOf(landlord.id, identity)) === accountId,
  );
}

import type { Account } from "../../../store/accounts.ts";
import type { Store } from "../../../store/store.ts";
import type { RequestContext, Viewer } from "../../kernel/context.ts";
import { fail } from "../../kernel/errors.ts";
import { deniedUntil, tooMany } from "../../kernel/limits.ts";
import type { Fault } from "../messages.ts";
import { currentPasswordCodes, withCurrentPassword } from "../../kernel/current-password.ts";
import { post } from "../../kernel/post.ts";
import { socialLinked, socialUnlinked } from "./mails.ts";
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

export interface LinkedAccount {
  readonly provider: string;
  readonly label: string;
  readonly linkedAt: Date;
}

/** What the viewer's account is linked to, oldest first. Throws NOT_SUPPORTED where nothing can be. */
export async function ownSocialAccounts(
  context: RequestContext,
  { accountId }: Viewer,
): Promise<LinkedAccount[]> {
  const { landlord, store } = context;
  if (!landlord.socialSignIn) throw fail(context, "NOT_SUPPORTED");
  const linked = await store.socialIdentities.ofAccount(landlord.id, accountId);
  return linked.map((each) => ({ ...each, label: providerLabel(landlord, each.provider) }));
}

export const beginLinkCodes = currentPasswordCodes;
export type LinkBegun =
  | BegunTrip
  | { readonly faults: readonly Fault<(typeof beginLinkCodes)[number]>[] };

export interface SocialLinkOrder {
  readonly provider: string;
  readonly challenge: string;
  readonly currentPassword: string;
}

/** Begins to link the viewer's account: another way in, so the password is asked for again. */
export async function beginSocialLink(
  context: RequestContext,
  viewer: Viewer,
  { provider: name, challenge, currentPassword }: SocialLinkOrder,
): Promise<LinkBegun> {
  const provider = offeredProvider(context, name);
  const checked = await withCurrentPassword(context, viewer, currentPassword);
  if ("fault" in checked) return { faults: [checked.fault] };
  const { accountId } = viewer;
  return beginTrip(context, { provider, purpose: "LINK", accountId, rememberMe: false, challenge });
}

export const linkSocialCodes = [
  ...handOverCodes,
  "SOCIAL_ACCOUNT_TAKEN",
  "SOCIAL_ALREADY_LINKED",
  "TOO_MANY_ATTEMPTS",
] as const;
export type SocialLinked =
  | { readonly socialAccounts: readonly LinkedAccount[] }
  | { readonly faults: readonly Fault<(typeof linkSocialCodes)[number]>[] };

/** Links whoever came back from the provider to the account that began: all or nothing. */
export async function linkSocialAccount(
  context: RequestContext,
  viewer: Viewer,
  keys: HandOverKeys,
): Promise<SocialLinked> {
  const { store, clientAddress } = context;
  const { accountId } = viewer;
  const until = await deniedUntil(context, [["signInByAddress", clientAddress]]);
  if (until) return { faults: [tooMany(context, until)] };
  const fault = await store.transaction(async (bound) => {
    const redeemed = await redeemHandOver(bound, context, keys, { purpose: "LINK", accountId });
    return "fault" in redeemed ? redeemed.fault : link(context, bound, accountId, redeemed);
  });
  if (fault) return { faults: [fault] };
  return { socialAccounts: await ownSocialAccounts(context, viewer) };
}

async function link(
  context: RequestContext,
  bound: Store,
  accountId: string,
  { provider, subject }: Redeemed,
): Promise<Fault<"SOCIAL_ACCOUNT_TAKEN" | "SOCIAL_ALREADY_LINKED"> | null> {
  const { landlord } = context;
  const account = await bound.accounts.hold(landlord.id, accountId);
  if (!account) throw fail(context, "FORBIDDEN");
  const identity = { provider, subject };
  const outcome = await bound.socialIdentities.link(landlord.id, accountId, identity);
  if (outcome === "OK") await tell(context, bound, account, provider, socialLinked);
  if (outcome === "OK" || outcome === "SAME") return null;
  const values = { label: providerLabel(landlord, provider) };
  if (outcome === "SUBJECT_TAKEN") return { code: "SOCIAL_ACCOUNT_TAKEN", field: [], values };
  return { code: "SOCIAL_ALREADY_LINKED", field: [], values };
}

export const unlinkSocialCodes = ["SOCIAL_NOT_LINKED"] as const;
export type SocialUnlinked =
  | { readonly socialAccounts: readonly LinkedAccount[] }
  | { readonly faults: readonly Fault<(typeof unlinkSocialCodes)[number]>[] };

/** The password remains: nobody is locked out by this. Also for a provider that is no longer offered. */
export async function unlinkSocialAccount(
  context: RequestContext,
  viewer: Viewer,
  { provider }: { readonly provider: string },
): Promise<SocialUnlinked> {
  const { landlord, store } = context;
  if (!landlord.socialSignIn) throw fail(context, "NOT_SUPPORTED");
  const unlinked = await store.transaction(async (bound) => {
    // Held, so that a sign-in by it comes wholly before or after.
    const account = await bound.accounts.hold(landlord.id, viewer.accountId);
    if (!account) return false;
    const was = await bound.socialIdentities.unlink(landlord.id, account.id, provider);
    if (was) await tell(context, bound, account, provider, socialUnlinked);
    return was;
  });
  if (unlinked) return { socialAccounts: await ownSocialAccounts(context, viewer) };
  const values = { label: providerLabel(landlord, provider) };
  return { faults: [{ code: "SOCIAL_NOT_LINKED", field: ["provider"], values }] };
}

function tell(
  { landlord }: RequestContext,
  bound: Store,
  { email, language }: Account,
  provider: string,
  write: typeof socialLinked,
): Promise<void> {
  const body = write(landlord, language, { label: providerLabel(landlord, provider) });
  return post(bound, landlord, email, body);
}

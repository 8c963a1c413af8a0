import type { Account } from "../../store/accounts.ts";
import type { Store } from "../../store/store.ts";
import type { RequestContext } from "../kernel/context.ts";
import { issueAccessToken } from "../kernel/tokens.ts";
import { emailKey } from "./email.ts";
import { deniedUntil, forget, tooMany, type Try } from "../kernel/limits.ts";
import type { Fault } from "./messages.ts";
import { accountNamed } from "./named.ts";
import { nobodysHash, passwordFits } from "../kernel/password-hash.ts";

type Needs = Pick<RequestContext, "landlord" | "store" | "now" | "publicUrl" | "clientAddress">;

/** What a client keeps of a session. */
export interface SessionTokens {
  /** For the `Authorization` header. */
  readonly accessToken: string;
  /** Good once, for the next pair. */
  readonly refreshToken: string;
  /** When the access token ends. */
  readonly expiresAt: Date;
  /** When the session ends, refreshed or not. */
  readonly sessionExpiresAt: Date;
}

export const signInCodes = ["EMAIL_OR_PASSWORD_WRONG", "TOO_MANY_ATTEMPTS"] as const;
export type SignedIn =
  | { readonly session: SessionTokens }
  | { readonly faults: readonly Fault<(typeof signInCodes)[number]>[] };

export interface Credentials {
  /** Or the identifier that the landlord gave, where it gives them. */
  readonly email: string;
  readonly password: string;
  readonly rememberMe: boolean;
}

/** What the account's owner is no longer held to after showing who they are. */
export function signInTries(email: string, clientAddress: string): Try[] {
  return [
    ["signInFromAddress", emailKey(email), clientAddress],
    ["signInToAccount", emailKey(email)],
  ];
}

const otherwise = {
  fr: ", ou choisissez « Mot de passe oublié » pour ne pas attendre",
  en: ", or choose “Forgotten password” so as not to wait",
};

/**
 * Opens a session. An unknown address and a wrong password get the same answer after the same work,
 * and count alike.
 */
export async function signIn(context: Needs, typed: Credentials): Promise<SignedIn> {
  const { clientAddress } = context;
  const account = await accountNamed(context, typed.email);
  // Whichever way an account is named, the tries are the same ones.
  const tries = signInTries(account?.email ?? typed.email, clientAddress);
  const until = await deniedUntil(context, [["signInByAddress", clientAddress], ...tries]);
  if (until) return { faults: [tooMany(context, until, otherwise)] };
  const fits = await passwordFits(typed.password, account?.passwordHash ?? nobodysHash);
  const session = account && fits ? await signInTo(context, account, typed.rememberMe) : null;
  if (!session) return { faults: [{ code: "EMAIL_OR_PASSWORD_WRONG", field: ["password"] }] };
  await forget(context, tries);
  return { session };
}

/** Null when the password was changed since it was compared: its sessions have been ended by that. */
function signInTo(context: Needs, account: Account, remember: boolean) {
  return startSession(
    context,
    { accountId: account.id, remember },
    async (_bound, current) => current.passwordHash === account.passwordHash,
  );
}

/** Null when `stillGood` says no of the account as it is, held, in the session's own transaction. */
export async function startSession(
  context: Needs,
  { accountId, remember }: { readonly accountId: string; readonly remember: boolean },
  stillGood: (bound: Store, current: Account) => Promise<boolean>,
): Promise<SessionTokens | null> {
  const { landlord, store, now } = context;
  const { hours, rememberDays } = landlord.session;
  const lastsHours = remember ? rememberDays * 24 : hours;
  const expiresAt = new Date(now().getTime() + lastsHours * 3_600_000);
  const started = await store.transaction(async (bound) => {
    const current = await bound.accounts.hold(landlord.id, accountId);
    if (!current || !(await stillGood(bound, current))) return null;
    return bound.sessions.start(landlord.id, accountId, { expiresAt, remember });
  });
  return started && tokensOf(context, { ...started, accountId, expiresAt });
}

interface Session {
  readonly accountId: string;
  readonly sessionId: string;
  readonly refreshToken: string;
  readonly expiresAt: Date;
}

async function tokensOf(context: Needs, session: Session): Promise<SessionTokens> {
  const { accountId, sessionId, refreshToken, expiresAt: sessionExpiresAt } = session;
  const { landlord, store, publicUrl, now } = context;
  const order = { issuer: publicUrl, landlord: landlord.id, accountId, sessionId, now: now() };
  const { token, expiresAt } = await issueAccessToken(store, order);
  return { accessToken: token, refreshToken, expiresAt, sessionExpiresAt };
}

export const refreshCodes = ["SESSION_ENDED"] as const;
export type Refreshed =
  | { readonly session: SessionTokens }
  | { readonly faults: readonly Fault<(typeof refreshCodes)[number]>[] };

/** The next pair of tokens. A refresh token that comes a second time ends its session. */
export async function refreshSession(
  context: Needs,
  { refreshToken }: { readonly refreshToken: string },
): Promise<Refreshed> {
  const refreshed = await context.store.sessions.refresh(context.landlord.id, refreshToken);
  if (refreshed.outcome === "OK") return { session: await tokensOf(context, refreshed) };
  return { faults: [{ code: "SESSION_ENDED", field: ["refreshToken"] }] };
}

/** Ends the viewer's session or, `everywhere`, all of the account's. */
export async function signOut(
  { landlord, store }: Pick<RequestContext, "landlord" | "store">,
  viewer: { readonly accountId: string; readonly sessionId: string },
  everywhere: boolean,
): Promise<void> {
  if (everywhere) await store.sessions.endAll(landlord.id, viewer.accountId);
  else await store.sessions.end(landlord.id, viewer.sessionId);
}

import { randomUUID } from "node:crypto";
import { randomToken, sha256 } from "./cipher.ts";
import { inTransaction, type Db } from "./database.ts";
import { endViewsOf } from "./support-views.ts";
import { noteUse } from "./unused-accounts.ts";

/** Two tabs may refresh with one token at once: for so long the second gets a fresh one too. */
const graceMs = 10_000;

interface StartedSession {
  readonly sessionId: string;
  /** 256 random bits; only its hash is kept. */
  readonly refreshToken: string;
}

interface RefreshedSession extends StartedSession {
  readonly accountId: string;
  readonly expiresAt: Date;
  readonly remember: boolean;
}

/**
 * UNKNOWN: never given by this landlord, or of a session that ended. REUSED: it was good once; as
 * somebody else may have it, its session has been ended. EXPIRED: the session's time is over.
 */
export type RefreshOutcome =
  | ({ readonly outcome: "OK" } & RefreshedSession)
  | { readonly outcome: "UNKNOWN" | "REUSED" | "EXPIRED" };

export interface LiveSession {
  readonly accountId: string;
  readonly email: string;
  readonly personKeys: readonly string[];
}

export interface Sessions {
  /** `remember` is kept for the cookie that a gateway may set. The account is one of `landlord`'s. */
  start(
    landlord: string,
    accountId: string,
    options: { expiresAt: Date; remember: boolean },
  ): Promise<StartedSession>;
  /** Each refresh token is good once, for the next one. Refreshing does not prolong the session. */
  refresh(landlord: string, refreshToken: string): Promise<RefreshOutcome>;
  /** Whose session it is; null when it ended, expired, or is not of this landlord. One query. */
  alive(landlord: string, sessionId: string): Promise<LiveSession | null>;
  /** Support views that were begun in it end too. */
  end(landlord: string, sessionId: string): Promise<void>;
  /** Ends every session of the account, but for `exceptSessionId`. */
  endAll(landlord: string, accountId: string, exceptSessionId?: string): Promise<void>;
}

export function createSessions(db: Db, now: () => Date): Sessions {
  return {
    start: (landlord, accountId, options) =>
      inTransaction(db, (trx) => start(trx, now(), landlord, accountId, options)),
    refresh: async (landlord, refreshToken) => {
      const at = now().getTime();
      const outcome = await inTransaction(db, (trx) =>
        refresh(trx, at, landlord, sha256(refreshToken)),
      );
      // Afterwards: an erasure takes the account first, then its sessions.
      if (outcome.outcome === "OK") await noteUse(db, at, landlord, outcome.accountId);
      return outcome;
    },
    alive: (landlord, sessionId) => alive(db, now().getTime(), landlord, sessionId),
    end: (landlord, sessionId) =>
      inTransaction(db, (trx) => end(trx, now().getTime(), landlord, sessionId)),
    endAll: (landlord, accountId, exceptSessionId) =>
      inTransaction(db, (trx) =>
        endAll(trx, now().getTime(), { landlord, accountId, exceptSessionId }),
      ),
  };
}

async function start(
  trx: Db,
  at: Date,
  landlord: string,
  accountId: string,
  options: { expiresAt: Date; remember: boolean },
): Promise<StartedSession> {
  const sessionId = randomUUID();
  await noteUse(trx, at.getTime(), landlord, accountId);
  await trx
    .insertInto("sessions")
    .values({
      id: sessionId,
      landlord,
      account_id: accountId,
      remember: options.remember ? 1 : 0,
      created_at: at.getTime(),
      refreshed_at: at.getTime(),
      expires_at: options.expiresAt.getTime(),
      ended_at: null,
    })
    .execute();
  return { sessionId, refreshToken: await giveToken(trx, sessionId, null) };
}

async function giveToken(trx: Db, sessionId: string, parentHash: string | null): Promise<string> {
  const token = randomToken();
  await trx
    .insertInto("refresh_tokens")
    .values({
      token_hash: sha256(token),
      session_id: sessionId,
      parent_hash: parentHash,
      used_at: null,
    })
    .execute();
  return token;
}

async function refresh(
  trx: Db,
  at: number,
  landlord: string,
  tokenHash: string,
): Promise<RefreshOutcome> {
  const session = await lockSession(trx, at, landlord, tokenHash);
  if (!session) return { outcome: "UNKNOWN" };
  if (session.expires_at <= at) return { outcome: "EXPIRED" };
  if (!(await takeToken(trx, at, tokenHash))) {
    await end(trx, at, landlord, session.id);
    return { outcome: "REUSED" };
  }
  return {
    outcome: "OK",
    sessionId: session.id,
    refreshToken: await giveToken(trx, session.id, tokenHash),
    accountId: session.account_id,
    expiresAt: new Date(session.expires_at),
    remember: session.remember === 1,
  };
}

/** Writing to the session's row makes parallel refreshes of one session wait for each other. */
function lockSession(trx: Db, at: number, landlord: string, tokenHash: string) {
  return trx
    .updateTable("sessions")
    .set({ refreshed_at: at })
    .where("landlord", "=", landlord)
    .where("ended_at", "is", null)
    .where("id", "=", (query) =>
      query.selectFrom("refresh_tokens").select("session_id").where("token_hash", "=", tokenHash),
    )
    .returning(["id", "account_id", "expires_at", "remember"])
    .executeTakeFirst();
}

/**
 * Whether the token may still be exchanged. The first use also uses up the other tokens that its
 * parent gave within the grace: of two tabs one goes on, and a thief's copy shows itself.
 */
async function takeToken(trx: Db, at: number, tokenHash: string): Promise<boolean> {
  const token = await trx
    .selectFrom("refresh_tokens")
    .select(["parent_hash", "used_at"])
    .where("token_hash", "=", tokenHash)
    .executeTakeFirstOrThrow();
  if (token.used_at !== null) return at - token.used_at < graceMs;
  await trx
    .updateTable("refresh_tokens")
    .set({ used_at: at })
    .where("used_at", "is", null)
    .where((where) =>
      token.parent_hash === null
        ? where("token_hash", "=", tokenHash)
        : where("parent_hash", "=", token.parent_hash),
    )
    .execute();
  return true;
}

async function alive(
  db: Db,
  at: number,
  landlord: string,
  sessionId: string,
): Promise<LiveSession | null> {
  const rows = await db
    .selectFrom("sessions")
    .innerJoin("accounts", "accounts.id", "sessions.account_id")
    .leftJoin("account_persons", (join) =>
      join
        .onRef("account_persons.account_id", "=", "sessions.account_id")
        .onRef("account_persons.landlord", "=", "sessions.landlord"),
    )
    .select(["accounts.id", "accounts.email", "account_persons.person_key"])
    .where("sessions.id", "=", sessionId)
    .where("sessions.landlord", "=", landlord)
    .where("sessions.ended_at", "is", null)
    .where("sessions.expires_at", ">", at)
    .execute();
  const [first] = rows;
  if (!first) return null;
  const personKeys = rows.map((row) => row.person_key).filter((key) => key !== null);
  return { accountId: first.id, email: first.email, personKeys: personKeys.sort() };
}

async function end(db: Db, at: number, landlord: string, sessionId: string): Promise<void> {
  await db
    .updateTable("sessions")
    .set({ ended_at: at })
    .where("landlord", "=", landlord)
    .where("id", "=", sessionId)
    .where("ended_at", "is", null)
    .execute();
  await endViewsOf(db, at, landlord, [sessionId]);
}

interface Whose {
  readonly landlord: string;
  readonly accountId: string;
  readonly exceptSessionId: string | undefined;
}

async function endAll(
  trx: Db,
  at: number,
  { landlord, accountId, exceptSessionId }: Whose,
): Promise<void> {
  let query = trx
    .updateTable("sessions")
    .set({ ended_at: at })
    .where("landlord", "=", landlord)
    .where("account_id", "=", accountId)
    .where("ended_at", "is", null);
  if (exceptSessionId !== undefined) query = query.where("id", "!=", exceptSessionId);
  const ended = await query.returning("id").execute();
  await endViewsOf(
    trx,
    at,
    landlord,
    ended.map(({ id }) => id),
  );
}

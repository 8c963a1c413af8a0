/** All that the house holds of an account (RGPD, art. 15 and 20): readable, and nobody else's. */
import { openedIfAny, type Cipher } from "./cipher.ts";
import type { Db } from "./database.ts";
import { eventsOf } from "./change-events.ts";
import { sealContext as ofHeldContracts } from "./held-contracts.ts";
import { sealContext as ofLink } from "./links.ts";
import { paymentOf } from "./payment-row.ts";
import { sealContext as ofAct } from "./support-acts.ts";
import { sealContext as ofDraft } from "./survey-drafts.ts";
import { sealContext as ofView } from "./support-views.ts";
import { uploadOf } from "./upload-row.ts";

export interface AccountExport {
  readonly account: Entry;
  readonly signInNames: readonly Entry[];
  readonly consents: readonly Entry[];
  readonly socialAccounts: readonly Entry[];
  readonly sessions: readonly Entry[];
  readonly supportViews: readonly Entry[];
  readonly supportActs: readonly Entry[];
  readonly changes: readonly Entry[];
  readonly payments: readonly Entry[];
  readonly files: readonly Entry[];
  readonly surveyDrafts: readonly Entry[];
  readonly followedRequests: readonly Entry[];
  readonly surveyReminders: readonly Entry[];
  readonly contractsLastSeen: readonly unknown[];
  readonly mailsNotSent: readonly Entry[];
}

type Entry = Readonly<Record<string, unknown>>;

export interface Exports {
  /** Null when there is no such account. Hashes, locks and the like are left out: they tell nothing. */
  ofAccount(landlord: string, accountId: string): Promise<AccountExport | null>;
}

export function createExports(db: Db, cipher: Cipher): Exports {
  return { ofAccount: (landlord, accountId) => ofAccount(db, cipher, { landlord, accountId }) };
}

interface Whose {
  readonly landlord: string;
  readonly accountId: string;
}

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());

async function ofAccount(db: Db, cipher: Cipher, whose: Whose): Promise<AccountExport | null> {
  const { landlord, accountId } = whose;
  const account = await db
    .selectFrom("accounts")
    .select(["email", "language", "created_at", "used_at"])
    .where("landlord", "=", landlord)
    .where("id", "=", accountId)
    .executeTakeFirst();
  if (!account) return null;
  const { email, language, created_at, used_at } = account;
  return {
    account: {
      email,
      // Where a change of it waits for the confirmation.
      newEmail: await newEmail(db, cipher, whose),
      language,
      createdAt: iso(created_at),
      lastUsedAt: iso(used_at),
    },
    ...(await signIns(db, whose)),
    supportViews: await supportViews(db, cipher, whose),
    supportActs: await supportActs(db, cipher, whose),
    changes: await changes(db, cipher, whose),
    payments: await payments(db, cipher, whose),
    files: await files(db, cipher, whose),
    ...(await surveysAndRequests(db, cipher, whose)),
    contractsLastSeen: await contractsLastSeen(db, cipher, whose),
    mailsNotSent: await mailsTo(db, cipher, landlord, email),
  };
}

async function newEmail(db: Db, cipher: Cipher, { landlord, accountId }: Whose) {
  const link = await db
    .selectFrom("links")
    .select("payload")
    .where("landlord", "=", landlord)
    .where("purpose", "=", "EMAIL")
    .where("subject", "=", cipher.fingerprint("link subject", accountId))
    .where("live", "=", 1)
    .executeTakeFirst();
  if (!link?.payload) return null;
  const opened = cipher.open(ofLink(landlord, "EMAIL"), link.payload);
  return (JSON.parse(opened) as { newEmail?: string }).newEmail ?? null;
}

async function signIns(db: Db, { landlord, accountId }: Whose) {
  const identifiers = await db
    .selectFrom("account_identifiers")
    .select("identifier")
    .where("landlord", "=", landlord)
    .where("account_id", "=", accountId)
    .execute();
  const consents = await db
    .selectFrom("account_consents")
    .select(["consent_id", "version", "given", "given_at"])
    .where("landlord", "=", landlord)
    .where("account_id", "=", accountId)
    .orderBy("given_at")
    .execute();
  const social = await db
    .selectFrom("social_identities")
    .select(["provider", "subject", "linked_at"])
    .where("landlord", "=", landlord)
    .where("account_id", "=", accountId)
    .execute();
  const sessions = await db
    .selectFrom("sessions")
    .select(["created_at", "refreshed_at", "expires_at", "ended_at"])
    .where("landlord", "=", landlord)
    .where("account_id", "=", accountId)
    .orderBy("created_at")
    .execute();
  return {
    signInNames: identifiers,
    consents: consents.map(({ consent_id, version, given, given_at }) => ({
      consent: consent_id,
      version,
      given: given === 1,
      givenAt: iso(given_at),
    })),
    socialAccounts: social.map(({ provider, subject, linked_at }) => ({
      provider,
      subject,
      linkedAt: iso(linked_at),
    })),
    sessions: sessions.map((row) => ({
      startedAt: iso(row.created_at),
      lastUsedAt: iso(row.refreshed_at),
      expiresAt: iso(row.expires_at),
      endedAt: iso(row.ended_at),
    })),
  };
}

/** As `Viewer.supportViews` has them. */
async function supportViews(db: Db, cipher: Cipher, { landlord, accountId }: Whose) {
  const rows = await db
    .selectFrom("support_views")
    .leftJoin("accounts", (join) =>
      join
        .onRef("accounts.landlord", "=", "support_views.landlord")
        .onRef("accounts.id", "=", "support_views.staff_id"),
    )
    .selectAll("support_views")
    .select("accounts.email as staff")
    .where("support_views.landlord", "=", landlord)
    .where("support_views.account_id", "=", accountId)
    .orderBy("support_views.id")
    .execute();
  return rows.map(({ id, staff, reason, began_at, expires_at, ended_at }) => ({
    staff,
    reason: cipher.open(ofView(id), reason),
    beganAt: iso(began_at),
    endedBy: iso(ended_at ?? expires_at),
  }));
}

/** What the landlord's people did in this space or for this account; who it was stands with the views. */
async function supportActs(db: Db, cipher: Cipher, { landlord, accountId }: Whose) {
  const rows = await db
    .selectFrom("support_acts")
    .select(["id", "act", "operation", "reason", "at"])
    .where("landlord", "=", landlord)
    .where("subject", "=", accountId)
    .orderBy("id")
    .execute();
  return rows.map(({ id, act, operation, reason, at }) => ({
    act,
    operation,
    reason: cipher.open(ofAct(id), reason) || null,
    at: iso(at),
  }));
}

async function changes(db: Db, cipher: Cipher, { landlord, accountId }: Whose): Promise<Entry[]> {
  const rows = await db
    .selectFrom("changes")
    .selectAll()
    .where("landlord", "=", landlord)
    .where("account_id", "=", accountId)
    .orderBy("id")
    .execute();
  const entries: Entry[] = [];
  for (const row of rows) {
    const events = await eventsOf(db, cipher, row.id);
    entries.push({
      receipt: row.id,
      kind: row.kind,
      status: row.status,
      submittedAt: iso(row.submitted_at),
      effectiveBy: iso(row.effective_by),
      endedAt: iso(row.ended_at),
      reason: row.reason,
      asked: row.payload && (JSON.parse(cipher.open(`change:${row.id}`, row.payload)) as unknown),
      // Who of the landlord's people settled it is theirs; why is of this person.
      history: events.map(({ at, from, to, times, byHand }) => ({
        at: at.toISOString(),
        from,
        to,
        times,
        settledByHand: byHand && { reason: byHand.reason },
      })),
    });
  }
  return entries;
}

async function payments(db: Db, cipher: Cipher, { landlord, accountId }: Whose): Promise<Entry[]> {
  const rows = await db
    .selectFrom("payments")
    .selectAll()
    .where("landlord", "=", landlord)
    .where("account_id", "=", accountId)
    .orderBy("id")
    .execute();
  return rows.map((row) => {
    const { label, amount, state, provider, providerReference, receipt } = paymentOf(cipher, row);
    const [createdAt, decidedAt] = [iso(row.created_at), iso(row.decided_at)];
    return { label, amount, state, provider, providerReference, receipt, createdAt, decidedAt };
  });
}

async function files(db: Db, cipher: Cipher, { landlord, accountId }: Whose): Promise<Entry[]> {
  const rows = await db
    .selectFrom("uploads")
    .selectAll()
    .where("landlord", "=", landlord)
    .where("account_id", "=", accountId)
    .orderBy("id")
    .execute();
  return rows.map((row) => {
    const { id, fileName, mediaType, sizeBytes, purpose, state, expiresAt } = uploadOf(cipher, row);
    const until = state === "ATTACHED" ? null : expiresAt.toISOString();
    return { id, fileName, mediaType, sizeBytes, purpose, state, keptUntil: until };
  });
}

async function surveysAndRequests(db: Db, cipher: Cipher, { landlord, accountId }: Whose) {
  const drafts = await db
    .selectFrom("survey_drafts")
    .selectAll()
    .where("landlord", "=", landlord)
    .where("account_id", "=", accountId)
    .execute();
  const watches = await db
    .selectFrom("request_watches")
    .select("next_look_at")
    .where("landlord", "=", landlord)
    .where("account_id", "=", accountId)
    .execute();
  const reminders = await db
    .selectFrom("survey_reminders")
    .select(["days", "expires_at"])
    .where("landlord", "=", landlord)
    .where("account_id", "=", accountId)
    .execute();
  return {
    surveyDrafts: drafts.map((row) => {
      const [contractKey, surveyKey] = [row.contract_key, row.survey_key];
      const context = ofDraft({ landlord, accountId, contractKey, surveyKey });
      const content: unknown = JSON.parse(cipher.open(context, row.content));
      return { content, savedAt: iso(row.saved_at), keptUntil: iso(row.expires_at) };
    }),
    followedRequests: watches.map((row) => ({ nextLookAt: iso(row.next_look_at) })),
    surveyReminders: reminders.map((row) => ({
      daysBefore: row.days,
      rememberedUntil: iso(row.expires_at),
    })),
  };
}

async function contractsLastSeen(db: Db, cipher: Cipher, { landlord, accountId }: Whose) {
  const rows = await db
    .selectFrom("held_contracts")
    .innerJoin("account_persons", (join) =>
      join
        .onRef("account_persons.landlord", "=", "held_contracts.landlord")
        .onRef("account_persons.person_key", "=", "held_contracts.person_key"),
    )
    .select(["held_contracts.person_key", "held_contracts.contracts", "held_contracts.seen_at"])
    .where("held_contracts.landlord", "=", landlord)
    .where("account_persons.account_id", "=", accountId)
    .execute();
  return rows.map(({ person_key, contracts, seen_at }) => ({
    seenAt: iso(seen_at),
    contracts: JSON.parse(cipher.open(ofHeldContracts(landlord, person_key), contracts)) as unknown,
  }));
}

async function mailsTo(db: Db, cipher: Cipher, landlord: string, email: string): Promise<Entry[]> {
  const rows = await db
    .selectFrom("mails")
    .select(["id", "content", "queued_at"])
    .where("landlord", "=", landlord)
    .where("content", "is not", null)
    .execute();
  return rows.flatMap(({ id, content, queued_at }) => {
    const opened = openedIfAny(cipher, `mail:${id}`, content!);
    if (opened === null) return [];
    const { to, subject } = JSON.parse(opened) as Record<string, string>;
    // Its text may hold a link that is worth something to whoever has the file: it is left out.
    const mine = to?.trim().toLowerCase() === email.trim().toLowerCase();
    return mine ? [{ to, subject, queuedAt: iso(queued_at) }] : [];
  });
}

/**
 * The tables, as Kysely sees them. Portable between SQLite and PostgreSQL: text, integer, and
 * bigint for times (milliseconds since 1970). `landlord` leads every key of what belongs to one.
 */
import { PostgresAdapter, type Kysely } from "kysely";
import type { PaymentState } from "./payment-states.ts";
import type { ChangeEventsTable } from "./change-events.ts";
import type { ChangesTable } from "./change-row.ts";
import type { ErasuresTable } from "./erasures.ts";
import type { ErpDriftsTable } from "./erp-drifts.ts";
import type { HeldContractsTable } from "./held-contracts.ts";
import type { StaffTable } from "./staff.ts";
import type { SupportActsTable } from "./support-acts.ts";
import type { SupportViewsTable } from "./support-views.ts";
import type { UploadsTable } from "./upload-row.ts";
import type { RequestWatchesTable } from "./request-watches.ts";
import type { SurveyDraftsTable } from "./survey-drafts.ts";
import type { SurveyRemindersTable, SurveyWatchesTable } from "./survey-reminders.ts";

interface AccountsTable {
  id: string;
  landlord: string;
  /** As typed, trimmed. */
  email: string;
  /** What e-mails are compared by; unique per landlord. */
  email_key: string;
  password_hash: string;
  language: string;
  created_at: number;
  /** When somebody signed in, or stayed signed in, to a day; null as long as nobody has. */
  used_at: number | null;
  /** When its owner was told that it will be erased, as it is not used; null before. */
  told_unused_at: number | null;
}

interface AccountPersonsTable {
  landlord: string;
  person_key: string;
  account_id: string;
}

interface AccountIdentifiersTable {
  landlord: string;
  identifier: string;
  account_id: string;
}

interface SocialIdentitiesTable {
  landlord: string;
  /** As the landlord's file names it. */
  provider: string;
  /** What the provider calls the person. */
  subject: string;
  account_id: string;
  linked_at: number;
}

interface AccountConsentsTable {
  landlord: string;
  account_id: string;
  consent_id: string;
  version: string;
  /** 0 or 1. */
  given: number;
  given_at: number;
}

interface SessionsTable {
  id: string;
  landlord: string;
  account_id: string;
  /** 0 or 1. */
  remember: number;
  created_at: number;
  refreshed_at: number;
  expires_at: number;
  ended_at: number | null;
}

interface RefreshTokensTable {
  token_hash: string;
  session_id: string;
  /** The token that was given for this one; null for a session's first. */
  parent_hash: string | null;
  used_at: number | null;
}

interface LinksTable {
  token_hash: string;
  landlord: string;
  purpose: string;
  /** A keyed hash: subjects are e-mails. */
  subject: string;
  /** Sealed; null once it is of no more use. */
  payload: string | null;
  created_at: number;
  expires_at: number;
  used_at: number | null;
  /** 1 for the one link of its purpose and subject that may still be used, else null. */
  live: number | null;
}

interface ThrottlesTable {
  key_hash: string;
  hits: number;
  window_ends_at: number;
}

interface SigningKeysTable {
  generation: number;
  kid: string;
  public_jwk: string;
  /** Sealed. */
  private_jwk: string;
  created_at: number;
}

interface MailsTable {
  id: string;
  landlord: string;
  /** Sealed: addresses, subject, text; null once sent. */
  content: string | null;
  status: "QUEUED" | "SENT" | "FAILED";
  attempts: number;
  queued_at: number;
  /** While a delivery is under way: when its lease ends. */
  next_attempt_at: number;
  /** Names the delivery that holds the lease. */
  lease: string | null;
  finished_at: number | null;
}

export interface PaymentsTable {
  id: string;
  landlord: string;
  account_id: string;
  /** Of the caller's idempotency key; unique per landlord and account. */
  key_hash: string;
  request_hash: string;
  /** Sealed: whose, of which contract, what for. */
  content: string;
  amount: string;
  day_number: number;
  provider: string;
  provider_reference: string | null;
  /** Sealed; null before there is a page, and once it is paid. */
  redirect: string | null;
  state: PaymentState;
  problem: string | null;
  /** Unique per landlord and provider: one movement of money pays one payment. */
  provider_transaction: string | null;
  /** Sealed. */
  receipt: string | null;
  created_at: number;
  expires_at: number | null;
  decided_at: number | null;
  /** When the provider is to be asked; while it is being asked, or begun: when the lease ends. */
  next_ask_at: number | null;
  asks: number;
  failed_asks: number;
  /** Names whoever works on it. */
  lease: string | null;
  /** When a back-up brought it back, not paid as far as was known then; null for one that none did. */
  restored_at: number | null;
}

interface PaymentEventsTable {
  landlord: string;
  provider: string;
  event: string;
  payment_id: string;
  state: string;
  received_at: number;
}

interface PaymentDaysTable {
  landlord: string;
  /** `2026-11-21`, in UTC. */
  day: string;
  last: number;
}

interface SecretCheckTable {
  id: number;
  sealed: string;
  /** Sealed: what fingerprints are made with, whatever the secret. Null before it was first kept. */
  hashing_key: string | null;
}

interface Database {
  accounts: AccountsTable;
  account_persons: AccountPersonsTable;
  account_consents: AccountConsentsTable;
  account_identifiers: AccountIdentifiersTable;
  social_identities: SocialIdentitiesTable;
  sessions: SessionsTable;
  refresh_tokens: RefreshTokensTable;
  links: LinksTable;
  throttles: ThrottlesTable;
  signing_keys: SigningKeysTable;
  mails: MailsTable;
  uploads: UploadsTable;
  changes: ChangesTable;
  held_contracts: HeldContractsTable;
  change_events: ChangeEventsTable;
  staff: StaffTable;
  support_acts: SupportActsTable;
  support_views: SupportViewsTable;
  payments: PaymentsTable;
  payment_events: PaymentEventsTable;
  payment_days: PaymentDaysTable;
  request_watches: RequestWatchesTable;
  survey_drafts: SurveyDraftsTable;
  survey_watches: SurveyWatchesTable;
  survey_reminders: SurveyRemindersTable;
  erp_drifts: ErpDriftsTable;
  secret_check: SecretCheckTable;
  erasures: ErasuresTable;
}

export type Db = Kysely<Database>;

/** Runs `work` in the transaction that `db` is already in, or in a new one. */
export function inTransaction<T>(db: Db, work: (db: Db) => Promise<T>): Promise<T> {
  return db.isTransaction ? work(db) : db.transaction().execute(work);
}

/** For what the two databases do not have in common. */
export function isPostgres(db: Db): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}

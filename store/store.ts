/** What must not be lost. SQLite, or PostgreSQL where there is more than one process. */
import { sql } from "kysely";
import { createAccounts, type Accounts } from "./accounts.ts";
import { createAnnouncements, untilCommit, type Announcements } from "./announcements.ts";
import { createChanges, type Changes } from "./changes.ts";
import { createCipher, type Cipher } from "./cipher.ts";
import type { Db } from "./database.ts";
import { createErasures, type Erased, type Erasures } from "./erasures.ts";
import { createExports, type Exports } from "./export.ts";
import { createErpDrifts, type ErpDrifts } from "./erp-drifts.ts";
import { StoreUnfit, whyUnfit } from "./failure.ts";
import { createFigures, type Figures } from "./figures.ts";
import { createForgottenNews, type ForgottenNews } from "./forgotten.ts";
import { createHeldContracts, type HeldContracts } from "./held-contracts.ts";
import { createSigningKeys, type SigningKeys } from "./keys.ts";
import { createIdentifiers, type Identifiers } from "./identifiers.ts";
import { createKnown, type Known } from "./known.ts";
import { createLinks, type Links } from "./links.ts";
import { createMails, type Mails } from "./mails.ts";
import { migrate } from "./migrations.ts";
import type { KeptChange } from "./change-row.ts";
import type { Payment } from "./payment-row.ts";
import { createPayments, type Payments } from "./payments.ts";
import { openPostgres } from "./postgres.ts";
import { purge } from "./retention.ts";
import { reseal } from "./reseal.ts";
import { settleRestored, type Restored } from "./restored.ts";
import { createRequestWatches, type RequestWatches } from "./request-watches.ts";
import { openCipher } from "./secret.ts";
import { createSessions, type Sessions } from "./sessions.ts";
import { createSocialIdentities, type SocialIdentities } from "./social-identities.ts";
import { openSqlite } from "./sqlite.ts";
import { createStaff, type Staff } from "./staff.ts";
import { createSupportActs, type SupportActs } from "./support-acts.ts";
import { createSupportViews, type SupportViews } from "./support-views.ts";
import { createSurveyDrafts, type SurveyDrafts } from "./survey-drafts.ts";
import { createSurveyReminders, type SurveyReminders } from "./survey-reminders.ts";
import { createThrottle, type Throttle } from "./throttle.ts";
import { createUnusedAccounts, type UnusedAccounts } from "./unused-accounts.ts";
import { createUploads, type Uploads } from "./uploads.ts";

export interface StoreOptions {
  /** `sqlite:PATH`, `sqlite::memory:`, or `postgres://…`. */
  readonly url: string;
  /** 32 bytes or more: what is sealed at rest is sealed with it. */
  readonly secret: Uint8Array;
  /** Secrets that were in use before; what they sealed can still be opened. */
  readonly formerSecrets?: readonly Uint8Array[];
  readonly now?: () => Date;
  /** For who restores a back-up into it: nobody else opens a database before that is settled. */
  readonly restoring?: boolean;
}

export interface Store {
  readonly accounts: Accounts;
  readonly unusedAccounts: UnusedAccounts;
  readonly identifiers: Identifiers;
  readonly socialIdentities: SocialIdentities;
  readonly sessions: Sessions;
  readonly links: Links;
  readonly throttle: Throttle;
  readonly keys: SigningKeys;
  readonly mails: Mails;
  readonly payments: Payments;
  readonly uploads: Uploads;
  readonly changes: Changes;
  readonly heldContracts: HeldContracts;
  readonly requestWatches: RequestWatches;
  readonly surveyDrafts: SurveyDrafts;
  readonly surveyReminders: SurveyReminders;
  readonly staff: Staff;
  readonly supportActs: SupportActs;
  readonly supportViews: SupportViews;
  readonly figures: Figures;
  readonly erpDrifts: ErpDrifts;
  readonly forgotten: ForgottenNews;
  readonly known: Known;
  /**
   * Runs `work` in one transaction: all of it is kept, or, when it throws, nothing. Only what is
   * called on the store that `work` is given belongs to it; calling the outer store in there
   * waits for a transaction that waits for it. Within a transaction: part of that one. Let `work`
   * be short, and call nothing outside: on SQLite everybody else waits.
   */
  transaction<T>(work: (store: Store) => Promise<T>): Promise<T>;
  readonly erasures: Erasures;
  readonly exports: Exports;
  /** Deletes what has had its time, by the table of `retention.ts`, and what is left of erased accounts. */
  purge(now?: Date): Promise<void>;
  /**
   * Seals everything anew that a former secret sealed, a few values at a time; how many there were.
   * Everybody may go on meanwhile, and several processes may do it at once.
   */
  reseal(signal?: AbortSignal): Promise<number>;
  /**
   * For a database that a back-up brought back, before anything runs on it: signs everybody out, voids
   * links, and has the ERPs and the providers asked about all that was open.
   */
  settleRestored(): Promise<Restored>;
  /** Rejects when the database does not answer. */
  ping(): Promise<void>;
  /** Once, when nothing is under way any more. */
  close(): Promise<void>;
}

/**
 * Opens the database and brings its tables up to date. Rejects with StoreUnfit when it cannot be
 * reached, would lose acknowledged writes, or was made with a secret that is not among those given.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  try {
    return await open(options);
  } catch (error) {
    const why = whyUnfit(error);
    throw why === null ? error : new StoreUnfit(why, { cause: error });
  }
}

async function open(options: StoreOptions): Promise<Store> {
  const { secret, formerSecrets = [], now = () => new Date() } = options;
  // Tells of a secret that is too short before anything is opened.
  createCipher(secret, formerSecrets);
  const db = await openDatabase(options);
  try {
    await migrate(db);
    return assemble({
      db,
      cipher: await openCipher(db, secret, formerSecrets),
      now,
      mailed: createAnnouncements(),
      submitted: createAnnouncements(),
      acknowledged: createAnnouncements(),
      begun: createAnnouncements(),
      erased: createAnnouncements(),
    });
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

async function openDatabase({ url, restoring }: StoreOptions): Promise<Db> {
  const path = /^sqlite:(.+)$/.exec(url)?.[1];
  if (path) return openSqlite(path);
  if (/^postgres(ql)?:\/\//.test(url)) return openPostgres(url, restoring);
  throw new Error("The store's address starts with neither sqlite: nor postgres://.");
}

interface Parts {
  readonly db: Db;
  readonly cipher: Cipher;
  readonly now: () => Date;
  /** Tell of queued mails, of submitted changes. */
  readonly mailed: Announcements;
  readonly submitted: Announcements;
  /** Tell of changes whose receipt, and of payments whose page may be given. */
  readonly acknowledged: Announcements<KeptChange>;
  readonly begun: Announcements<Payment>;
  /** Tells whose data was erased. */
  readonly erased: Announcements<Erased>;
}

function assemble(parts: Parts): Store {
  const { db, cipher, now } = parts;
  const store: Store = {
    accounts: createAccounts(db, now),
    unusedAccounts: createUnusedAccounts(db, now),
    identifiers: createIdentifiers(db),
    socialIdentities: createSocialIdentities(db, now),
    sessions: createSessions(db, now),
    links: createLinks(db, now, cipher),
    throttle: createThrottle(db, now, cipher),
    keys: createSigningKeys(db, now, cipher),
    mails: createMails(db, now, cipher, parts.mailed),
    payments: createPayments(db, now, cipher, parts.begun),
    changes: createChanges(parts),
    heldContracts: createHeldContracts(db, now, cipher),
    uploads: createUploads(db, now, cipher),
    requestWatches: createRequestWatches(db, now),
    surveyDrafts: createSurveyDrafts(db, now, cipher),
    surveyReminders: createSurveyReminders(db, now),
    staff: createStaff(db, now),
    supportActs: createSupportActs(db, now, cipher),
    supportViews: createSupportViews(db, now, cipher),
    figures: createFigures(db),
    erpDrifts: createErpDrifts(db, now),
    forgotten: createForgottenNews(db),
    known: createKnown(db),
    transaction: (work) => (db.isTransaction ? work(store) : inNewTransaction(parts, work)),
    erasures: createErasures(parts),
    exports: createExports(db, cipher),
    purge: (at = now()) => purge(db, cipher, at),
    reseal: (signal) => reseal(db, cipher, signal),
    settleRestored: () => settleRestored(db, now()),
    ping: async () => void (await sql`select 1`.execute(db)),
    close: () => db.destroy(),
  };
  return store;
}

/** Whoever waits for mails or changes hears of them after the commit, when there is something to see. */
async function inNewTransaction<T>(parts: Parts, work: (store: Store) => Promise<T>): Promise<T> {
  const mailed = untilCommit(parts.mailed);
  const submitted = untilCommit(parts.submitted);
  const acknowledged = untilCommit(parts.acknowledged);
  const begun = untilCommit(parts.begun);
  const erased = untilCommit(parts.erased);
  const told = { mailed, submitted, acknowledged, begun, erased };
  const result = await parts.db
    .transaction()
    .execute((db) => work(assemble({ ...parts, ...told, db })));
  for (const { flush } of Object.values(told)) flush();
  return result;
}

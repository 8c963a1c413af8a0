/**
 * How long the house keeps what, why, and on what ground: one line for each table of the database.
 * `purge` enforces it each hour; a table without a line fails the tests.
 */
import type { Cipher } from "./cipher.ts";
import type { Db } from "./database.ts";
import { lateNewsDays } from "./erasure-payments.ts";
import { eraseAllRemains } from "./erasure-remains.ts";
import { purgeSigningKeys } from "./keys.ts";

const dayMs = 24 * 3_600_000;
/** So long an old link still says that it was used or has expired. */
const linkDays = 7;
const mailDays = 30;
/** So long it can be told what an ended change was, for an ERP that comes back from a back-up. */
const payloadDays = 30;
/** What may be asked about: changes, payments that came to nothing, news of payments, erasures. */
const askedAboutDays = 400;
/** Claims out of a lease lapse after three years (loi 89-462, art. 7-1). */
const claimDays = 3 * 366;
/** Ten years for the books (code de commerce, art. L123-22). */
const bookDays = 10 * 366;
/** Forms of a day are not taken days later. */
const paymentDays = 7;
const heldContractsDays = 30;

export interface Retention {
  readonly table: string;
  /** What of a person is in it. */
  readonly what: string;
  readonly howLong: string;
  readonly why: string;
  /** RGPD, art. 6(1): contract, legal obligation, legitimate interest; or that nothing is personal. */
  readonly basis: "CONTRACT" | "LEGAL_OBLIGATION" | "LEGITIMATE_INTEREST" | "NOT_PERSONAL";
  /** Deletes what has had its time; left out where it goes with something else. */
  readonly enforce?: (db: Db, at: number) => Promise<unknown>;
}

/** The account itself goes by `erasures.erase`: see `eraseUnused` of subgraphs/identity/privacy. */
const withAccount = "as long as the account, which its owner can erase at any time";

export const retention: readonly Retention[] = [
  {
    table: "accounts",
    what: "e-mail address, hash of the password, language, on which day it was used last",
    howLong:
      "until its owner erases it; unused, for as long as the landlord's file says (`accounts.eraseUnusedAfterMonths`, two years unless told), and a month after a mail that says so",
    why: "to sign in",
    basis: "CONTRACT",
  },
  {
    table: "account_persons",
    what: "how the landlord's system names the person",
    howLong: withAccount,
    why: "to know whose data the account may see",
    basis: "CONTRACT",
  },
  {
    table: "account_identifiers",
    what: "the identifier that the landlord printed",
    howLong: withAccount,
    why: "to sign in",
    basis: "CONTRACT",
  },
  {
    table: "account_consents",
    what: "which terms were accepted, and when",
    howLong: withAccount,
    why: "to prove the consent",
    basis: "LEGAL_OBLIGATION",
  },
  {
    table: "social_identities",
    what: "how another provider names the person",
    howLong: `${withAccount}, or until it is unlinked`,
    why: "to sign in by an account elsewhere",
    basis: "CONTRACT",
  },
  {
    table: "staff",
    what: "which accounts are of the landlord's people",
    howLong: "as long as the landlord's file names them",
    why: "to let them settle changes",
    basis: "LEGITIMATE_INTEREST",
  },
  {
    table: "sessions",
    what: "when somebody was signed in",
    howLong: "until it ends: when the landlord's file says so (`session`), a year at the very most",
    why: "to stay signed in",
    basis: "CONTRACT",
    enforce: (db, at) =>
      db
        .deleteFrom("sessions")
        .where((where) => where.or([where("expires_at", "<=", at), where("ended_at", "<=", at)]))
        .execute(),
  },
  {
    table: "refresh_tokens",
    what: "hashes of tokens",
    howLong: "as long as the session",
    why: "to stay signed in, and to notice a stolen token",
    basis: "CONTRACT",
  },
  {
    table: "links",
    what: "what a form said until it is confirmed, sealed; whom it is for, hashed",
    howLong: `what it said: until it is used or expires; that there was one: ${linkDays} days more`,
    why: "to confirm an address, and to say of an old link why it does not work",
    basis: "CONTRACT",
    enforce: async (db, at) => {
      await db
        .updateTable("links")
        .set({ payload: null, live: null })
        .where("expires_at", "<=", at)
        .where("payload", "is not", null)
        .execute();
      await db
        .deleteFrom("links")
        .where("expires_at", "<", at - linkDays * dayMs)
        .execute();
    },
  },
  {
    table: "throttles",
    what: "hashes of addresses and accounts, and how often they tried",
    howLong: "until the window ends, a day at most",
    why: "to stop guessing",
    basis: "LEGITIMATE_INTEREST",
    enforce: (db, at) => db.deleteFrom("throttles").where("window_ends_at", "<=", at).execute(),
  },
  {
    table: "mails",
    what: "address and text, sealed",
    howLong: `address and text: until it is sent, or, where nobody takes it, ${mailDays} days; that there was one: ${mailDays} days`,
    why: "to send it, and to find out why it did not arrive",
    basis: "CONTRACT",
    enforce: (db, at) =>
      db
        .deleteFrom("mails")
        .where("finished_at", "<", at - mailDays * dayMs)
        .execute(),
  },
  {
    table: "uploads",
    what: "files and their names, sealed",
    howLong: "until the landlord's system has them; a day where no change names them",
    why: "to hand them to the landlord",
    basis: "CONTRACT",
    // Together with the files on the disk: see `expire` of upload-remains.ts and the sweep of uploads/.
  },
  {
    table: "changes",
    what: "what somebody asked their landlord to change, sealed; what became of it",
    howLong: `what was asked: ${payloadDays} days after the end; what became of it: ${askedAboutDays} days`,
    why: "to hand it to the landlord, to repeat it where their system comes back from a back-up, to answer questions",
    basis: "CONTRACT",
    enforce: async (db, at) => {
      await db
        .updateTable("changes")
        .set({ payload: null })
        .where("ended_at", "<", at - payloadDays * dayMs)
        .where("payload", "is not", null)
        .execute();
      await db
        .deleteFrom("changes")
        .where("ended_at", "<", at - askedAboutDays * dayMs)
        .execute();
    },
  },
  {
    table: "change_events",
    what: "each step of a change, and why somebody settled it by hand, sealed",
    howLong: "as long as the change",
    why: "to answer questions",
    basis: "CONTRACT",
  },
  {
    table: "support_acts",
    what: "who of the landlord's people did what by hand, or asked what in a support view, and why, sealed; after an erasure only why they erased",
    howLong: `${claimDays} days`,
    why: "claims out of a lease lapse after three years (loi 89-462, art. 7-1)",
    basis: "LEGITIMATE_INTEREST",
    enforce: (db, at) =>
      db
        .deleteFrom("support_acts")
        .where("at", "<", at - claimDays * dayMs)
        .execute(),
  },
  {
    table: "support_views",
    what: "who of the landlord's people looked at somebody's space, when, and why, sealed",
    howLong: `${claimDays} days, the account's erasure at the latest`,
    why: "to show its owner; what was done in it is in support_acts",
    basis: "LEGITIMATE_INTEREST",
    enforce: (db, at) =>
      db
        .deleteFrom("support_views")
        .where("expires_at", "<", at - claimDays * dayMs)
        .execute(),
  },
  {
    table: "held_contracts",
    what: "which contracts somebody had last, sealed",
    howLong: `${heldContractsDays} days after it was last seen`,
    why: "to take changes while the landlord's system is closed",
    basis: "CONTRACT",
    enforce: (db, at) =>
      db
        .deleteFrom("held_contracts")
        .where("seen_at", "<", at - heldContractsDays * dayMs)
        .execute(),
  },
  {
    table: "payments",
    what: "amount, date, references, and, sealed, whose and what for",
    howLong: `${askedAboutDays} days where nothing was paid (after an erasure ${lateNewsDays}, without what for); ten years where something was or may have been, after an erasure without whose`,
    why: "to book what a provider tells late; books are kept for ten years (code de commerce, art. L123-22)",
    basis: "LEGAL_OBLIGATION",
    enforce: async (db, at) => {
      await db
        .deleteFrom("payments")
        .where("state", "in", ["REFUSED", "ABANDONED", "EXPIRED"])
        .where("created_at", "<", at - askedAboutDays * dayMs)
        .where("next_ask_at", "is", null)
        .execute();
      await db
        .deleteFrom("payments")
        .where("state", "in", ["PAID", "UNKNOWN"])
        .where("decided_at", "<", at - bookDays * dayMs)
        .where("next_ask_at", "is", null)
        .execute();
    },
  },
  {
    table: "payment_events",
    what: "what a provider told of a payment",
    howLong: `${askedAboutDays} days`,
    why: "told again later than that, it changes nothing: the payment has had it",
    basis: "CONTRACT",
    enforce: (db, at) =>
      db
        .deleteFrom("payment_events")
        .where("received_at", "<", at - askedAboutDays * dayMs)
        .execute(),
  },
  {
    table: "payment_days",
    what: "how many payments a day had",
    howLong: `${paymentDays} days`,
    why: "to number payments",
    basis: "NOT_PERSONAL",
    enforce: (db, at) =>
      db
        .deleteFrom("payment_days")
        .where("day", "<", new Date(at - paymentDays * dayMs).toISOString().slice(0, 10))
        .execute(),
  },
  {
    table: "request_watches",
    what: "which requests somebody is told about",
    howLong: "until the request is closed",
    why: "to tell how it goes on",
    basis: "CONTRACT",
  },
  {
    table: "survey_drafts",
    what: "what somebody has written so far, sealed",
    howLong: "until it is sent in, or the survey is closed",
    why: "to go on writing later",
    basis: "CONTRACT",
    enforce: (db, at) => db.deleteFrom("survey_drafts").where("expires_at", "<=", at).execute(),
  },
  {
    table: "survey_watches",
    what: "when the surveys of an account are looked at again",
    howLong: withAccount,
    why: "to remind of them",
    basis: "CONTRACT",
  },
  {
    table: "survey_reminders",
    what: "which reminders went out",
    howLong: "until the survey is closed",
    why: "to remind once",
    basis: "CONTRACT",
    enforce: (db, at) => db.deleteFrom("survey_reminders").where("expires_at", "<=", at).execute(),
  },
  {
    table: "erasures",
    what: "hashes of erased accounts",
    howLong: `${askedAboutDays} days: keep no back-up for longer`,
    why: "to erase again what a restored back-up brings back",
    basis: "LEGAL_OBLIGATION",
    enforce: (db, at) =>
      db
        .deleteFrom("erasures")
        .where("erased_at", "<", at - askedAboutDays * dayMs)
        .where("account_id", "is", null)
        .execute(),
  },
  {
    table: "signing_keys",
    what: "nothing of a person",
    howLong: "until nothing is verified with them any more, 33 days",
    why: "to sign access tokens",
    basis: "NOT_PERSONAL",
    enforce: purgeSigningKeys,
  },
  {
    table: "erp_drifts",
    what: "nothing of a person: what a landlord's system describes of its interface",
    howLong: "until it is looked at again, each day",
    why: "to find out that the interface has changed before calls fail",
    basis: "NOT_PERSONAL",
  },
  {
    table: "secret_check",
    what: "nothing of a person",
    howLong: "for ever",
    why: "to find out a wrong secret at the start",
    basis: "NOT_PERSONAL",
  },
];

/**
 * Deletes what has had its time. May run in several processes at once. What fails keeps nothing else:
 * the first failure is thrown at the end.
 */
export async function purge(db: Db, cipher: Cipher, now: Date): Promise<void> {
  const at = now.getTime();
  const rules = retention.flatMap(({ enforce }) => (enforce ? [() => enforce(db, at)] : []));
  const failures: unknown[] = [];
  for (const rule of [...rules, () => eraseAllRemains(db, at, cipher)]) {
    try {
      await rule();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

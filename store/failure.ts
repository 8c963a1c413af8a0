/** SQLite's primary result codes: BUSY, LOCKED, NOMEM, READONLY, IOERR, FULL, CANTOPEN. */
const sqliteAway = new Set([5, 6, 7, 8, 10, 13, 14]);
/** PostgreSQL's classes of SQLSTATE: connection, resources, an operator's hand, the system. */
const postgresAway = /^(08|53|57|58)/;
const networkAway = /^(ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|ENOTFOUND|ENOSPC|EDQUOT)$/;

/**
 * Whether an error says that the store cannot keep anything just now: its disk is full, another
 * process holds it, the database is away. Nothing of the transaction was kept, unless it was cut
 * while committing; the same request may work later.
 */
export function isStoreAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { errcode, code } = error as { errcode?: unknown; code?: unknown };
  if (typeof errcode === "number") return sqliteAway.has(errcode & 0xff);
  return typeof code === "string" && (postgresAway.test(code) || networkAway.test(code));
}

/**
 * The store cannot be opened, for a reason that whoever runs the house can do something about. Its
 * message tells it, and no address, user or password.
 */
export class StoreUnfit extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StoreUnfit";
  }
}

/** Of PostgreSQL's SQLSTATE. */
const refusals: Readonly<Record<string, string>> = {
  "28P01": "PostgreSQL refuses user or password",
  "28000": "PostgreSQL refuses user or password",
  "3D000": "PostgreSQL has no database of this name: create it first",
  "42501": "PostgreSQL gives its user too few rights: let it own the database",
};

/** SQLite's primary result codes. */
const sqliteRefusals: Readonly<Record<number, string>> = {
  5: "SQLite: another process holds the file",
  8: "SQLite: the file may not be written to",
  11: "SQLite: the file is damaged: bring back the last back-up",
  13: "SQLite: the disk is full",
  14: "SQLite: the file cannot be opened",
  26: "the file is none of SQLite's",
};

const ofNetwork = /^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)/;
const ofFiles = /^(EACCES|EPERM|EROFS|ENOTDIR|EISDIR|ENOSPC)$/;

/** Why an error kept the store from being opened; null for one that nobody foresaw. */
export function whyUnfit(error: unknown): string | null {
  if (error instanceof StoreUnfit) return error.message;
  if (!(error instanceof Error)) return null;
  const { errcode, code } = error as { errcode?: unknown; code?: unknown };
  if (typeof errcode === "number") return sqliteRefusals[errcode & 0xff] ?? null;
  if (typeof code === "string") {
    if (ofNetwork.test(code)) return `PostgreSQL cannot be reached (${code})`;
    if (ofFiles.test(code)) return `SQLite: the file cannot be made or opened (${code})`;
    return refusals[code] ?? (postgresAway.test(code) ? `PostgreSQL is not ready (${code})` : null);
  }
  return /timeout/i.test(error.message) ? "PostgreSQL cannot be reached (no answer in time)" : null;
}

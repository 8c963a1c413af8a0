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

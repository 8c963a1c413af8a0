/** PostgreSQL's SQLSTATE, and SQLite's extended result codes for UNIQUE and PRIMARY KEY. */
const uniqueViolations = new Set<unknown>(["23505", 2067, 1555]);

/** Whether a database error says that a value which must be unique is there already. */
export function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  return uniqueViolations.has(code) || uniqueViolations.has(errcode);
}

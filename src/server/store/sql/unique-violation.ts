const codes: ReadonlySet<unknown> = new Set([
  // PostgreSQL: unique_violation
  '23505',
  // SQLite, as node:sqlite gives it in `errcode`: SQLITE_CONSTRAINT_UNIQUE and SQLITE_CONSTRAINT_PRIMARYKEY
  2067, 1555,
])

/** Whether a database refused a row because another one has its key. */
export function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return ('errcode' in error && codes.has(error.errcode)) || ('code' in error && codes.has(error.code))
}

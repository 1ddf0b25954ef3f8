/** The same error, which tells its file now. SQLite's do not, and beside the store there are databases in which a backup is looked at. */
export function ofFile(path: string | undefined, error: unknown): unknown {
  return path !== undefined && error instanceof Error && 'errcode' in error ? Object.assign(error, { path }) : error
}

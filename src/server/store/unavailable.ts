import { StillWaiting } from '#server/store/in-time.ts'
import { OutdatedProcess } from '#server/store/outdated.ts'
import { whyShutOut } from '#server/store/shut-out.ts'

/**
 * PostgreSQL: its connections broke or were ended as idle, it stops, starts, was dropped or has too many of them, its disk or its memory is full, it may only be read for now, somebody
 * broke a statement off, or two transactions were in each other's way.
 */
const passingStates = /^(08...|57P0[1-5]|57014|53[123]00|40001|40P01|55P03|25P03|25006)$/
const networkCodes: ReadonlySet<unknown> = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'])
/** What the driver says without a code. */
const brokenConnection = /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|timeout expired)/
/** Ours, or that of PostgreSQL. */
const fullDisk: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', '53100'])
const [sqliteBusy, sqliteFull] = [5, 13]
/** The index of its log found no room to grow: SQLite calls that a fault of the disk (`SQLITE_IOERR_SHMSIZE`). */
const sqliteNoRoomForIndex = 4874

/** Whoever makes room has mended it; nothing is damaged, and nothing else is to be done. */
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code, errcode } = error as { readonly code?: unknown; readonly errcode?: unknown }
  return fullDisk.has(code) || (typeof errcode === 'number' && ((errcode & 0xff) === sqliteFull || errcode === sqliteNoRoomForIndex))
}

/**
 * Whether the database itself cannot be asked now, or its disk is full, and may be again in a moment: nothing is wrong with the request, and
 * whether it was carried out is not known. Everything may be asked again.
 */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof StillWaiting || error instanceof OutdatedProcess || isDiskFull(error) || whyShutOut(error) !== null) return true
  const { code, errcode } = error as { readonly code?: unknown; readonly errcode?: unknown }
  if (typeof code === 'string' && (passingStates.test(code) || networkCodes.has(code) || fullDisk.has(code))) return true
  // The lower byte is the kind, the others its variety.
  if (typeof errcode === 'number') return (errcode & 0xff) === sqliteBusy
  return brokenConnection.test(error.message)
}

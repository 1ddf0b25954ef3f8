import { join } from 'node:path'
import type { Config } from '#server/config.ts'

/** A failure that whoever runs Terrain can act on: its message is whole sentences, and is shown without a stack. */
export class Advice extends Error {}

type Place = Pick<Config, 'host' | 'port' | 'dataDir'>

/** What the operating system and the database tell, in sentences that say what it is and what to do; null for a fault of Terrain's own. */
export function adviceOn(error: unknown, place: Place): string | null {
  if (error instanceof Advice) return error.message
  if (!(error instanceof Error)) return null
  const { code, syscall, errcode, path, port } = error as SystemError
  if (typeof errcode === 'number') return onSqlite(errcode, join(place.dataDir, 'terrain.db'))
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull
  if (syscall === 'listen') return onPort(code, port ?? place.port, place)
  if (syscall === 'getaddrinfo') return `HOST is "${place.host}", but that is no address of this machine; leave it out to listen on 127.0.0.1 only.`
  const why = code === undefined ? undefined : fileFaults[code]
  return why === undefined || typeof path !== 'string' ? null : `${path} cannot be used: ${why}.`
}

interface SystemError {
  readonly code?: string
  readonly syscall?: string
  readonly errcode?: number
  readonly path?: string
  readonly port?: number
}

const diskFull = 'The disk is full. What was stored before is whole: make room outside of TERRAIN_DATA and BACKUP_DIR, and try again.'

const fileFaults: Readonly<Record<string, string>> = {
  EACCES: 'this user may not', EPERM: 'this user may not', EROFS: 'its disk may only be read', ENOENT: 'there is no such file or folder', ENOTDIR: 'a file stands where a folder has to be',
  EEXIST: 'something else stands there', EISDIR: 'it is a folder',
}

function onPort(code: string | undefined, port: number, { host, port: own }: Place): string | null {
  const variable = port === own ? 'PORT' : 'METRICS_PORT'
  if (code === 'EADDRINUSE') return `Another program listens on port ${port} already, maybe a Terrain that runs: end it, or name another port in ${variable}.`
  if (code === 'EACCES') return `This user may not listen on port ${port}: name one from 1024 on in ${variable}, and put a proxy in front.`
  return code === 'EADDRNOTAVAIL' ? `HOST is "${host}", but that is no address of this machine; leave it out to listen on 127.0.0.1 only.` : null
}

/** By SQLite's primary codes (`sqlite3.h`). */
function onSqlite(errcode: number, file: string): string | null {
  const restore = 'Keep it as it is, and restore the last backup into an empty folder, as docs/operate.md says under "Restore".'
  switch (errcode & 0xff) {
    case 5: return `${file} is kept busy by another process. Try again in a minute.`
    case 8: case 14: return `${file} cannot be opened: this user may not write it, or its folder is not there.`
    case 10: return `${file} cannot be read or written: its disk fails. ${restore}`
    case 11: return `${file} is damaged. ${restore}`
    case 13: return diskFull
    case 26: return `${file} is no database, or is damaged. ${restore}`
    default: return null
  }
}

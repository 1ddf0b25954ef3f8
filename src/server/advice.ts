import { join } from 'node:path'
import type { Config } from '#server/config.ts'
import { AlteredFile, ShelfUnavailable } from '#server/files/shelf.ts'
import { WorkerUnavailable } from '#server/files/worker-unavailable.ts'
import { OutdatedProcess } from '#server/store/outdated.ts'
import { whyShutOut } from '#server/store/shut-out.ts'
import { isDiskFull, isUnavailable } from '#server/store/unavailable.ts'

/** A failure that whoever runs Terrain can act on: its message is whole sentences, and is shown without a stack. */
export class Advice extends Error {}

type Place = Pick<Config, 'host' | 'port' | 'dataDir' | 'metrics' | 'databaseUrl'>

/** What the operating system and the database tell, in sentences that say what it is and what to do; null for a fault of Terrain's own. */
export function adviceOn(error: unknown, place: Place): string | null {
  if (error instanceof Advice) return error.message
  if (!(error instanceof Error)) return null
  const { code, syscall, errcode, path } = error as SystemError
  if (isDiskFull(error)) return diskFull
  if (error instanceof OutdatedProcess) return 'A Terrain of another version has been started on this database meanwhile. Nothing more was done: call that one.'
  if (error instanceof AlteredFile) return `A file is altered (${error.message}). Where it stays so, put the one of a backup in its place: it stands there under files, with the same name; terrain verify names all of them.`
  if (error instanceof WorkerUnavailable) return `Photos and voice notes cannot be worked on now (${error.message}). What was stored before is whole: look whether the packages are there (npm run build) and the machine has room, and try again.`
  if (error instanceof ShelfUnavailable) return `The storage of S3_ENDPOINT cannot be used now (${error.message}). What was stored before is whole: look whether it answers and its key is right, and try again.`
  if (typeof errcode === 'number') return onSqlite(errcode, path, place)
  if (syscall === 'listen' || syscall === 'getaddrinfo') return onListening(error as SystemError, place)
  // So Node says it of a folder whose disk may only be read.
  if (syscall === 'mkdir' && code === 'ENOENT' && typeof path === 'string') return `${path} cannot be made: the disk may only be read, or is none that takes folders.`
  const why = code === undefined ? undefined : fileFaults[code]
  // One that cannot be opened has said so itself, with its address: this one was lost on the way.
  const shut = whyShutOut(error)
  if (place.databaseUrl !== undefined && shut !== null) return `The PostgreSQL of DATABASE_URL cannot be used: ${shut}. What was stored before is whole: mend that, and try again.`
  if (place.databaseUrl !== undefined && typeof path !== 'string' && isUnavailable(error)) return databaseLost
  return why === undefined || typeof path !== 'string' ? null : `${path} cannot be used: ${why}.`
}

interface SystemError {
  readonly code?: string
  readonly syscall?: string
  readonly errcode?: number
  readonly path?: string
  readonly port?: number
  readonly address?: string
  readonly hostname?: string
}

const databaseLost = 'The PostgreSQL of DATABASE_URL has ended the connection, or does not answer any more. What was stored before is whole: try again when it is back.'

const diskFull = 'The disk is full. What was stored before is whole: make room outside of TERRAIN_DATA and BACKUP_DIR, and try again.'

const fileFaults: Readonly<Record<string, string>> = {
  EACCES: 'this user may not', EPERM: 'this user may not', EROFS: 'its disk may only be read', ENOENT: 'there is no such file or folder', ENOTDIR: 'a file stands where a folder has to be',
  EEXIST: 'something else stands there', EISDIR: 'it is a folder',
}

/** The server and its metrics listen, each with an address and a port of its own: where it failed tells for which of them. A name that was looked up may also be another's, as that of the database. */
function onListening({ code, address, hostname, port }: SystemError, place: Place): string | null {
  const host = hostname ?? address
  const { metrics } = place
  const isOfMetrics = metrics !== null && metrics !== undefined && (port === undefined || metrics.port === place.port ? host === metrics.host && host !== place.host : port === metrics.port)
  const [hostName, portName] = isOfMetrics ? ['METRICS_HOST', 'METRICS_PORT'] : ['HOST', 'PORT']
  const wanted = isOfMetrics ? metrics.host : place.host
  const noAddress = `${hostName} is "${wanted}", but that is no address of this machine; leave it out to listen on 127.0.0.1 only.`
  if (hostname !== undefined) return hostname === wanted ? noAddress : null
  switch (code) {
    case 'EADDRINUSE': return `Another program listens on port ${port ?? place.port} already, maybe a Terrain that runs: end it, or name another port in ${portName}.`
    case 'EACCES': return `This user may not listen on port ${port ?? place.port}: name one from 1024 on in ${portName}, and put a proxy in front.`
    case 'EADDRNOTAVAIL': case 'EAFNOSUPPORT': return noAddress
    default: return null
  }
}

/** By SQLite's primary codes (`sqlite3.h`). Its errors name no file: our connection adds it. Backups are looked at in databases that the last backup does not bring back. */
function onSqlite(errcode: number, file: string | undefined, { dataDir }: Place): string | null {
  const kind = errcode & 0xff
  if (file === undefined) return null
  const restore = file === join(dataDir, 'terrain.db') ? ' Keep it as it is, and restore the last backup into an empty folder, as docs/operate.md says under "Restore".' : ''
  switch (kind) {
    case 5: return `${file} is kept busy by another process. Try again in a minute.`
    case 8: case 14: return `${file} cannot be opened: this user may not write it, its disk may only be read, or its folder is not there.`
    case 10: return `${file} cannot be read or written: its disk fails.${restore}`
    case 11: return `${file} is damaged.${restore}`
    case 26: return `${file} is no database, or is damaged.${restore}`
    default: return null
  }
}

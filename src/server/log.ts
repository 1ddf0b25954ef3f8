import { fstatSync } from 'node:fs'
import { pino } from 'pino'
import type { DestinationStream } from 'pino'
import { toldError } from '#server/told-error.ts'

/** Three levels: error = a person must look, info, debug. Nothing of an entry's content is ever logged; an error goes under `err`, where it is told without what it quotes. */
export interface Log {
  readonly error: (details: Readonly<Record<string, unknown>>, message: string) => void
  readonly info: (details: Readonly<Record<string, unknown>>, message: string) => void
  readonly debug: (details: Readonly<Record<string, unknown>>, message: string) => void
}

/** So much of what could not be written waits for room. */
const mostWaiting = 256 * 1024

/**
 * Standard output, or a file. Lines that cannot be written, as on a full disk, wait; those beyond what may wait are left out, and each one that comes tries again. Left to
 * itself the library ends the process for it, and tries so hard to write the last lines that the process neither ends nor answers. Another program that reads may be
 * slow, and is not waited for; a file is.
 */
export function linesTo(dest: number | string): DestinationStream {
  const isRead = typeof dest === 'number' && isReadByAnother(dest)
  // `minLength` is what `flush` needs to try at all.
  const lines = pino.destination({ dest, sync: !isRead, minLength: 1, maxLength: mostWaiting })
  lines.on('error', () => undefined)
  lines.on('drop', () => lines.flush())
  return lines
}

function isReadByAnother(fd: number): boolean {
  const stat = fstatSync(fd)
  return stat.isFIFO() || stat.isSocket()
}

/** Lines of JSON on standard output, unless they are to go elsewhere. */
export function createLog(level: 'error' | 'info' | 'debug' | 'silent', destination: DestinationStream = linesTo(1)): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: toldError } }, destination)
}

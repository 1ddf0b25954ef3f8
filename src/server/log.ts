import { pino } from 'pino'
import type { DestinationStream } from 'pino'
import { toldError } from '#server/told-error.ts'

/** Three levels: error = a person must look, info, debug. Nothing of an entry's content is ever logged; an error goes under `err`, where it is told without what it quotes. */
export interface Log {
  readonly error: (details: Readonly<Record<string, unknown>>, message: string) => void
  readonly info: (details: Readonly<Record<string, unknown>>, message: string) => void
  readonly debug: (details: Readonly<Record<string, unknown>>, message: string) => void
}

/** Lines of JSON on standard output, unless they are to go elsewhere. */
export function createLog(level: 'error' | 'info' | 'debug' | 'silent', destination?: DestinationStream): Log {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: toldError } }
  return destination === undefined ? pino(options) : pino(options, destination)
}

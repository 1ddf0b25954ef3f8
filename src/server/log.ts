import { pino } from 'pino'

/** Three levels: error = a person must look, info, debug. Nothing of an entry's content is ever logged. */
export interface Log {
  readonly error: (details: Readonly<Record<string, unknown>>, message: string) => void
  readonly info: (details: Readonly<Record<string, unknown>>, message: string) => void
  readonly debug: (details: Readonly<Record<string, unknown>>, message: string) => void
}

export function createLog(level: 'error' | 'info' | 'debug' | 'silent'): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime })
}

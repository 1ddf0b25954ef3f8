import { whyShutOut } from '#server/store/shut-out.ts'

/** An error as the log and the operator are told of it. */
export interface ToldError {
  readonly type: string
  readonly code?: string
  readonly message?: string
  readonly stack?: readonly string[]
  readonly cause?: ToldError
}

/**
 * What an error is, without what it quotes: the messages and fields of parsers, schemas and databases hold the very words that did
 * not fit (`Unexpected token 'x', "…"`, `Failing row contains (…)`). The message is told where it is ours or that of the
 * operating system; of all others type, code and place are enough to find the fault.
 */
export function toldError(error: unknown, depth = 0): ToldError {
  if (!(error instanceof Error)) return { type: typeof error }
  const { code, errstr } = error as { readonly code?: unknown; readonly errstr?: unknown }
  const message = messageIn(error, errstr)
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)).map((line) => line.trim())
  return {
    type: error.constructor.name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code: String(code) } : {}),
    ...(message === null ? {} : { message }),
    ...(frames.length > 0 ? { stack: frames } : {}),
    ...(error.cause === undefined || depth >= 3 ? {} : { cause: toldError(error.cause, depth + 1) }),
  }
}

/** In one line, for a sentence. */
export function toldInWords(error: unknown): string {
  const { type, code, message } = toldError(error)
  return message ?? [type, code].filter((part) => part !== undefined).join(' ')
}

const ours: ReadonlySet<string> = new Set(['Error', 'Advice', 'ShelfUnavailable', 'AlteredFile', 'WorkerUnavailable', 'StillWaiting', 'OutdatedProcess'])

function messageIn(error: Error, errstr: unknown): string | null {
  // SQLite says in `errstr` what kind of fault it is, in `message` sometimes in which words.
  if (typeof errstr === 'string') return errstr
  const shut = whyShutOut(error)
  if (shut !== null) return error.constructor.name === 'Advice' ? error.message : `The PostgreSQL of DATABASE_URL cannot be used: ${shut}.`
  const { code, syscall } = error as { readonly code?: unknown; readonly syscall?: unknown }
  const isOurs = ours.has(error.constructor.name) && (code === undefined || typeof syscall === 'string')
  return isOurs ? (error.message.split('\n')[0] ?? '') : null
}

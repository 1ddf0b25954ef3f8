import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import type { SaveProblem } from '#device/device.ts'

/** What is already known to be wrong inside a transaction: thrown there, so that the transaction is undone. */
export class Refusal extends Error {
  readonly problem: SaveProblem

  constructor(problem: SaveProblem) {
    super(problem.kind)
    this.problem = problem
  }
}

/** The result of a write: what the author can act on as a problem, with the draft untouched. */
export async function written<Value>(run: () => Promise<Value>): Promise<Result<Value, SaveProblem>> {
  try {
    return ok(await run())
  } catch (error) {
    return fail(saveProblemOf(error))
  }
}

/** A full disk comes as an aborted transaction around the real reason, sometimes in several layers. */
export function saveProblemOf(error: unknown): SaveProblem {
  if (error instanceof Refusal) return error.problem
  if (isFull(error)) return { kind: 'storage-full' }
  const names = namesIn(error)
  return { kind: 'storage-failed', name: names[0] ?? 'unknown' }
}

export function isFull(error: unknown): boolean {
  return namesIn(error).includes('QuotaExceededError')
}

const lostConnection: readonly string[] = ['DatabaseClosedError', 'InvalidStateError', 'UnknownError']

export function isLostConnection(error: unknown): boolean {
  const names = namesIn(error)
  return !names.includes('QuotaExceededError') && names.some((name) => lostConnection.includes(name))
}

/** Undone without a word why; a full storage says so. */
export function isAborted(error: unknown): boolean {
  return namesIn(error).includes('AbortError') && !isFull(error)
}

function namesIn(error: unknown, depth = 0): readonly string[] {
  if (typeof error !== 'object' || error === null || depth > 4) return []
  const name: unknown = Reflect.get(error, 'name')
  const failures: unknown = Reflect.get(error, 'failures')
  const inside = [Reflect.get(error, 'inner'), ...(Array.isArray(failures) ? failures.slice(0, 1) : [])]
  return [...(typeof name === 'string' ? [name] : []), ...inside.flatMap((cause) => namesIn(cause, depth + 1))]
}

/**
 * Whoever watches gives up after some seconds, and takes a process that does not answer for dead. A database whose machine is gone without a word says nothing
 * for a quarter of an hour, on a connection that it had.
 */
const patienceMs = 4_000

/** What is not answered in time has failed; what comes of it later is nobody's any more. */
export async function inTime<Value>(asked: Promise<Value>, ms = patienceMs): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StillWaiting(`no answer in ${ms / 1000} seconds`)), ms)
  })
  try {
    return await Promise.race([asked, late])
  } finally {
    clearTimeout(timer)
  }
}

export class StillWaiting extends Error {}

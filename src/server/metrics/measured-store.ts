import type { Metrics } from '#server/metrics/metrics.ts'
import type { Store } from '#server/store/store.ts'

type Call = (...args: readonly unknown[]) => unknown

/** The same store, each call of which is timed under the name of its part; what was appended and kept is counted. */
export function measuredStore(store: Store, metrics: Metrics): Store {
  const measured = Object.fromEntries(Object.entries(store).map(([name, part]) => [name, typeof part === 'function' ? timed('store', part as Call, metrics) : timedPart(name, part as Readonly<Record<string, Call>>, metrics)])) as unknown as Store
  return {
    ...measured,
    // A dump lasts as long as its reader, and closing as long as what is in flight: neither tells how fast the store is.
    backup: store.backup,
    close: store.close,
    changes: {
      ...measured.changes,
      append: async (run) => {
        const answer = await measured.changes.append(run)
        metrics.appended(answer.results)
        return answer
      },
    },
    files: {
      ...measured.files,
      put: async (file) => {
        await measured.files.put(file)
        metrics.keptFile(file)
      },
    },
  }
}

function timedPart(part: string, methods: Readonly<Record<string, Call>>, metrics: Metrics): Readonly<Record<string, Call>> {
  return Object.fromEntries(Object.entries(methods).map(([name, method]) => [name, timed(part, method, metrics)]))
}

function timed(part: string, call: Call, metrics: Metrics): Call {
  return async (...args) => {
    const from = performance.now()
    let failed = true
    try {
      const answer = await call(...args)
      failed = false
      return answer
    } finally {
      metrics.asked({ part, ms: performance.now() - from, failed })
    }
  }
}

import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import { quarantineReasons } from '#protocol/problem.ts'
import { pushStatuses } from '#protocol/sync.ts'
import type { PushResult } from '#protocol/sync.ts'
import type { BackupStatus } from '#server/backup/schedule.ts'
import { createUpkeepGauges } from '#server/metrics/upkeep-gauges.ts'
import type { UpkeepGround } from '#server/metrics/upkeep-gauges.ts'

export interface Answered {
  readonly method: string
  /** The template of the route, without what stands in it; undefined when none fits. */
  readonly route: string | undefined
  readonly status: number
  readonly ms: number
}

/** What this process has counted. Labels are names of our own code alone: no ids, no addresses, no words. */
export interface Metrics {
  readonly answered: (answer: Answered) => void
  readonly appended: (results: readonly PushResult[]) => void
  readonly keptFile: (file: { readonly type: string; readonly bytes: number }) => void
  /** How many files of what was erased the storage has not let go, at the last round. */
  readonly leftErased: (files: number) => void
  readonly asked: (call: { readonly part: string; readonly ms: number; readonly failed: boolean }) => void
  /** In the format of Prometheus, with what the store says at this moment. */
  readonly text: () => Promise<string>
  readonly contentType: string
}

export interface MetricsGround extends UpkeepGround {
  readonly version: string
  readonly database: 'sqlite' | 'postgres'
  readonly backupStatus: () => BackupStatus | null
  readonly backupEveryMs: number | null
  readonly isStopping: () => boolean
}

const requestSeconds = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60]
const storeSeconds = [0.001, 0.005, 0.02, 0.1, 0.5, 2.5, 10]
const commonMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

export function createMetrics(ground: MetricsGround): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const lookAtUpkeep = createUpkeepGauges(ground, registers)
  tellOfProcess(ground, registers)
  const requests = new Histogram({ name: 'terrain_http_request_duration_seconds', help: 'Answers, by route and class of status; routes that are not of the API are "app".', labelNames: ['method', 'route', 'status'], buckets: requestSeconds, registers })
  const limited = new Counter({ name: 'terrain_http_limited_total', help: 'Requests that were refused because their caller had asked too often.', registers })
  const changes = new Counter({ name: 'terrain_changes_total', help: 'Changes that were brought, by what became of them.', labelNames: ['outcome'], registers })
  const setAside = new Counter({ name: 'terrain_changes_set_aside_total', help: 'Changes that were set aside, by reason.', labelNames: ['reason'], registers })
  const files = new Counter({ name: 'terrain_files_kept_total', help: 'Files that were finished and kept.', labelNames: ['kind'], registers })
  const bytes = new Counter({ name: 'terrain_files_kept_bytes_total', help: 'Bytes of the files that were kept.', registers })
  const calls = new Histogram({ name: 'terrain_store_duration_seconds', help: 'Calls to the store, by its part.', labelNames: ['part'], buckets: storeSeconds, registers })
  const failures = new Counter({ name: 'terrain_store_failures_total', help: 'Calls to the store that failed, by its part.', labelNames: ['part'], registers })
  const leftErased = new Gauge({ name: 'terrain_erased_files_left', help: 'Files of erased entries that the storage did not let go when this process last tried, every five minutes. The same for all processes.', registers })
  // From the start at nothing: what is missing until it first happens cannot be seen to rise.
  for (const outcome of pushStatuses) changes.inc({ outcome }, 0)
  for (const reason of quarantineReasons) setAside.inc({ reason }, 0)
  for (const kind of ['picture', 'voice']) files.inc({ kind }, 0)
  return {
    answered: ({ method, route, status, ms }) => {
      requests.observe({ method: commonMethods.has(method) ? method : 'other', route: routeLabel(route, status), status: `${Math.floor(status / 100)}xx` }, ms / 1000)
      if (status === 429) limited.inc()
    },
    appended: (results) => {
      for (const { status, problem } of results) {
        changes.inc({ outcome: status })
        if (status === 'quarantined') setAside.inc({ reason: problem ?? 'unknown' })
      }
    },
    keptFile: ({ type, bytes: length }) => {
      files.inc({ kind: type.startsWith('audio/') ? 'voice' : 'picture' })
      bytes.inc(length)
    },
    leftErased: (left) => leftErased.set(left),
    asked: ({ part, ms, failed }) => {
      calls.observe({ part }, ms / 1000)
      if (failed) failures.inc({ part })
    },
    text: async () => {
      await lookAtUpkeep()
      return registry.metrics()
    },
    contentType: registry.contentType,
  }
}

/** Whatever is no call of the API and no report is the app, where there is such a file. */
function routeLabel(route: string | undefined, status: number): string {
  if (route !== undefined && (route.startsWith('/api/') || route.startsWith('/r/'))) return route
  return route !== undefined || status < 400 ? 'app' : 'none'
}

function tellOfProcess({ version, database, backupStatus, backupEveryMs, isStopping }: MetricsGround, registers: Registry[]): void {
  new Gauge({ name: 'terrain_info', help: 'Which Terrain this is.', labelNames: ['version', 'database', 'node'], registers }).set({ version, database, node: process.version }, 1)
  new Gauge({ name: 'terrain_stopping', help: '1 while this process finishes what it has and takes nothing new.', registers, collect() {
    this.set(isStopping() ? 1 : 0)
  } })
  new Gauge({ name: 'terrain_backup_failing', help: '1 when the last backup of this process failed or did not verify.', registers, collect() {
    this.set(backupStatus()?.failing === true ? 1 : 0)
  } })
  new Gauge({ name: 'terrain_backup_interval_seconds', help: 'Time between two backups of this process; 0 when it makes none.', registers }).set((backupEveryMs ?? 0) / 1000)
}

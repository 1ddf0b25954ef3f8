import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { createApp } from '#server/http/create-app.ts'
import { measuredStore } from '#server/metrics/measured-store.ts'
import { createMetrics } from '#server/metrics/metrics.ts'
import { readMetrics } from '../../support/read-metrics.ts'
import type { ReadMetrics } from '../../support/read-metrics.ts'
import { startTestServer } from '../../support/test-server.ts'

interface Rule {
  readonly alert: string
  readonly expr: string
  readonly for?: string
  readonly labels: { readonly severity: string }
  readonly annotations: { readonly summary: string }
}

let told: ReadMetrics
let rules: readonly Rule[]
let panels: readonly { readonly title: string; readonly targets?: readonly { readonly expr: string }[] }[]

beforeAll(async () => {
  const server = await startTestServer()
  const metrics = createMetrics({ store: server.context.store, uploadDir: server.context.uploadDir, folders: { data: tmpdir() }, version: '1', database: 'sqlite', backupStatus: () => null, backupEveryMs: 1, isStopping: () => false })
  const store = measuredStore({ ...server.context.store, epoch: () => Promise.reject(new Error('gone')) }, metrics)
  const { app } = await createApp({ ...server.context, store, metrics })
  await app.inject({ url: '/api/v1/health' })
  await store.epoch().catch(() => undefined)
  told = readMetrics(await metrics.text())
  await app.close()
  await server.close()
  rules = (parse(await readFile('deploy/prometheus/alerts.yml', 'utf8')) as { readonly groups: readonly { readonly rules: readonly Rule[] }[] }).groups.flatMap((group) => group.rules)
  panels = (JSON.parse(await readFile('deploy/grafana/terrain.json', 'utf8')) as { readonly panels: typeof panels }).panels
})

/** Prometheus adds them itself. */
const ofPrometheus = new Set(['up', 'job', 'instance', 'le'])
const language = new Set(['sum', 'max', 'min', 'by', 'rate', 'increase', 'changes', 'offset', 'time', 'topk', 'histogram_quantile', 'clamp_min'])

/** Names and labels in a query that nobody tells; what stands in quotes and in [] is neither. */
function unknownIn(expr: string): readonly string[] {
  const names = [...expr.replaceAll(/"[^"]*"|\[[^\]]*\]|\boffset \w+/g, '').matchAll(/(?<![\d.])\b[a-z_]\w*/g)].map(([name]) => name).filter((name) => !language.has(name) && !ofPrometheus.has(name))
  const metric = names.filter((name) => told.names.has(name))
  const labels = new Set(metric.flatMap((name) => [...told.labelsOf(name)]))
  return names.filter((name) => !told.names.has(name) && !labels.has(name))
}

describe('dashboard and alerts', () => {
  it('[OP4] every metric and label that the alerts name is told', () => {
    expect(rules.length).toBeGreaterThan(10)
    expect(rules.flatMap(({ alert, expr }) => unknownIn(expr).map((name) => `${alert}: ${name}`))).toEqual([])
  })

  it('[OP4] every metric and label that the dashboard names is told', () => {
    const queries = panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => ({ title, expr })))
    expect(queries.length).toBeGreaterThan(15)
    expect(queries.flatMap(({ title, expr }) => unknownIn(expr).map((name) => `${title}: ${name}`))).toEqual([])
  })

  it('[OP4] all that is told of Terrain is on the dashboard or in an alert', () => {
    const named = [...rules.map(({ expr }) => expr), ...panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr))].join('\n')
    const ours = [...told.names].filter((name) => name.startsWith('terrain_') && !name.endsWith('_sum'))
    expect(ours.filter((name) => !named.includes(name))).toEqual([])
  })

  it('[OP4] planted mistakes are seen', () => {
    expect(unknownIn('sum by (nobody) (rate(terrain_http_limited_total[5m])) > 1e9')).toEqual(['nobody'])
    expect(unknownIn('terrain_gone{status="5xx"} offset 1h')).toEqual(['terrain_gone', 'status'])
  })

  it('[OP4] what the desk shares is never added up over processes', () => {
    const shared = ['terrain_changes_set_aside', 'terrain_alarms', 'terrain_changes_not_backed_up', 'terrain_backup_verified_timestamp_seconds', 'terrain_uploads_unfinished', 'terrain_uploads_not_kept']
    const queries = [...rules.map(({ expr }) => expr), ...panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr))]
    for (const name of shared) for (const query of queries) for (const [use] of query.matchAll(new RegExp(`\\w*\\(?${name}\\b`, 'g'))) expect(use).toBe(`max(${name}`)
  })

  it('[OP4] each alert says who should look when, and the handbook says what to do', async () => {
    const handbook = await readFile('docs/operate.md', 'utf8')
    for (const { alert, labels, annotations } of rules) {
      expect(['page', 'look']).toContain(labels.severity)
      expect(annotations.summary).toMatch(/\.$/)
      expect(handbook).toContain(alert)
    }
  })
})

import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import * as v from 'valibot'
import type { Ground, Measure, Samples } from '../runner/benchmark.ts'

const program = join(import.meta.dirname, '../node_modules/lighthouse/cli/index.js')

const categories = { performance: 95, accessibility: 100, 'best-practices': 100 } as const
/** What the score for performance is made of. */
const metrics = { 'first-contentful-paint': 'ms', 'largest-contentful-paint': 'ms', 'speed-index': 'ms', 'total-blocking-time': 'ms', 'cumulative-layout-shift': 'points' } as const

export const lighthouseMeasures: readonly Measure[] = [
  ...Object.entries(categories).map(([name, value]): Measure => ({ name, unit: 'points', goal: { of: 'median', limit: 'at least', value } })),
  ...Object.entries(metrics).map(([name, unit]): Measure => ({ name: name.replaceAll('-', ' '), unit })),
]

const reportSchema = v.object({
  runtimeError: v.optional(v.object({ code: v.string() })),
  categories: v.record(v.string(), v.object({ score: v.nullable(v.number()), auditRefs: v.array(v.object({ id: v.string(), weight: v.number() })) })),
  audits: v.record(v.string(), v.object({ title: v.string(), score: v.nullable(v.number()), numericValue: v.optional(v.number()), displayValue: v.optional(v.string()) })),
})
type Report = v.InferOutput<typeof reportSchema>

export interface Visit {
  readonly url: string
  /** Where the browser that is to be used takes orders. */
  readonly port: number
  /** Whether the page finds what it kept before. */
  readonly keepsStorage: boolean
}

/** Lighthouse as it comes, for a phone: a Moto G Power on slow 4G, both simulated from what it sees of an unthrottled load. */
export async function runLighthouse({ url, port, keepsStorage }: Visit, { say }: Pick<Ground, 'say'>): Promise<Samples> {
  const flags = ['--quiet', '--output=json', '--output-path=stdout', `--port=${port}`, `--only-categories=${Object.keys(categories).join(',')}`, '--no-enable-error-reporting', ...(keepsStorage ? ['--disable-storage-reset'] : [])]
  const ask = () => promisify(execFile)(process.execPath, [program, url, ...flags], { maxBuffer: 256 * 1024 ** 2 })
  const { stdout } = await ask().catch((error: unknown) => (isLostTrace(error) ? ask() : Promise.reject(error)))
  const report = v.parse(reportSchema, JSON.parse(stdout))
  if (report.runtimeError !== undefined) throw new Error(`Lighthouse could not judge the page: ${report.runtimeError.code}`)
  for (const line of lostPoints(report)) say(line)
  return {
    ...Object.fromEntries(Object.keys(categories).map((name) => [name, [(report.categories[name]?.score ?? NaN) * 100]])),
    ...Object.fromEntries(Object.keys(metrics).map((id) => [id.replaceAll('-', ' '), [report.audits[id]?.numericValue ?? NaN]])),
  }
}

/** Now and then it has not seen where the page began, and asks to be run again. */
function isLostTrace(error: unknown): boolean {
  return error instanceof Error && error.message.includes('NO_NAVSTART')
}

/** What to mend, for the person at the terminal. */
function lostPoints({ categories: judged, audits }: Report): readonly string[] {
  return Object.entries(judged).flatMap(([name, { auditRefs }]) => auditRefs.flatMap(({ id, weight }) => {
    const audit = audits[id]
    if (audit === undefined || audit.score === null || audit.score >= 0.9 || weight === 0) return []
    return [`    ${name}: ${audit.title} ${audit.displayValue ?? ''}`]
  }))
}

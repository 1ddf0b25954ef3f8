import { isIP } from 'node:net'
import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'

export interface MetricsConfig {
  readonly port: number
  readonly host: string
  /** What must be brought as a bearer; null where only this machine can ask. */
  readonly token: string | null
}

const shortestToken = 16

/** `METRICS_PORT`, `METRICS_HOST` and `METRICS_TOKEN`; null where no port is named. The token is never repeated. */
export function readMetricsConfig(env: Readonly<Record<string, string | undefined>>): Result<MetricsConfig | null, readonly string[]> {
  const text = env['METRICS_PORT'] ?? ''
  if (text === '') return ok(null)
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  const host = env['METRICS_HOST'] ?? '127.0.0.1'
  const token = env['METRICS_TOKEN'] ?? ''
  const faults = [
    ...(port >= 0 && port <= 65_535 ? [] : [`METRICS_PORT is "${text}", but it must be a whole number from 0 to 65535.`]),
    ...(port !== 0 && text === (env['PORT'] ?? '8080') ? ['METRICS_PORT is the port of the app, but it must be one of its own: what is told there is not for everybody.'] : []),
    ...(isIP(host) === 0 ? [`METRICS_HOST is "${host}", but it must be an address to listen on, like 127.0.0.1 or 0.0.0.0.`] : []),
    ...(token !== '' && token.length < shortestToken ? [`METRICS_TOKEN is shorter than ${shortestToken} characters; take a long random one.`] : []),
    ...(token === '' && !/^(?:127\.|::1$)/.test(host) ? ['METRICS_TOKEN is missing: where others than this machine can ask (METRICS_HOST), a token must be asked for.'] : []),
  ]
  return faults.length > 0 ? fail(faults) : ok({ port, host, token: token === '' ? null : token })
}

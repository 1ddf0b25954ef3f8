import { isAbsolute, resolve } from 'node:path'
import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'

export interface Config {
  readonly port: number
  readonly host: string
  /** Absolute folder of the database and the files. */
  readonly dataDir: string
  /** Without a slash at the end: what invite links begin with. */
  readonly publicUrl: string
  readonly logLevel: 'error' | 'info' | 'debug' | 'silent'
}

const logLevels = ['error', 'info', 'debug', 'silent'] as const

/** Reads the environment; every fault is a sentence that says which variable is wrong and what it should be. */
export function readConfig(env: Readonly<Record<string, string | undefined>>, cwd: string): Result<Config, readonly string[]> {
  const port = numberIn(env['PORT'] ?? '8080')
  const host = env['HOST'] ?? '127.0.0.1'
  const publicUrl = (env['PUBLIC_URL'] ?? `http://localhost:${port ?? 8080}`).replace(/\/+$/, '')
  const logLevel = logLevels.find((level) => level === (env['LOG_LEVEL'] ?? 'info'))
  const faults = [
    ...(port === null ? [`PORT is "${env['PORT']}", but it must be a whole number from 0 to 65535.`] : []),
    ...(host.trim() === '' ? ['HOST is empty; leave it out to listen on 127.0.0.1 only.'] : []),
    ...(isWebAddress(publicUrl) ? [] : [`PUBLIC_URL is "${publicUrl}", but it must be an address like https://reports.example.org.`]),
    ...(logLevel === undefined ? [`LOG_LEVEL is "${env['LOG_LEVEL']}", but it must be one of ${logLevels.join(', ')}.`] : []),
    ...(env['DATABASE_URL'] ? ['DATABASE_URL is set, but this version keeps its data in SQLite under TERRAIN_DATA; leave DATABASE_URL out.'] : []),
    ...(env['S3_ENDPOINT'] || env['S3_BUCKET'] ? ['S3_ENDPOINT or S3_BUCKET is set, but this version keeps files under TERRAIN_DATA; leave them out.'] : []),
  ]
  if (faults.length > 0 || port === null || logLevel === undefined) return fail(faults)
  const dataDir = env['TERRAIN_DATA'] ?? 'data'
  return ok({ port, host, publicUrl, logLevel, dataDir: isAbsolute(dataDir) ? dataDir : resolve(cwd, dataDir) })
}

function numberIn(text: string): number | null {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  return port >= 0 && port <= 65_535 ? port : null
}

function isWebAddress(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') && url.pathname === '/' && url.search === ''
}

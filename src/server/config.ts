import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import { readFloodConfig } from '#server/policies/flood-policy.ts'
import type { FloodLimits } from '#server/policies/flood-policy.ts'
import type { S3Bucket } from '#server/files/s3-client.ts'
import { readBackupConfig } from '#server/backup/backup-config.ts'
import { readSessionConfig } from '#server/auth/session-config.ts'
import type { SessionConfig } from '#server/auth/session-config.ts'
import type { BackupConfig } from '#server/backup/backup-config.ts'
import { readS3Config } from '#server/files/s3-config.ts'
import { readMetricsConfig } from '#server/metrics/metrics-config.ts'
import type { MetricsConfig } from '#server/metrics/metrics-config.ts'

export interface Config {
  readonly port: number
  readonly host: string
  /** Absolute folder of the database and the files. */
  readonly dataDir: string
  /** Address of a PostgreSQL database, with its password, when the data is not in SQLite under `dataDir`. */
  readonly databaseUrl?: string
  /** Absolute folder of unfinished uploads, where it is not the one under `dataDir`. */
  readonly uploadDir?: string
  /** Where finished files go, when not under `dataDir`. */
  readonly s3?: S3Bucket
  /** Without a slash at the end: what invite links begin with. */
  readonly publicUrl: string
  /** Always there when read from the environment. */
  readonly backup?: BackupConfig
  /** How long sessions last; the usual times where nothing is said. */
  readonly session?: SessionConfig
  /** How many entries one person brings in an hour; the usual numbers where nothing is said. */
  readonly flood?: FloodLimits
  readonly logLevel: 'error' | 'info' | 'debug' | 'silent'
  /** How long it goes on taking what comes after it has said that it ends, so that a proxy has noticed. */
  readonly shutdownDelayMs?: number
  /** Where it is told how it does; null or missing: nowhere. */
  readonly metrics?: MetricsConfig | null
  /** Whose word on where a request comes from is taken; the proxy of this machine, where nothing else is said. */
  readonly trustedProxies?: readonly string[]
}

export const usualProxies: readonly string[] = ['loopback']

const logLevels = ['error', 'info', 'debug', 'silent'] as const

/** Reads the environment; every fault is a sentence that says which variable is wrong and what it should be. */
export function readConfig(env: Readonly<Record<string, string | undefined>>, cwd: string): Result<Config, readonly string[]> {
  const port = numberIn(env['PORT'] ?? '8080')
  const host = env['HOST'] ?? '127.0.0.1'
  const publicUrl = (env['PUBLIC_URL'] ?? `http://localhost:${port ?? 8080}`).replace(/\/+$/, '')
  const logLevel = logLevels.find((level) => level === (env['LOG_LEVEL'] ?? 'info'))
  const s3 = readS3Config(env)
  const dataDir = resolve(cwd, env['TERRAIN_DATA'] ?? 'data')
  const backup = readBackupConfig(env, { cwd, dataDir })
  const databaseUrl = env['DATABASE_URL'] ?? ''
  const metrics = readMetricsConfig(env)
  const [session, flood] = [readSessionConfig(env), readFloodConfig(env)]
  const delay = env['SHUTDOWN_DELAY'] ?? '0'
  const proxies = readProxies(env['TRUSTED_PROXIES'])
  const faults = [
    ...(port === null ? [`PORT is "${env['PORT']}", but it must be a whole number from 0 to 65535.`] : []),
    ...(host.trim() === '' ? ['HOST is empty; leave it out to listen on 127.0.0.1 only.'] : []),
    ...(env['TERRAIN_DATA'] === '' ? ['TERRAIN_DATA is empty; leave it out to keep the data in the folder data.'] : []),
    ...(isWebAddress(publicUrl) ? [] : [`PUBLIC_URL is "${publicUrl}", but it must be an address like https://reports.example.org, and nothing behind it.`]),
    ...(logLevel === undefined ? [`LOG_LEVEL is "${env['LOG_LEVEL']}", but it must be one of ${logLevels.join(', ')}.`] : []),
    ...(databaseUrl === '' || isPostgresAddress(databaseUrl) ? [] : ['DATABASE_URL must be an address like postgres://user:password@host/database; leave it out to keep the data in SQLite under TERRAIN_DATA.']),
    ...(isDelay(delay) ? [] : [`SHUTDOWN_DELAY is "${delay}", but it must be a number of seconds from 0 to 120.`]),
    ...(metrics.ok ? [] : metrics.problem),
    ...(proxies.ok ? [] : proxies.problem),
    ...(session.ok ? [] : session.problem),
    ...(flood.ok ? [] : flood.problem),
    ...(s3.ok ? [] : s3.problem),
    ...(backup.ok ? [] : backup.problem),
  ]
  if (faults.length > 0 || port === null || logLevel === undefined || !metrics.ok || !proxies.ok || !session.ok || !flood.ok || !s3.ok || !backup.ok) return fail(faults)
  const uploadDir = env['UPLOAD_DIR'] ? { uploadDir: resolve(cwd, env['UPLOAD_DIR']) } : {}
  return ok({ port, host, publicUrl, logLevel, shutdownDelayMs: Number(delay) * 1000, trustedProxies: proxies.value, metrics: metrics.value, session: session.value, flood: flood.value, dataDir, backup: backup.value, ...uploadDir, ...(databaseUrl === '' ? {} : { databaseUrl }), ...(s3.value === null ? {} : { s3: s3.value }) })
}

function numberIn(text: string): number | null {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  return port >= 0 && port <= 65_535 ? port : null
}

/** Its value is never repeated to anybody: it holds a password. */
function isPostgresAddress(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && (url.protocol === 'postgres:' || url.protocol === 'postgresql:') && url.pathname.length > 1
}

function isDelay(text: string): boolean {
  return /^\d{1,3}(?:\.\d)?$/.test(text) && Number(text) <= 120
}

const proxyNames = new Set(['loopback', 'linklocal', 'uniquelocal'])

/** Addresses, networks (`10.0.0.0/8`) and the three names that stand for networks, with commas between; `none` for nobody. */
function readProxies(text: string | undefined): Result<readonly string[], readonly string[]> {
  if (text === undefined || text === '') return ok(usualProxies)
  if (text === 'none') return ok([])
  const proxies = text.split(',').map((proxy) => proxy.trim())
  const wrong = proxies.find((proxy) => !proxyNames.has(proxy) && !isNetwork(proxy))
  return wrong === undefined ? ok(proxies) : fail([`TRUSTED_PROXIES has "${wrong}", but it must be addresses like 10.0.0.7 or networks like 10.0.0.0/8, loopback or uniquelocal, with commas between, or none.`])
}

function isNetwork(text: string): boolean {
  const [address = '', bits, more] = text.split('/')
  const most = isIP(address) === 6 ? 128 : 32
  return isIP(address) !== 0 && more === undefined && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= most))
}

/** No more than an origin: an invite is written behind it, and a name with a password in it would go out with each. */
function isWebAddress(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') && url.href === `${url.origin}/`
}

import { describe, expect, it } from 'vitest'
import { readConfig } from '#server/config.ts'

describe('configuration', () => {
  it('[SE38] an empty environment is a server on this machine only', () => {
    expect(readConfig({}, '/srv')).toEqual({ ok: true, value: { port: 8080, host: '127.0.0.1', dataDir: '/srv/data', backup: { dir: '/srv/data/backups', everyMs: 900_000 }, publicUrl: 'http://localhost:8080', logLevel: 'info', session: { lifeMs: 604_800_000, idleMs: 86_400_000 }, flood: { told: 60, most: 2000, megabytes: 2000 }, shutdownDelayMs: 0, trustedProxies: ['loopback'], metrics: null } })
  })

  it.each([
    ['SESSION_DAYS', '0'], ['SESSION_DAYS', 'long'], ['SESSION_IDLE_HOURS', '-1'], ['ENTRIES_PER_HOUR', '20'], ['ENTRIES_PER_HOUR', 'many'], ['UPLOAD_MB_PER_DAY', '5'], ['PORT', 'ninety'], ['PORT', '70000'], ['HOST', ' '], ['PUBLIC_URL', 'reports.example.org'], ['PUBLIC_URL', 'https://example.org/path'], ['PUBLIC_URL', 'https://example.org#here'], ['PUBLIC_URL', 'https://example.org?'], ['PUBLIC_URL', 'https://terrain:geheim@example.org'], ['TERRAIN_DATA', ''], ['LOG_LEVEL', 'loud'], ['DATABASE_URL', 'mysql://terrain:geheim@host/terrain'], ['DATABASE_URL', 'postgres://host'], ['DATABASE_URL', 'terrain'], ['S3_BUCKET', 'x'], ['SHUTDOWN_DELAY', 'long'], ['SHUTDOWN_DELAY', '121'], ['METRICS_PORT', 'ninety'], ['METRICS_PORT', '8080'], ['TRUSTED_PROXIES', 'everybody'], ['TRUSTED_PROXIES', '10.0.0.0/40'], ['TRUSTED_PROXIES', 'loopback,0.0.0.0/0'],
  ])('[SE38] %s=%j is refused with a sentence that names it', (name, value) => {
    const config = readConfig({ [name]: value }, '/srv')
    expect(config.ok ? [] : config.problem).toEqual([expect.stringContaining(name)])
  })

  it('[SE38] the address of a PostgreSQL is taken, and a wrong one is refused without repeating its password', () => {
    expect(readConfig({ DATABASE_URL: 'postgres://terrain:geheim@db.example.org/terrain' }, '/srv')).toMatchObject({ ok: true, value: { databaseUrl: 'postgres://terrain:geheim@db.example.org/terrain' } })
    const wrong = readConfig({ DATABASE_URL: 'mysql://terrain:geheim@host/terrain' }, '/srv')
    expect(JSON.stringify(wrong)).not.toContain('geheim')
  })

  it.each([['none', []], ['10.0.0.0/8, uniquelocal', ['10.0.0.0/8', 'uniquelocal']], ['2001:db8::7', ['2001:db8::7']]])('[SE38] TRUSTED_PROXIES=%j is taken', (text, trustedProxies) => {
    expect(readConfig({ TRUSTED_PROXIES: text }, '/srv')).toMatchObject({ ok: true, value: { trustedProxies } })
  })

  it('[OP1] nothing is told unless a port is named, on this machine only unless a token is asked for, which no fault repeats', () => {
    expect(readConfig({}, '/srv')).toMatchObject({ value: { metrics: null } })
    expect(readConfig({ METRICS_PORT: '9464' }, '/srv')).toMatchObject({ value: { metrics: { port: 9464, host: '127.0.0.1', token: null } } })
    expect(readConfig({ METRICS_PORT: '9464', METRICS_HOST: '0.0.0.0', METRICS_TOKEN: 'geheim-geheim-geheim' }, '/srv')).toMatchObject({ value: { metrics: { host: '0.0.0.0', token: 'geheim-geheim-geheim' } } })
    for (const wrong of [{ METRICS_HOST: '0.0.0.0' }, { METRICS_HOST: '0.0.0.0', METRICS_TOKEN: 'geheim' }, { METRICS_TOKEN: 'geheim' }]) {
      const config = readConfig({ METRICS_PORT: '9464', ...wrong }, '/srv')
      expect(config.ok ? '' : config.problem.join()).toMatch(/METRICS_TOKEN/)
      expect(JSON.stringify(config)).not.toContain('geheim')
    }
  })

  const bucket = { S3_ENDPOINT: 'https://s3.example.org/', S3_BUCKET: 'reports', S3_ACCESS_KEY_ID: 'id', S3_SECRET_ACCESS_KEY: 'geheim' }

  it('[SE67] a bucket with its keys is taken, in the region that most storages understand', () => {
    expect(readConfig({ ...bucket, UPLOAD_DIR: 'uploads' }, '/srv')).toMatchObject({ ok: true, value: { uploadDir: '/srv/uploads', s3: { endpoint: 'https://s3.example.org', bucket: 'reports', region: 'us-east-1', accessKeyId: 'id', secretAccessKey: 'geheim' } } })
  })

  it.each([
    ['S3_ENDPOINT', ''], ['S3_ENDPOINT', 's3.example.org'], ['S3_ENDPOINT', 'https://s3.example.org/reports'], ['S3_ENDPOINT', 'https://id:geheim@s3.example.org'], ['S3_BUCKET', ''], ['S3_BUCKET', 'Reports_1'],
    ['S3_REGION', 'eu west'], ['S3_ACCESS_KEY_ID', ''], ['S3_SECRET_ACCESS_KEY', ''], ['S3_SECRET_ACCESS_KEY', 'geheim oder nicht'],
  ])('[SE67] a bucket with %s=%j is refused with a sentence that names the variable and no key', (name, value) => {
    const config = readConfig({ ...bucket, [name]: value }, '/srv')
    expect(config.ok ? [] : config.problem).toEqual([expect.stringContaining(name)])
    expect(config.ok ? '' : config.problem.join()).not.toContain('geheim')
  })
})

import { describe, expect, it } from 'vitest'
import { readConfig } from '#server/config.ts'

describe('configuration', () => {
  it('[SE38] an empty environment is a server on this machine only', () => {
    expect(readConfig({}, '/srv')).toEqual({ ok: true, value: { port: 8080, host: '127.0.0.1', dataDir: '/srv/data', publicUrl: 'http://localhost:8080', logLevel: 'info' } })
  })

  it.each([
    ['PORT', 'ninety'], ['PORT', '70000'], ['HOST', ' '], ['PUBLIC_URL', 'reports.example.org'], ['PUBLIC_URL', 'https://example.org/path'], ['LOG_LEVEL', 'loud'], ['DATABASE_URL', 'postgres://x'], ['S3_BUCKET', 'x'],
  ])('[SE38] %s=%j is refused with a sentence that names it', (name, value) => {
    const config = readConfig({ [name]: value }, '/srv')
    expect(config.ok ? [] : config.problem).toEqual([expect.stringContaining(name)])
  })
})

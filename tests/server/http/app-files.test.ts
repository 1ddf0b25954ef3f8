import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

describe('the app as the server gives it', () => {
  let server: TestServer
  let appDir: string

  beforeAll(async () => {
    appDir = await mkdtemp(join(tmpdir(), 'terrain-app-'))
    await Promise.all([mkdir(join(appDir, 'assets')), mkdir(join(appDir, '.vite'))])
    await Promise.all([
      writeFile(join(appDir, '.stamp'), '0'), writeFile(join(appDir, '.vite', 'manifest.json'), '{}'),
      writeFile(join(appDir, 'index.html'), '<!doctype html><title>Terrain</title>'), writeFile(join(appDir, 'sw.js'), '0'), writeFile(join(appDir, 'assets', 'app-abc123.js'), '0'), writeFile(join(appDir, 'assets', 'photo-worker-x_1-2.js'), '0'),
      writeFile(join(appDir, 'csp.json'), JSON.stringify({ scripts: ['sha256-aaa='], styles: ['sha256-bbb='] })),
    ])
    server = await startTestServer({ appDir })
  })
  afterAll(async () => {
    await server.close()
    await rm(appDir, { recursive: true })
  })

  const get = (url: string) => server.app.inject({ method: 'GET', url })

  it('[SE33] the policy is enforced, has no unsafe-*, asks for Trusted Types and knows the inline blocks by hash', async () => {
    for (const url of ['/', '/entries', '/desk/entry/x']) {
      const policy = String((await get(url)).headers['content-security-policy'])
      expect(policy).toContain("script-src 'self' 'sha256-aaa='")
      expect(policy).toContain("style-src 'self' 'sha256-bbb='")
      expect(policy).toContain("require-trusted-types-for 'script'; trusted-types terrain-worker")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toContain('unsafe')
    }
  })

  it('[SE92] the worker that sees a photo before it is made small can load and send nothing', async () => {
    expect((await get('/assets/photo-worker-x_1-2.js')).headers['content-security-policy']).toBe("default-src 'none'; frame-ancestors 'none'")
  })

  it('[SE33] every answer says nosniff, also a problem', async () => {
    for (const url of ['/', '/assets/app-abc123.js', '/api/v1/health', '/api/v1/nothing']) expect((await get(url)).headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' })
  })

  it('[SE34] hashed assets are kept for ever, the shell and the worker are asked for anew, and the hashes are not served', async () => {
    expect([(await get('/assets/app-abc123.js')).headers['cache-control'], (await get('/sw.js')).headers['cache-control'], (await get('/')).headers['cache-control']]).toEqual(['public, max-age=31536000, immutable', 'no-cache', 'no-cache'])
    const told = await Promise.all(['/csp.json', '/.stamp', '/.vite/manifest.json', '/assets/..%2fcsp.json', '/assets/..%2f.stamp', '/assets'].map(get))
    expect(told.map(({ statusCode, body }) => statusCode === 404 || body.includes('<title>Terrain</title>'))).toEqual(told.map(() => true))
    expect(told[0]?.statusCode).toBe(404)
  })

  it('[SE34] who asks only whether the app is there is answered as who asks for it', async () => {
    for (const url of ['/', '/sw.js', '/assets/app-abc123.js', '/entry/123']) {
      const [whole, head] = [await get(url), await server.app.inject({ method: 'HEAD', url })]
      expect([url, head.statusCode, head.body, head.headers['content-type'], head.headers['content-length']]).toEqual([url, 200, '', whole.headers['content-type'], whole.headers['content-length']])
    }
  })

  it('[SE34] an unknown address is the app, also of a report that is not there; an unknown API address or file is a problem', async () => {
    expect((await get('/entry/123')).body).toContain('<title>Terrain</title>')
    const report = await get('/r/no-such-report?language=en')
    expect([report.statusCode, report.body.includes('<title>Terrain</title>'), String(report.headers['content-security-policy']).includes('trusted-types terrain-worker')]).toEqual([404, true, true])
    expect((await get('/api/v1/nothing')).json()).toMatchObject({ code: 'not-found', status: 404 })
    expect((await get('/assets/old-chunk.js')).json()).toMatchObject({ code: 'not-found' })
  })
})

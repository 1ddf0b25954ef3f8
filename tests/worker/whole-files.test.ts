import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { createWholeFiles, isBuiltFile } from '#worker/whole-files.ts'

const script = 'export const review = 1'
const portal = '<!doctype html><title>Welcome to the hotel</title>'
const address = 'https://terrain.example/assets/review-1.js'

function wholeFiles(...answers: readonly string[]) {
  const asked: Request[] = []
  const files = createWholeFiles({
    made: new Map([['/assets/review-1.js', `sha256-${createHash('sha256').update(script).digest('base64')}`]]),
    digest: (bytes) => crypto.subtle.digest('SHA-256', bytes),
    fetch: async (request) => {
      const answer = answers[asked.push(request) - 1]
      if (answer === undefined) throw new TypeError('no connection')
      return new Response(answer)
    },
  })
  return { ...files, asked }
}

test('[WO9] what came as the build made it is taken, and nothing is asked twice', async () => {
  const { fetchDidSucceed, asked } = wholeFiles()
  const response = new Response(script)
  expect(await fetchDidSucceed({ request: new Request(address), response })).toBe(response)
  expect(await response.text()).toBe(script)
  const unlisted = new Response(portal)
  expect(await fetchDidSucceed({ request: new Request('https://terrain.example/assets/map-1.js'), response: unlisted })).toBe(unlisted)
  const failed = new Response(portal, { status: 502 })
  expect(await fetchDidSucceed({ request: new Request(address), response: failed })).toBe(failed)
  expect(asked).toEqual([])
})

test('[WO9] a page of somebody else, and half a file, are asked for once more past every cache; what does not come then fails', async () => {
  for (const wrong of [portal, script.slice(0, 10), '']) {
    const { fetchDidSucceed, asked } = wholeFiles(script)
    const come = await fetchDidSucceed({ request: new Request(address), response: new Response(wrong) })
    expect(await come.text()).toBe(script)
    expect(asked.map(({ url, cache, integrity }) => [url, cache, integrity.slice(0, 7)])).toEqual([[address, 'reload', 'sha256-']])
  }
  await expect(wholeFiles().fetchDidSucceed({ request: new Request(address), response: new Response(portal) })).rejects.toThrow('no connection')
})

test('[WO9] what a version before has kept of such is not taken over by the next one; screens are not kept waiting for a hash', async () => {
  const { cachedResponseWillBeUsed } = wholeFiles()
  const kept = (body: string, type: string) => {
    const cachedResponse = new Response(body)
    return cachedResponseWillBeUsed({ request: new Request(address), cachedResponse, event: { type } })
  }
  expect(await kept(portal, 'install')).toBeNull()
  expect(await (await kept(script, 'install'))?.text()).toBe(script)
  expect(await (await kept(script, 'fetch'))?.text()).toBe(script)
  expect(await cachedResponseWillBeUsed({ request: new Request(address), event: { type: 'install' } })).toBeNull()
})

test('[WO9] of what is kept from its first use on, neither a page nor the end of a redirection is a file', () => {
  const answer = (type: string, more: object = {}) => isBuiltFile({ status: 200, redirected: false, headers: new Headers({ 'content-type': type }), ...more })
  expect([answer('application/javascript; charset=utf-8'), answer('text/css'), isBuiltFile(new Response(new Uint8Array()))]).toEqual([true, true, true])
  expect([answer('Text/HTML; charset=utf-8'), answer('text/css', { redirected: true }), answer('text/css', { status: 206 })]).toEqual([false, false, false])
})

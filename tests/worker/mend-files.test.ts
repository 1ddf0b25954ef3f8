import { expect, test } from 'vitest'
import { mendFiles } from '#worker/mend-files.ts'
import { createFakeCaches } from '../support/fake-caches.ts'

const precache = 'precache'
const base = 'https://terrain.example'
const keys = new Map([['/index.html', `${base}/index.html?__WB_REVISION__=1`], ['/assets/record-1.js', `${base}/assets/record-1.js`], ['/assets/sync-1.js', `${base}/assets/sync-1.js`]])
const all = ['/index.html?__WB_REVISION__=1', '/assets/record-1.js', '/assets/sync-1.js']

function mending(answer: (path: string) => Response = (path) => new Response(path)) {
  const caches = createFakeCaches()
  const asked: string[] = []
  const bring = async (path: string): Promise<Response> => {
    asked.push(path)
    return answer(path)
  }
  return { caches, asked, mend: () => mendFiles({ caches, precache, keys, bring }) }
}

test('[WO810] what is missing is brought under the address that the worker looks for; what is there is not asked for', async () => {
  const { caches, asked, mend } = mending()
  await (await caches.open(precache)).put(`${base}/assets/record-1.js`, new Response('kept'))
  await mend()
  expect(asked).toEqual(['/index.html', '/assets/sync-1.js'])
  expect(caches.held(precache).toSorted()).toEqual(all.toSorted())
  expect(await (await (await caches.open(precache)).match(`${base}/assets/record-1.js`))?.text()).toBe('kept')
  await mend()
  expect(asked).toHaveLength(2)
})

test('[WO810] a line that breaks, a refusal and a full phone end it without harm; the next try goes on', async () => {
  const line = { isThere: false }
  const { caches, asked, mend } = mending((path) => {
    if (path === '/assets/record-1.js' && !line.isThere) throw new TypeError('no connection')
    return new Response(path)
  })
  await mend()
  expect([asked, caches.held(precache)]).toEqual([['/index.html', '/assets/record-1.js'], all.slice(0, 1)])
  line.isThere = true
  caches.fillAfter(0)
  await mend()
  expect(caches.held(precache)).toEqual(all.slice(0, 1))
  caches.fillAfter(9)
  await mend()
  expect(caches.held(precache)).toEqual(all)

  const refused = mending(() => new Response('gone', { status: 404 }))
  await refused.mend()
  expect([refused.asked, refused.caches.held(precache)]).toEqual([['/index.html'], []])
})

import { expect, it } from 'vitest'
import { readShared, readSharedFile } from '#device/media/shared.ts'
import { shareAction, sharedCache, shareFields, sharedScreen } from '#device/shared-address.ts'
import { keepShared } from '#worker/share-target.ts'
import { webManifest } from '../../scripts/bundle/web-manifest.mjs'
import { createFakeCaches } from '../support/fake-caches.ts'
import type { FakeCaches } from '../support/fake-caches.ts'

const picture = (byte: number, type = 'image/jpeg') => new File([Uint8Array.from([byte, 2, 3])], `${byte}.jpg`, { type })

let ids = 0
async function share(caches: FakeCaches, fields: Readonly<Record<string, string>>, files: readonly File[] = []): Promise<Response> {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  for (const file of files) body.append('files', file)
  ids += 1
  return keepShared(new Request('https://terrain.example/share', { method: 'POST', body }), { caches, newId: () => `2026-${ids}`, redraw: (file) => Promise.resolve(file.type.startsWith('image/') ? new Blob([file.slice(0, 2)], { type: 'image/jpeg' }) : null) })
}

const wayOf = ({ status, headers }: Response) => [status, headers.get('location')?.replace('https://terrain.example', '')]

it('[WO20] [WO23] what is shared is kept as it was drawn anew, with its words, and the answer leads to the screen that shows it', async () => {
  const caches = createFakeCaches()
  const answer = await share(caches, { title: 'Well', text: 'The well is dry.', url: 'https://example.org/a' }, [picture(1), picture(7, 'image/png')])
  expect(wayOf(answer)).toEqual([303, '/shared'])
  const [batch] = await readShared(caches)
  expect(batch).toMatchObject({ text: 'Well\nThe well is dry.\nhttps://example.org/a', files: [{ n: 0, type: 'image/jpeg', size: 2 }, { n: 1, type: 'image/jpeg', size: 2 }] })
  const second = batch === undefined ? null : await readSharedFile(caches, batch, 1)
  expect([second?.type, [...new Uint8Array(await (second ?? new Blob()).arrayBuffer())]]).toEqual(['image/jpeg', [7, 2]])
})

it('[WO23] what is no picture leaves an empty place, and of a flood only ten are kept, with how many were not', async () => {
  const caches = createFakeCaches()
  await share(caches, { text: 'Look.' }, [picture(1, 'text/html'), ...Array.from({ length: 14 }, (_, n) => picture(n))])
  const [batch] = await readShared(caches)
  expect(batch?.files.map(({ size }) => size)).toEqual([0, ...Array.from({ length: 9 }, () => 2)])
  expect(batch?.notKept).toBe(5)
})

it('[WO20] an address that the words name already is not said twice, and a share of nothing keeps nothing', async () => {
  const caches = createFakeCaches()
  await share(caches, { title: '', text: 'Look: https://example.org/a', url: 'https://example.org/a' })
  expect((await readShared(caches)).map(({ text }) => text)).toEqual(['Look: https://example.org/a'])
  const empty = createFakeCaches()
  expect(wayOf(await share(empty, { title: ' ' }))).toEqual([303, '/shared'])
  expect(await readShared(empty)).toEqual([])
})

it('[WO20] shared twice it waits twice, the first one first', async () => {
  const caches = createFakeCaches()
  await share(caches, { text: 'First.' })
  await share(caches, { text: 'Second.' })
  expect((await readShared(caches)).map(({ text }) => text)).toEqual(['First.', 'Second.'])
})

it('[WO21] where it cannot be kept whole it is said, and half of it is not shown', async () => {
  const caches = createFakeCaches()
  caches.fillAfter(1)
  expect(wayOf(await share(caches, { text: 'The well is dry.' }, [picture(1), picture(2)]))).toEqual([303, '/shared?failed'])
  expect(await readShared(caches)).toEqual([])
  const noForm = new Request('https://terrain.example/share', { method: 'POST', body: 'no form', headers: { 'content-type': 'text/plain' } })
  expect(wayOf(await keepShared(noForm, { caches, newId: () => 'x', redraw: () => Promise.resolve(null) }))).toEqual([303, '/shared?failed'])
})

it('[WO22] the web manifest and the worker mean the same address and the same fields, and a bundle opens where it is taken along', () => {
  expect(webManifest.share_target).toEqual({ action: shareAction, method: 'POST', enctype: 'multipart/form-data', params: { title: shareFields.title, text: shareFields.text, url: shareFields.link, files: [{ name: shareFields.files, accept: ['image/*'] }] } })
  expect(webManifest.file_handlers).toEqual([{ action: '/carry', accept: { 'application/vnd.terrain.bundle': ['.terrain'] } }])
  expect([sharedCache, sharedScreen]).toEqual(['terrain-shared', '/shared'])
})

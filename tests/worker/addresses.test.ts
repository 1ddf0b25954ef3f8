import { expect, it } from 'vitest'
import { isSyncRequest, syncRequest } from '#device/background-sync.ts'
import { appAddress, isBuiltAsset, isMend, isSkipWaiting, pastTheWorker, serverAddresses } from '#worker/addresses.ts'

const isShell = (path: string) => appAddress.test(path) && !serverAddresses.some((address) => address.test(path))

it('[WO6] every address of the app is the shell’s', () => {
  expect(['/', '/join', '/new/challenge', '/entry/0199-abc', '/desk', '/desk/entry/1', '/reports', '/apiary'].filter((path) => !isShell(path))).toEqual([])
})

it('[WO6] the server’s addresses and files are not', () => {
  expect(['/api', '/api/v1/sync', '/r/autumn-2026', '/manifest.webmanifest', '/assets/index-1.js', '/csp.json'].filter(isShell)).toEqual([])
})

it('[WO24] past the worker goes the API, and nothing that the worker answers', () => {
  const isPast = (path: string) => pastTheWorker.some((pathname) => new URLPattern({ pathname }).test({ pathname: path }))
  expect(['/api/v1/sync', '/api/v1/files', '/api/v1/files/a.b.c'].filter((path) => !isPast(path))).toEqual([])
  expect(['/', '/index.html', '/apiary', '/r/autumn-2026', '/reports', '/assets/index-1.js', '/share', '/desk'].filter(isPast)).toEqual([])
})

it('[WO7] built files are known by their folder', () => {
  expect(isBuiltAsset('/assets/desk-1.js')).toBe(true)
  expect(isBuiltAsset('/api/v1/files/assets/1')).toBe(false)
})

it('[WO4] only its own word makes a waiting version take over', () => {
  expect(isSkipWaiting({ type: 'SKIP_WAITING' })).toBe(true)
  expect([null, undefined, 'SKIP_WAITING', {}, { type: 'skip' }].filter(isSkipWaiting)).toEqual([])
})

it('[WO8] worker and pages mean the same by their message', () => {
  expect(isSyncRequest(structuredClone(syncRequest))).toBe(true)
})

it('[WO810] the word of a page that looks whether all is here, and no other, makes the worker look', () => {
  expect([{ type: 'MEND' }, { type: 'SKIP_WAITING' }, 'MEND', null].map(isMend)).toEqual([true, false, false, false])
})

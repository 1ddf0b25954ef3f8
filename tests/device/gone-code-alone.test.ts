// In a process of its own: it takes apart what its process has loaded, and all that shared it would find their modules anew, with counters at nought.
import { expect, it, vi } from 'vitest'
import { createDeskApiOnDemand } from '#device/sync/desk-calls-on-demand.ts'
import { createSession } from '#device/sync/session.ts'
import { fail, ok } from '#domain/result.ts'

it('[SY920] a call of the desk whose code the server does not have any more is answered, and is made again once the code is there', async () => {
  const path = '#device/sync/desk-calls.ts'
  vi.resetModules()
  vi.doMock(path, () => {
    throw new TypeError('Failed to fetch dynamically imported module')
  })
  const api = createDeskApiOnDemand({} as never, () => undefined)
  expect(await api.members()).toEqual(fail({ kind: 'unreachable', code: 'not-loaded' }))
  vi.doMock(path, () => ({ createDeskApi: () => ({ members: async () => ok([]) }) }))
  expect(await api.members()).toEqual(ok([]))
  vi.doUnmock(path)
})

it('[SY920] so is a call whose session has ended where the code that renews it is gone', async () => {
  const path = '#device/sync/renew-session.ts'
  vi.resetModules()
  vi.doMock(path, () => {
    throw new TypeError('Failed to fetch dynamically imported module')
  })
  const inSession = createSession({} as never)
  const ended = async () => fail({ code: 'no-session', status: 401 })
  expect(await inSession(ended)).toEqual(fail({ kind: 'unreachable', code: 'not-loaded', status: null, isOurs: false }))
  vi.doMock(path, () => ({ renewSession: async () => fail({ kind: 'refused', code: 'device-revoked', status: 401, isOurs: true }) }))
  expect(await inSession(ended)).toMatchObject({ problem: { code: 'device-revoked' } })
  vi.doUnmock(path)
})

import { expect, it } from 'vitest'
import type { Device, Preferences, StorageHealth, SyncState } from '#device/device.ts'
import { keptAtHeader, keptBytesHeader, reportsCache } from '#device/report-pages.ts'
import type { UsedIn } from '#device/used-entries.ts'
import { keepReports } from '#app/keep-reports.ts'
import { createValue } from '#app/value.ts'
import { createFakeCaches } from '../support/fake-caches.ts'

const day = 86_400_000
const inReport = (number: number) => ({ entryId: `e${number}`, number, url: `https://terrain.example/r/spring-${number}`, publishedAt: '2026-11-26T10:00:00Z', sentences: [] }) as unknown as UsedIn
const free: Partial<SyncState> = { online: true, isMetered: false, phase: 'idle' }

function aPhone({ sync: first = free, wish = null, health = { persisted: null, usedBytes: 10, quotaBytes: 100 }, isControlled = true }: { readonly sync?: Partial<SyncState>; readonly wish?: Preferences['mobilePhotos']; readonly health?: StorageHealth; readonly isControlled?: boolean } = {}) {
  const [used, sync] = [createValue<readonly UsedIn[]>([]), createValue(first as SyncState)]
  const caches = createFakeCaches()
  const fetched: string[] = []
  const parts = { now: Date.UTC(2026, 10, 26), language: 'fr', isControlled, takeOver: (): void => undefined }
  const keep = async (path: string) => (await caches.open(reportsCache)).put(path, new Response('x', { headers: { [keptAtHeader]: String(parts.now), [keptBytesHeader]: '1' } }))
  const device = { used, sync, health: createValue(health), preferences: createValue({ mobilePhotos: wish } as Preferences) } as Pick<Device, 'used' | 'sync' | 'health' | 'preferences'>
  keepReports({
    device, caches, isControlled: () => parts.isControlled, onControlled: (call) => Object.assign(parts, { takeOver: call }), language: () => parts.language, now: () => parts.now,
    fetch: async (path) => {
      fetched.push(path)
      await keep(path)
    },
  })
  const settled = () => new Promise((resolve) => setTimeout(resolve, 20))
  return { used, sync, parts, fetched, keep, settled }
}

it('[AP31] the newest report that counts own entries is fetched once, in the language of the screen', async () => {
  const { used, sync, fetched, settled } = aPhone()
  await settled()
  expect(fetched).toEqual([])
  used.set([inReport(1), inReport(3), inReport(2)])
  await settled()
  expect(fetched).toEqual(['/r/spring-3?language=fr'])
  for (const phase of ['syncing', 'idle', 'waiting'] as const) sync.set({ ...free, phase } as SyncState)
  used.set([inReport(3)])
  await settled()
  expect(fetched).toHaveLength(1)
})

it('[AP32] not where data is counted, where small files alone are wanted, where the phone is nearly full, offline, or with nobody to keep it', async () => {
  for (const phone of [
    aPhone({ sync: { ...free, isMetered: true } }), aPhone({ sync: { ...free, isMetered: null }, wish: 'small' }), aPhone({ health: { persisted: null, usedBytes: 95, quotaBytes: 100 } }),
    aPhone({ sync: { ...free, online: false } }), aPhone({ isControlled: false }),
  ]) {
    phone.used.set([inReport(1)])
    await phone.settled()
    expect(phone.fetched).toEqual([])
  }
  const first = aPhone({ isControlled: false })
  first.used.set([inReport(1)])
  first.parts.isControlled = true
  first.parts.takeOver()
  await first.settled()
  expect(first.fetched).toEqual(['/r/spring-1?language=fr'])
  const later = aPhone({ sync: { ...free, isMetered: true } })
  later.used.set([inReport(1)])
  later.sync.set(free as SyncState)
  await later.settled()
  expect(later.fetched).toEqual(['/r/spring-1?language=fr'])
})

it('[AP33] what is kept is asked for anew after a day, after a week where data is counted, also where the clock was ahead when it was kept', async () => {
  for (const [sync, days, isAsked] of [[free, 0.9, false], [free, 1.1, true], [free, -40, true], [{ ...free, isMetered: true }, 6, false], [{ ...free, isMetered: true }, 8, true]] as const) {
    const phone = aPhone({ sync: { ...sync, online: false } })
    await phone.keep('/r/old-1?language=ru')
    phone.parts.now += days * day
    phone.sync.set(sync as SyncState)
    await phone.settled()
    expect(phone.fetched).toEqual(isAsked ? ['/r/old-1?language=ru'] : [])
  }
})

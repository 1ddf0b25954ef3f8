import { expect, it, vi } from 'vitest'
import { comingDevice } from '#app/coming-device.ts'
import { createValue } from '#app/value.ts'
import type { Device, Membership, Preferences } from '#device/device.ts'
import { firstPreferences } from '#device/first-preferences.ts'
import { ok } from '#domain/result.ts'

const request = { invite: 'secret', name: 'Awa', language: 'fr' }

/** Shows what was written a moment later, like a store. */
function store() {
  const preferences = createValue<Preferences>(firstPreferences)
  const setPreferences = vi.fn<(patch: Partial<Preferences>) => Promise<void>>(async (patch) => {
    await Promise.resolve()
    setTimeout(() => preferences.set({ ...preferences.get(), ...patch }), 5)
  })
  return { preferences, setPreferences }
}

it('[AP45] nobody has joined, and what is chosen is seen at once', async () => {
  const { device } = comingDevice(() => new Promise(() => undefined))
  expect([device.membership.get(), device.preferences.get()?.language]).toEqual([null, null])
  await device.setPreferences({ language: 'ar' })
  expect(device.preferences.get()?.language).toBe('ar')
})

it('[AP45] joining waits for the store, and says that there is no connection when its code does not come', async () => {
  const join = vi.fn<Device['join']>().mockResolvedValue(ok({} as never))
  const open = vi.fn<() => Promise<Pick<Device, 'join' | 'membership'>>>().mockRejectedValueOnce(new Error('no network')).mockResolvedValue({ join, membership: createValue(null) })
  const { device } = comingDevice(open)
  expect(await device.join(request)).toEqual({ ok: false, problem: { kind: 'offline', code: 'not-loaded' } })
  expect(await device.join(request)).toEqual(ok({}))
  expect(join.mock.calls).toEqual([[request]])
})

it('[AP45] who has joined here before does not join anew by the form: that would clear what they have begun', async () => {
  const join = vi.fn<Device['join']>()
  const { device } = comingDevice(() => Promise.resolve({ join, membership: createValue({} as Membership) }))
  expect(await device.join(request)).toEqual({ ok: false, problem: { kind: 'refused', code: 'already-joined' } })
  expect(join).not.toHaveBeenCalled()
})

it('[AP45] the real one is handed over when it shows the language that was chosen, and is asked from then on', async () => {
  const coming = comingDevice(() => new Promise(() => undefined))
  await coming.device.setPreferences({ language: 'ar' })
  const real = store()
  await coming.handOver(real)
  expect(real.preferences.get().language).toBe('ar')
  await coming.device.setPreferences({ language: 'ru' })
  expect(real.setPreferences.mock.calls).toEqual([[{ language: 'ar' }], [{ language: 'ru' }]])
})

it('[AP45] who chooses again while it is handed over is waited for, though the first choice may never be seen', async () => {
  const coming = comingDevice(() => new Promise(() => undefined))
  await coming.device.setPreferences({ language: 'ar' })
  const preferences = createValue<Preferences>(firstPreferences)
  let written: Partial<Preferences> = {}
  const setPreferences = (patch: Partial<Preferences>) => {
    written = { ...written, ...patch }
    // A store that is asked twice in a row tells of both at once.
    setTimeout(() => preferences.set({ ...preferences.get(), ...written }), 5)
    return Promise.resolve()
  }
  const handing = coming.handOver({ preferences, setPreferences })
  await coming.device.setPreferences({ language: 'ru' })
  await handing
  expect(preferences.get().language).toBe('ru')
})

it('[AP45] where nothing was chosen, nothing is written', async () => {
  const real = store()
  await comingDevice(() => new Promise(() => undefined)).handOver(real)
  expect(real.setPreferences).not.toHaveBeenCalled()
})

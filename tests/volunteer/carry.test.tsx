import { screen, within } from '@testing-library/react'
import { afterEach, describe, expect, test } from 'vitest'
import type { StorageHealth } from '#device/device.ts'
import type { CarriedBundle } from '#device/handing-over.ts'
import { crampedSilenceMs, longSilenceMs, restMs, riskOf, unpromisedSilenceMs } from '#volunteer/carry/risk.ts'
import type { HandedOver } from '#volunteer/ground.ts'
import { createFakeServer } from '../support/fake-server.ts'
import { joinedPhone, savedChallenge, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { testGround } from '../support/test-ground.ts'
import { arabic, deviceWith, noon, openAt, volunteerGround } from './on-screen.tsx'

const phones: Phone[] = []
afterEach(() => {
  for (const phone of phones.splice(0)) phone.device.close()
})

/** A phone that knows the campaign's key, unless it is one of before, and is out of reach. */
async function phoneOutOfReach({ isOfBefore = false } = {}): Promise<Phone> {
  const { publicKey } = await testGround({ databaseName: 'key', fetch: () => Promise.reject(new Error('no')) }).crypto.createKeyPair()
  const server = createFakeServer(isOfBefore ? {} : { encryptionKey: publicKey })
  const phone = await joinedPhone({ server })
  phones.push(phone)
  server.fault({ before: () => 'no-answer' })
  phone.ground.setOnline(false)
  return phone
}

function keeping(files: File[], how: HandedOver = 'saved') {
  return volunteerGround({ handOver: (file) => {
    files.push(file)
    return Promise.resolve(how)
  } })
}

describe('handing over', () => {
  test('[VO18] everything unsent is handed over as one sealed file without a connection, and the screen says who can read it', async () => {
    const phone = await phoneOutOfReach()
    await savedChallenge(phone.device, { topic: 'WSH' })
    const files: File[] = []
    const { user } = openAt('/carry', phone.device, { ground: keeping(files) })
    expect(await screen.findByText('1 entry still only here')).toBeTruthy()
    expect(screen.getByText(/nobody can read it; only your campaign’s server can\. Everything also stays on this phone/)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Hand over as a file' }))
    expect((await screen.findByText(/is in this phone’s downloads/)).textContent).toContain(files[0]?.name)
    expect([files[0]?.type, files[0]?.name.endsWith('.terrain')]).toEqual(['application/vnd.terrain.bundle', true])
    expect(await files[0]?.text()).toMatch(/^terrain-bundle\/2\n/)
    // The same file again: no second one is made.
    await user.click(screen.getByRole('button', { name: 'Hand it over again' }))
    await screen.findByText(/is in this phone’s downloads/)
    expect(files).toHaveLength(2)
    expect(files[1]).toBe(files[0])
  })

  test('[VO18] with nothing unsent there is no file, and that is said; a share sheet that was closed is no hand over', async () => {
    const phone = await phoneOutOfReach()
    const { unmount } = openAt('/carry', phone.device)
    expect(await screen.findByText(/nothing to hand over/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: /Hand/ })).toBeNull()
    unmount()
    await savedChallenge(phone.device)
    const { user } = openAt('/carry', phone.device, { ground: keeping([], 'stopped') })
    await user.click(await screen.findByRole('button', { name: 'Hand over as a file' }))
    expect(await screen.findByText(/was not handed over yet/)).toBeTruthy()
  })

  test('[VO41] a phone that does not know the campaign’s key says that its file can be read, before it is made', async () => {
    const phone = await phoneOutOfReach({ isOfBefore: true })
    await savedChallenge(phone.device)
    const files: File[] = []
    const { user } = openAt('/carry', phone.device, { ground: keeping(files) })
    expect(await screen.findByText(/whoever has the file can read it/)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Hand over as a file' }))
    await screen.findByText(/downloads/)
    expect(files[0]?.type).toBe('application/json')
  })

  test('[VO40] a file that could not be made is said, and nothing has changed', async () => {
    const phone = await phoneOutOfReach()
    await savedChallenge(phone.device)
    const { user } = openAt('/carry', deviceWith(phone.device, { exportUnsent: () => Promise.reject(new Error('no memory')) }))
    await user.click(await screen.findByRole('button', { name: 'Hand over as a file' }))
    expect(await screen.findByText(/could not be made. Everything is still on this phone/)).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Hand over as a file' })).toBeTruthy()
  })
})

describe('carrying', () => {
  const bundle: CarriedBundle = { id: '0190a0b0-0000-7000-8000-000000000001' as never, createdAt: '2026-02-20T09:00:00Z' as never, takenAt: '2026-03-01T07:00:00Z' as never, entries: 12, photos: 5, bytes: 3_400_000, sentBytes: 0, state: 'waiting', problem: null, answer: null }
  const watched = (list: readonly CarriedBundle[]) => ({ get: () => list, subscribe: () => () => undefined })

  test('[VO981] a file for another campaign of this phone is taken along there, and it is said for which', async () => {
    const phone = await phoneOutOfReach()
    const here = await phone.device.openCampaigns()
    const carry: (typeof here)['carry'] = () => Promise.resolve({ campaign: { id: 'other' as never, name: 'Rains' }, outcome: 'taken' })
    const { user } = openAt('/carry', deviceWith(phone.device, { carry: () => Promise.resolve('other-campaign'), openCampaigns: () => Promise.resolve({ ...here, carry, sendWaiting: () => Promise.resolve(true) }) }))
    await user.upload(await screen.findByLabelText('Choose the file'), new File(['terrain-bundle/2'], 'a.terrain'))
    expect((await screen.findByText('This file is for Rains, another campaign on this phone.')).parentElement?.textContent).toContain('Taken along there. It goes out by itself')
  })

  test('[VO42] another phone’s file is taken along by choosing it; whatever it is instead is said in words', async () => {
    const phone = await phoneOutOfReach()
    const outcomes = ['taken', 'own', 'known', 'delivered', 'other-campaign', 'no-bundle', 'newer', 'plain', 'cut-off', 'storage-full'] as const
    const said: string[] = []
    let at = 0
    const { user } = openAt('/carry', deviceWith(phone.device, { carry: () => (at < outcomes.length ? Promise.resolve(outcomes[at] ?? 'taken') : Promise.reject(new Error('the card is gone'))) }))
    for (; at <= outcomes.length; at += 1) {
      const before = said.at(-1)
      await user.upload(await screen.findByLabelText('Choose the file'), new File(['x'], 'a.terrain'))
      said.push((await screen.findByText((text, element) => element?.tagName === 'P' && element.closest('[role=status]') !== null && text !== before)).textContent)
    }
    expect(new Set(said).size).toBe(outcomes.length + 1)
    expect(said[0]).toContain('Taken along')
    expect(said.at(-1)).toContain('could not be read')
  })

  test('[VO43] each carried file says how much it is and where it is on its way; settings say it in one line', async () => {
    const phone = await phoneOutOfReach()
    const states: readonly Partial<CarriedBundle>[] = [{}, { sentBytes: 1_200_000 }, { state: 'held', sentBytes: 1_200_000 }, { state: 'refused', problem: 'bundle-broken' }, { state: 'refused', problem: 'something-new' }, { state: 'delivered', answer: { accepted: 12, duplicates: 0, refused: 0, files: 10 } }, { state: 'delivered', problem: 'restored' }, { state: 'delivered', answer: { accepted: 10, duplicates: 0, refused: 2, files: 10 } }]
    const carried = watched(states.map((state, at) => ({ ...bundle, ...state, id: `${bundle.id.slice(0, -1)}${at}` as never })))
    const { unmount } = openAt('/carry', deviceWith(phone.device, { carried }))
    const items = within(await screen.findByRole('list', { name: 'Carried for others' })).getAllByRole('listitem').map(({ textContent }) => textContent)
    expect(items).toHaveLength(states.length)
    for (const words of ['12 entries and 5 photos', 'Waits for a connection · 3.4 MB', '1.2 MB of 3.4 MB sent · goes on', 'waits for Wi-Fi or for tomorrow', 'found it damaged', 'does not take it', 'Delivered: the server has it, and it is no longer here', 'the server was set back since', '2 steps wait']) expect([words, items.some((item) => item.includes(words))]).toEqual([words, true])
    unmount()
    const { unmount: leave } = openAt('/settings', deviceWith(phone.device, { carried: watched([bundle]) }))
    expect(await screen.findByText('Carrying 1 file for others: 12 entries · waiting')).toBeTruthy()
    leave()
    openAt('/settings', deviceWith(phone.device, { carried: watched([{ ...bundle, state: 'delivered' }, { ...bundle, state: 'delivered', id: bundle.createdAt as never, entries: 1 }]) }))
    expect(await screen.findByText('Carrying 2 files for others: 13 entries · sent')).toBeTruthy()
  })

  test('[VO44] what has not arrived is removed only after a question; what waits for Wi-Fi can be sent at once', async () => {
    const phone = await phoneOutOfReach()
    const [dropped, flushed]: [string[], unknown[]] = [[], []]
    const device = deviceWith(phone.device, {
      carried: watched([{ ...bundle, state: 'held' }]),
      dropCarried: (id) => Promise.resolve(void dropped.push(id)),
      flush: (options) => {
        flushed.push(options)
        return phone.device.flush()
      },
    })
    const { user } = openAt('/carry', device)
    await user.click(await screen.findByRole('button', { name: 'Remove the file with 12 entries and 5 photos' }))
    expect(dropped).toEqual([])
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Remove it' }))
    expect(dropped).toEqual([bundle.id])
    await user.click(screen.getByRole('button', { name: 'Send over mobile data' }))
    expect(flushed).toEqual([{ allPhotos: true }])
  })

  test('[VO43] the same stands there in Arabic', async () => {
    const phone = await phoneOutOfReach()
    openAt('/carry', deviceWith(phone.device, { carried: watched([bundle]) }), { language: arabic })
    expect(await screen.findByText('احمل ملفًا لغيرك')).toBeTruthy()
    expect(screen.getByText(/12 مدخلًا/)).toBeTruthy()
  })
})

describe('entries at risk', () => {
  const health = (about: Partial<StorageHealth> = {}): StorageHealth => ({ persisted: true, usedBytes: 10, quotaBytes: 100, ...about })
  const at = (silenceMs: number, about: Partial<Parameters<typeof riskOf>[0]> = {}) => riskOf({ sync: { pendingEntries: 3, lastContactAt: new Date(noon - silenceMs).toISOString() as never }, health: health(), restUntilMs: null, nowMs: noon, ...about })

  test('[VO45] the reminder comes after a long silence, sooner without a promise or room, and never while nothing waits', () => {
    expect([at(longSilenceMs - 1), at(longSilenceMs)]).toEqual([null, 'contact'])
    expect([at(unpromisedSilenceMs - 1, { health: health({ persisted: false }) }), at(unpromisedSilenceMs, { health: health({ persisted: false }) })]).toEqual([null, 'promise'])
    expect([at(crampedSilenceMs - 1, { health: health({ usedBytes: 95 }) }), at(crampedSilenceMs, { health: health({ usedBytes: 95 }) })]).toEqual([null, 'room'])
    expect(at(unpromisedSilenceMs, { health: health({ persisted: null, usedBytes: null, quotaBytes: null }) })).toBeNull()
    expect(at(longSilenceMs, { sync: { pendingEntries: 0, lastContactAt: '2020-01-01T00:00:00Z' as never } })).toBeNull()
  })

  test('[VO45] put away it rests for three days, whatever became of the clock', () => {
    expect(at(longSilenceMs, { restUntilMs: noon + restMs })).toBeNull()
    expect(at(longSilenceMs, { restUntilMs: noon })).toBe('contact')
    expect(at(longSilenceMs, { restUntilMs: noon + restMs + 1 })).toBe('contact')
  })

  test('[VO276] a contact that lies ahead, because the clock was set back since, is not known and no reason to be at ease', async () => {
    expect([at(-400 * 86_400_000), at(-3_600_000)]).toEqual(['contact', null])
    const phone = await phoneOutOfReach()
    await savedChallenge(phone.device, {})
    openAt('/', phone.device, { ground: volunteerGround({ now: () => Date.UTC(2015, 0, 1) }) })
    expect(await screen.findByText('Last contact not known: the clock was set back')).toBeTruthy()
  })

  test('[VO45] one line on home leads to the file, and can be put away', async () => {
    const phone = await phoneOutOfReach()
    await savedChallenge(phone.device)
    const late = phone.ground.time.now() + longSilenceMs + 3_600_000
    const { user } = openAt('/', phone.device, { ground: volunteerGround({ now: () => late }) })
    expect(await screen.findByText('A file can bring this entry out without a connection.')).toBeTruthy()
    expect(screen.getByRole('link', { name: 'Hand over' }).getAttribute('href')).toBe('/carry')
    await user.click(screen.getByRole('button', { name: 'Later' }))
    expect(await until(phone.device.preferences, ({ riskRestsUntil }) => riskRestsUntil !== null)).toMatchObject({ riskRestsUntil: late + restMs })
    expect(screen.queryByText(/A file can bring/)).toBeNull()
  })

  test('[VO45] on a full phone, which keeps nothing of it, it goes all the same', async () => {
    const phone = await phoneOutOfReach()
    await savedChallenge(phone.device)
    const late = phone.ground.time.now() + longSilenceMs + 3_600_000
    const { user } = openAt('/', deviceWith(phone.device, { setPreferences: () => Promise.reject(new Error('full')) }), { ground: volunteerGround({ now: () => late }) })
    await user.click(await screen.findByRole('button', { name: 'Later' }))
    expect(screen.queryByText(/A file can bring/)).toBeNull()
  })
})

import { Dexie } from 'dexie'
import { screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import type { Device } from '#device/device.ts'
import { noteMember } from '#device/media/was-here.ts'
import { aChallenge } from '../support/contents.ts'
import { joinedPhone, onePixelPhoto, until } from '../support/phone.ts'
import { deviceWith, openAt } from './on-screen.tsx'

const devices: Device[] = []
afterEach(() => {
  for (const device of devices.splice(0)) device.close()
  localStorage.clear()
})

const words = 'The pump gives no water.'

/** A form in which everything that was said has been written, when its storage goes. */
async function thrownAway({ knows = (device: Device) => device, said = 'Did you use Terrain in the browser of this phone?' } = {}) {
  const { device, ground } = await joinedPhone()
  devices.push(device)
  const { id } = await device.createDraft('challenge')
  const { kind: _kind, ...fields } = aChallenge({ description: words })
  await device.writeDraft(id, { fields, step: 'words' })
  await device.addPhoto(id, onePixelPhoto())
  openAt(`/record/${id}/words`, knows(device))
  await screen.findByDisplayValue(words)
  await Dexie.delete(ground.databaseName)
  // Browsers end the connection, upon which what is watched is read anew; this library's storage does not.
  await device.setPreferences({ riskRestsUntil: 0 })
  await screen.findByText(said)
  return { device, id }
}

test('[VO940] what stands on the form while the browser throws its storage away is a draft there again, to be gone on with by whoever joins', async () => {
  noteMember()
  const { device, id } = await thrownAway()
  expect(await screen.findByText(/What you have begun on this phone is kept/)).toBeTruthy()
  const [draft] = await until(device.drafts, (drafts) => drafts.length === 1)
  expect([draft?.id, draft?.step, draft?.content['description'], draft?.content.photos]).toEqual([id, 'words', words, undefined])
  // Its photo went with the storage: the draft says that one is missing (VO366).
  expect(draft?.photosComing).toBe(1)
})

test('[VO940] so it is where the draft is known to be gone before it is known that nobody is a member here any more', async () => {
  noteMember()
  const knows = (device: Device): Device => {
    const membership = device.membership.get()
    return deviceWith(device, { membership: { get: () => membership, subscribe: () => () => undefined } })
  }
  const { device } = await thrownAway({ knows, said: 'This draft has been saved or thrown away.' })
  const [draft] = await until(device.drafts, (drafts) => drafts.length === 1)
  expect(draft?.content['description']).toBe(words)
})

test('[VO940] where somebody has cleared all that the site kept, the words that stood on the form are not brought back', async () => {
  const { device } = await thrownAway()
  expect(await until(device.drafts, () => true)).toEqual([])
})

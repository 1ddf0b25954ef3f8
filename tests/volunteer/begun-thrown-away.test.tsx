import { Dexie } from 'dexie'
import { screen, within } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import type { Device } from '#device/device.ts'
import { noteMember } from '#device/media/was-here.ts'
import { aChallenge } from '../support/contents.ts'
import { joinedPhone, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { decidedEntry, questionId } from './decided-entry.ts'
import { openAt } from './on-screen.tsx'

const devices: Device[] = []
afterEach(() => {
  for (const device of devices.splice(0)) device.close()
  localStorage.clear()
})

/** As in `thrown-away.test.tsx`. */
async function throwAway({ device, ground }: Pick<Phone, 'device' | 'ground'>): Promise<void> {
  await Dexie.delete(ground.databaseName)
  await device.setPreferences({ riskRestsUntil: 0 })
  await screen.findByText('Did you use Terrain in the browser of this phone?')
}

const open = async (phone: Phone, id: string): Promise<ReturnType<typeof openAt>> => {
  devices.push(phone.device)
  noteMember()
  return openAt(`/entry/${id}`, phone.device)
}

test('[VO980] an answer and a comment that stand on an entry while the browser throws its storage away are kept, and read again by whoever joins', async () => {
  const phone = await decidedEntry({ verdict: 'askBack', questions: [{ id: questionId, field: 'description', text: 'What happens after ten?' }] })
  const { user } = await open(phone, phone.id)
  const question = within(await screen.findByRole('region', { name: /asks about this/ }))
  await user.clear(question.getByRole('textbox'))
  await user.type(question.getByRole('textbox'), 'After ten nobody sells water.')
  await user.click(screen.getByRole('button', { name: 'Write a comment' }))
  await user.type(screen.getByRole('textbox', { name: 'Your comment' }), 'Ask Awa, too.')
  await user.tab()
  await until(phone.device.begun, ([begun]) => begun?.comment === 'Ask Awa, too.')
  await throwAway(phone)
  const [kept] = await until(phone.device.begun, (begun) => begun.length === 1)
  expect([kept?.entryId, kept?.fields, kept?.comment]).toEqual([phone.id, { description: 'After ten nobody sells water.' }, 'Ask Awa, too.'])
  expect(await screen.findByText(/What you have begun on this phone is kept/)).toBeTruthy()

  await phone.device.join({ invite: 'i'.repeat(22), name: 'Amal', language: 'en' })
  history.replaceState(null, '', '/')
  await user.click(await screen.findByRole('link', { name: 'Look at it' }))
  expect(await screen.findByText('This entry is not on this phone.')).toBeTruthy()
  expect(screen.getByText('After ten nobody sells water.')).toBeTruthy()
  expect(screen.getByText('Ask Awa, too.')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Throw away' }))
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Throw away' }))
  expect(await until(phone.device.begun, (begun) => begun.length === 0)).toEqual([])
})

test('[VO980] an entry that had not been received becomes a draft again, with the change that was begun on it', async () => {
  const phone = await joinedPhone()
  phone.server.fault({ before: () => 'no-answer' })
  const { id } = await phone.device.createDraft('challenge')
  const { kind: _kind, ...fields } = aChallenge({ description: 'The pump gives no water.' })
  await phone.device.writeDraft(id, { fields })
  await phone.device.saveDraft(id)
  await phone.device.writeBegun(id, { fields: { description: 'The pump gives brown water.' } })
  await open(phone, id)
  await screen.findByDisplayValue('The pump gives brown water.')
  await throwAway(phone)
  const [draft] = await until(phone.device.drafts, (drafts) => drafts.length === 1)
  expect([draft?.id, draft?.step, draft?.content['description'], draft?.content['topic']]).toEqual([id, 'review', 'The pump gives brown water.', fields.topic])
  expect(await until(phone.device.begun, () => true)).toEqual([])
})

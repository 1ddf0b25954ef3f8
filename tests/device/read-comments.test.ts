import { expect, it } from 'vitest'
import type { EntryId } from '#domain/ids.ts'
import { reopened, savedChallenge, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { phonesOfTests } from '../support/phones-of-tests.ts'

const { closeLater, join } = phonesOfTests()

/** A phone with an entry that the server has, on which a coordinator wrote. */
async function writtenTo(...texts: readonly string[]): Promise<Phone & { readonly id: EntryId }> {
  const phone = await join()
  const id = await savedChallenge(phone.device)
  await phone.device.flush()
  await say({ ...phone, id }, ...texts)
  return { ...phone, id }
}

async function say({ device, server, id }: Phone & { readonly id: EntryId }, ...texts: readonly string[]): Promise<void> {
  for (const text of texts) server.addChange({ entryId: id, type: 'comment', body: { text, lang: 'en' } })
  await device.flush()
}

const unreadOf = ({ device }: Phone): number | undefined => device.entries.get()?.[0]?.unread.length
const untilUnread = async ({ device }: Phone, count: number): Promise<void> => {
  const [entry] = await until(device.entries, ([first]) => first?.unread.length === count)
  expect(entry?.unread).toHaveLength(count)
}

it('[DS70] a comment of somebody else is unread until it was shown, offline and after a restart too', async () => {
  const phone = await writtenTo('Thank you.', 'Is the kiosk open again?')
  await untilUnread(phone, 2)
  phone.ground.setOnline(false)
  await phone.device.markRead(phone.id)
  await untilUnread(phone, 0)
  phone.device.close()
  const again = await reopened(phone)
  closeLater(again)
  await until(again.device.entries, ([entry]) => entry?.state.comments.length === 2)
  expect(unreadOf(again)).toBe(0)
  await say({ ...again, id: phone.id }, 'One more thing.')
  await untilUnread(again, 1)
})

it('[DS70] what one wrote oneself is never unread, and of being shown nothing is sent', async () => {
  const phone = await writtenTo('Thank you.')
  await phone.device.comment(phone.id, 'You are welcome.', 'en')
  await phone.device.flush()
  await until(phone.device.entries, ([entry]) => entry?.state.comments.length === 2)
  expect(unreadOf(phone)).toBe(1)
  const sent = phone.server.stored().length
  await phone.device.markRead(phone.id)
  await phone.device.flush()
  await untilUnread(phone, 0)
  expect([phone.server.stored().length, (await phone.device.flush()).pendingChanges]).toEqual([sent, 0])
})

it('[DS70] where a restored server has lost a comment that was read, the next one is unread all the same', async () => {
  const phone = await writtenTo()
  const before = phone.server.stored().length
  await say(phone, 'Lost with the server.')
  await untilUnread(phone, 1)
  await phone.device.markRead(phone.id)
  await untilUnread(phone, 0)
  phone.server.restore(before)
  await phone.device.flush()
  await until(phone.device.entries, ([entry]) => entry?.state.comments.length === 0)
  await say(phone, 'Written after it.')
  await untilUnread(phone, 1)
  expect(phone.device.entries.get()?.[0]?.state.comments.map(({ text }) => text)).toEqual(['Written after it.'])
})

import { expect, it } from 'vitest'
import type { KeptPart } from '#device/kept-writing.ts'
import type { ChangeId, EntryId } from '#domain/ids.ts'
import { createFakeServer } from '../support/fake-server.ts'
import { reopened, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { phonesOfTests } from '../support/phones-of-tests.ts'
import { aFinding, aSentence } from '../support/written.ts'

const { closeLater, join } = phonesOfTests()

async function desk(): Promise<Phone> {
  const phone = await join()
  return phone
}

const typed = (number: number, text: string): KeptPart => ({ part: aFinding(number, { sentences: [aSentence(number, { text })] }), place: 10, was: 2 })

it('[DS95] what was typed into the report outlives the browser, unfinished words too', async () => {
  const phone = await desk()
  const writing = await phone.device.openWriting()
  expect(await writing.keep(typed(1, ''))).toMatchObject({ ok: true })
  expect(await writing.keep(typed(2, 'Wells'))).toMatchObject({ ok: true })
  await writing.keep(typed(2, 'Wells are'))
  phone.device.close()
  const again = await reopened(phone)
  closeLater(again)
  expect(await (await again.device.openWriting()).read()).toEqual([typed(1, ''), typed(2, 'Wells are')])
})

it('[DS95] goes when the server has it, unless somebody has written on meanwhile', async () => {
  const { device } = await desk()
  const writing = await device.openWriting()
  await writing.keep(typed(1, 'Wells'))
  await writing.keep(typed(1, 'Wells are'))
  await writing.forget(typed(1, 'Wells'))
  expect(await writing.read()).toEqual([typed(1, 'Wells are')])
  await writing.forget(typed(1, 'Wells are'))
  expect(await writing.read()).toEqual([])
})

it('[DS95] a correction that was typed and not sent outlives the browser too, each of its own sentence', async () => {
  const phone = await desk()
  const writing = await phone.device.openWriting()
  const line = { id: 'one', text: 'Some wells.', lang: 'en' }
  expect(await writing.keepCorrection('2/a', line)).toMatchObject({ ok: true })
  await writing.keepCorrection('2/', { ...line, id: 'two' })
  await writing.keep(typed(1, 'Wells'))
  phone.device.close()
  const again = await reopened(phone)
  closeLater(again)
  const kept = await again.device.openWriting()
  expect([await kept.correction('2/a'), (await kept.correction('2/'))?.id, await kept.correction('3/a'), await kept.read()]).toEqual([line, 'two', null, [typed(1, 'Wells')]])
  await kept.keepCorrection('2/a', null)
  expect([await kept.correction('2/a'), (await kept.correction('2/'))?.id]).toEqual([null, 'two'])
})

it('[DS95] what was asked to be published outlives the browser under its id, until the answer came', async () => {
  const phone = await desk()
  const asked = { id: '70000000-0000-7000-8000-000000000901', settings: 1, parts: [] }
  expect(await (await phone.device.openWriting()).keepPublishing(asked)).toMatchObject({ ok: true })
  phone.device.close()
  const again = await reopened(phone)
  closeLater(again)
  const kept = await again.device.openWriting()
  expect(await kept.publishing()).toEqual(asked)
  await kept.keepPublishing(null)
  expect(await kept.publishing()).toBeNull()
})

it('[DS660] what was begun at an entry outlives the browser and is told to every window; it goes unless another one has written on, and with its entry', async () => {
  const phone = await desk()
  const writing = await phone.device.openWriting()
  const [one, two] = ['01890000-0000-7000-8000-000000000001', '01890000-0000-7000-8000-000000000002'] as EntryId[]
  expect(await writing.keepBegun(`comment ${one}`, { text: 'Ask the', lang: 'en' })).toMatchObject({ ok: true })
  await writing.keepBegun(`comment ${one}`, { text: 'Ask the school', lang: 'en' })
  await writing.keepBegun(`correct ${two} severity`, 5)
  await writing.forgetBegun(`comment ${one}`, { text: 'Ask the', lang: 'en' })
  phone.device.close()
  const again = await reopened(phone)
  closeLater(again)
  const { begun, forgetBegun } = await again.device.openWriting()
  expect(await until(begun, (kept) => Object.keys(kept).length > 0)).toEqual({ [`comment ${one}`]: { text: 'Ask the school', lang: 'en' }, [`correct ${two} severity`]: 5 })
  await forgetBegun(`comment ${one}`, { text: 'Ask the school', lang: 'en' })
  await again.device.erase(two as EntryId, null, 'names of guards')
  expect(await until(begun, (kept) => Object.keys(kept).length === 0)).toEqual({})
})

it('[DS120] a correction that the server does not have is told to every window of the device, in order, and no longer once it has', async () => {
  const server = createFakeServer({ role: 'coordinator' })
  const phone = await join({ server })
  const other = await reopened(phone)
  closeLater(other)
  const { unsent } = await other.device.openWriting()
  expect(await until(unsent, (list) => list.length === 0)).toEqual([])
  // A window asks for news as it opens, and would take along what is corrected meanwhile.
  await other.device.flush()
  phone.ground.setOnline(false)
  other.ground.setOnline(false)
  const entry = '01890000-0000-7000-8000-000000000001' as EntryId
  const base = '01890000-0000-7000-8000-000000000051' as ChangeId
  const first = await phone.device.correct(entry, base, { placeName: 'Croix' })
  const second = await phone.device.correct(entry, base, { placeName: 'Nyalenda' })
  await phone.device.commentAs(entry, base, 'Not a correction.', 'en')
  if (!first.ok || !second.ok) throw new Error('not kept')
  expect((await until(unsent, (list) => list.length === 2)).map(({ id, body }) => [id, body.set])).toEqual([[first.value, { placeName: 'Croix' }], [second.value, { placeName: 'Nyalenda' }]])
  phone.ground.setOnline(true)
  await phone.device.flush()
  expect(await until(unsent, (list) => list.length === 0)).toEqual([])
})

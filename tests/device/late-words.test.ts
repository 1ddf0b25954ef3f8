import { expect, it } from 'vitest'
import type { Draft } from '#device/device.ts'
import { aChallenge } from '../support/contents.ts'
import { onePixelPhoto, reopened, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { phonesOfTests } from '../support/phones-of-tests.ts'

const { closeLater, join } = phonesOfTests()
const noDraft = { ok: false, problem: { kind: 'storage-failed', name: 'no-draft' } }

/** A draft as a second window holds it. */
async function phoneWithDraft(): Promise<Phone & { readonly held: Draft }> {
  const phone = await join()
  const { id } = await phone.device.createDraft('challenge')
  await phone.device.writeDraft(id, { fields: aChallenge({ description: 'The pump gives no water.' }), step: 'words', focus: 'description' })
  return { ...phone, held: (await phone.device.readDraft(id)) as Draft }
}

it('[DS141] words that come too late for a saved draft are begun on its entry, durable, and what it has already is not', async () => {
  const phone = await phoneWithDraft()
  const { device, held } = phone
  expect((await device.saveDraft(held.id)).ok).toBe(true)
  expect(await device.keepLate(held, { description: 'The pump gives no water.' })).toEqual({ ok: true, value: null })
  expect(await device.readBegun(held.id)).toBeNull()
  expect(await device.keepLate(held, { description: 'The pump is broken.', severity: 3, placeName: undefined })).toEqual({ ok: true, value: 'entry' })
  device.close()
  const again = await reopened(phone)
  closeLater(again)
  expect(await again.device.readBegun(held.id)).toMatchObject({ fields: { description: 'The pump is broken.' }, focus: 'description' })
  expect(await again.device.readDraft(held.id)).toBeNull()
  expect((await until(again.device.entries, (all) => all.length === 1))[0]?.state.content.description).toBe('The pump gives no water.')
})

it('[DS141] for one that was thrown away they make it a draft again, without files, and two of them are one', async () => {
  const { device, held: before } = await phoneWithDraft()
  await device.addPhoto(before.id, onePixelPhoto())
  const held = (await device.readDraft(before.id)) as Draft
  await device.discardDraft(held.id)
  const later = { ...held, content: { ...held.content, description: 'The pump is broken. Since May.' } }
  expect(await Promise.all([device.keepLate(held, { description: 'The pump is broken.' }), device.keepLate(later, { description: 'The pump is broken. Since May.' })])).toEqual([{ ok: true, value: 'draft' }, { ok: true, value: 'draft' }])
  const drafts = await until(device.drafts, (all) => all.length === 1)
  expect(drafts.map(({ id, step, content }) => [id, step, content['description'], content['topic'], content['photos']])).toEqual([[held.id, 'words', 'The pump is broken. Since May.', held.content['topic'], undefined]])
  expect((await device.saveDraft(held.id)).ok).toBe(true)
})

it('[DS141] on what was erased they are kept nowhere, and where there is nothing to keep that is told', async () => {
  const { device, held } = await phoneWithDraft()
  expect((await device.saveDraft(held.id)).ok).toBe(true)
  expect(await device.keepLate(held, {})).toEqual(noDraft)
  const [entry] = await until(device.entries, (all) => all.length === 1)
  expect((await device.erase(held.id, entry?.state.head ?? null, 'names')).ok).toBe(true)
  expect(await device.keepLate(held, { description: 'The pump is broken.' })).toEqual(noDraft)
  expect([await device.readDraft(held.id), await device.readBegun(held.id)]).toEqual([null, undefined])
})

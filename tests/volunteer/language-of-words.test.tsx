import { cleanup, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import type { EntryId } from '#domain/ids.ts'
import { joinedPhone, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { arabic, openAt, today } from './on-screen.tsx'

const phones: Phone[] = []
const join = async (): Promise<Phone> => {
  const phone = await joinedPhone()
  phones.push(phone)
  return phone
}
afterEach(() => phones.splice(0).forEach(({ device }) => device.close()))

const whole = { topic: 'WSH', severity: 3, populationGroup: ['GEN'], country: 'HTI', placeName: 'Nyalenda', observedOn: today, sourceType: 'direct_observation', consentBasis: 'no_person', consentQuote: false, consentPlace: false }

const heading = (name: string | RegExp) => screen.findByRole('heading', { level: 1, name })
const langOf = async ({ device }: Phone, id: EntryId) => (await device.readDraft(id))?.content.lang
const begun = async ({ device }: Phone, fields: Readonly<Record<string, unknown>> = {}) => {
  const { id } = await device.createDraft('challenge')
  await device.writeDraft(id, { fields: { ...whole, ...fields }, step: 'words' })
  return id
}

test('[VO281] who begins in one language and switches before writing writes in the other', async () => {
  const phone = await join()
  openAt('/new/challenge', phone.device)
  await heading('What is it about?')
  const [draft] = await until(phone.device.drafts, (drafts) => drafts[0]?.step === 'topic')
  if (draft === undefined) throw new Error('no draft')
  cleanup()

  const { user } = openAt(`/record/${draft.id}/words`, phone.device, { language: arabic })
  await heading('ماذا يحدث؟')
  expect(screen.getByRole('combobox', { name: 'مكتوب بـ' })).toHaveProperty('value', 'ar')
  await user.type(screen.getByRole('textbox', { name: 'ماذا يحدث؟' }), 'الماء مقطوع.')
  await until(phone.device.drafts, ([one]) => one?.content.description === 'الماء مقطوع.')
  expect(await langOf(phone, draft.id)).toBe('ar')
})

test('[VO281] who switches after the first words has still written in the language before, through to the saved entry', async () => {
  const phone = await join()
  const id = await begun(phone)
  const { user } = openAt(`/record/${id}/words`, phone.device)
  await heading('What happens?')
  await user.type(screen.getByRole('textbox', { name: 'What happens?' }), 'The well is dry.')
  await until(phone.device.drafts, ([one]) => one?.content.description === 'The well is dry.')
  cleanup()

  const second = openAt(`/record/${id}/words`, phone.device, { language: arabic })
  await heading('ماذا يحدث؟')
  expect(screen.getByRole('combobox', { name: 'مكتوب بـ' })).toHaveProperty('value', 'en')
  await second.user.type(screen.getByRole('textbox', { name: 'ماذا يحدث؟' }), ' Since May.')
  second.unmount()
  const { user: reader } = openAt(`/record/${id}/review`, phone.device, { language: arabic })
  await reader.click(await screen.findByRole('button', { name: 'احفظ على هذا الهاتف' }))
  const [entry] = await until(phone.device.entries, (entries) => entries.length === 1)
  expect(entry?.state.content).toMatchObject({ description: 'The well is dry. Since May.', lang: 'en' })
})

test('[VO281] the language that the author chose stays, whatever the screens speak', async () => {
  const phone = await join()
  const id = await begun(phone)
  const { user } = openAt(`/record/${id}/words`, phone.device)
  await heading('What happens?')
  await user.selectOptions(screen.getByRole('combobox', { name: 'Written in' }), 'fr')
  await until(phone.device.drafts, ([one]) => one?.content.lang === 'fr')
  cleanup()
  const second = openAt(`/record/${id}/words`, phone.device, { language: arabic })
  await heading('ماذا يحدث؟')
  await second.user.type(screen.getByRole('textbox', { name: 'ماذا يحدث؟' }), 'Le puits est sec.')
  await until(phone.device.drafts, ([one]) => one?.content.description === 'Le puits est sec.')
  expect(await langOf(phone, id)).toBe('fr')
})

test('[VO281] words that are all taken away, and a draft of an earlier version without any, hold nobody to the language before', async () => {
  const phone = await join()
  const id = await begun(phone, { lang: 'en' })
  const { user } = openAt(`/record/${id}/words`, phone.device)
  const field = await screen.findByRole('textbox', { name: 'What happens?' })
  await until(phone.device.drafts, ([one]) => one?.content.lang === undefined)
  await user.type(field, 'Wrong')
  await until(phone.device.drafts, ([one]) => one?.content.lang === 'en')
  await user.clear(field)
  await until(phone.device.drafts, ([one]) => one?.content.description === undefined && one?.content.lang === undefined)
  expect(screen.getByRole('combobox', { name: 'Written in' })).toHaveProperty('value', 'en')
})

test('[VO281] a voice note was spoken in the language of the screens, too', async () => {
  const phone = await join()
  const id = await begun(phone)
  await phone.device.keepVoice(id, { bytes: new ArrayBuffer(8), type: 'audio/webm', seconds: 4 })
  openAt(`/record/${id}/words`, phone.device, { language: arabic })
  await heading('ماذا يحدث؟')
  await waitFor(async () => expect(await langOf(phone, id)).toBe('ar'))
})

test('[VO281] a comment is in the language in which it was begun, also after the browser was ended and the app speaks another one', async () => {
  const phone = await join()
  const { id } = await phone.device.createDraft('challenge')
  await phone.device.writeDraft(id, { fields: { ...whole, description: 'The well is dry.', lang: 'en' } })
  const saved = await phone.device.saveDraft(id)
  if (!saved.ok) throw new Error('not saved')
  const first = openAt(`/entry/${saved.value}`, phone.device)
  await first.user.click(await screen.findByRole('button', { name: 'Write a comment' }))
  await first.user.type(screen.getByRole('textbox', { name: 'Your comment' }), 'It is dry still.')
  await until(phone.device.begun, ([one]) => one?.comment === 'It is dry still.' && one.commentLang === 'en')
  cleanup()

  const { user } = openAt(`/entry/${saved.value}`, phone.device, { language: arabic })
  const field = await screen.findByRole('textbox', { name: 'تعليقك' })
  await user.type(field, ' Today too.')
  await user.click(screen.getByRole('button', { name: 'احفظ التعليق' }))
  const [entry] = await until(phone.device.entries, ([one]) => one?.state.comments.length === 1)
  expect(entry?.state.comments[0]).toMatchObject({ text: 'It is dry still. Today too.', lang: 'en' })
  await user.click(await screen.findByRole('button', { name: 'اكتب تعليقًا' }))
  await user.type(screen.getByRole('textbox', { name: 'تعليقك' }), 'شكراً')
  await user.click(screen.getByRole('button', { name: 'احفظ التعليق' }))
  const [again] = await until(phone.device.entries, ([one]) => one?.state.comments.length === 2)
  expect(again?.state.comments[1]).toMatchObject({ text: 'شكراً', lang: 'ar' })
})

import { screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import type { Kind } from '#domain/entry.ts'
import { aChallenge, anAction } from '../support/contents.ts'
import { joinedPhone, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { openAt } from './on-screen.tsx'

const phones: Phone[] = []
afterEach(() => phones.splice(0).forEach(({ device }) => device.close()))

async function moreOf(kind: Kind, group: string, fields: Readonly<Record<string, unknown>> = {}) {
  const phone = await joinedPhone()
  phones.push(phone)
  const { device } = phone
  const { id } = await device.createDraft(kind)
  await device.writeDraft(id, { fields: { ...(kind === 'challenge' ? aChallenge() : anAction()), ...fields } })
  const { user } = openAt(`/record/${id}/review`, device)
  await user.click(await screen.findByText('More detail'))
  await user.click(await screen.findByText(group))
  return { device, user, save: () => user.click(screen.getByRole('button', { name: 'Save on this phone' })) }
}

test('[VO930] a currency is never cut to the first letters of its name, and what a sum needs is said', async () => {
  const { device, user, save } = await moreOf('action', 'Who helps, and with what')
  const sentence = 'Write the amount, and the currency in three letters: USD, XOF, KES.'
  await user.type(await screen.findByRole('textbox', { name: 'Amount' }), '50000')
  // The group is drawn anew at each refusal.
  const currency = () => screen.getByRole('textbox', { name: /Currency/ })
  await save()
  expect(await screen.findByText(sentence)).toBeTruthy()
  await user.type(currency(), 'F cfa ')
  expect(currency()).toHaveProperty('value', 'FCFA')
  await save()
  expect(await screen.findByText(sentence)).toBeTruthy()
  expect(device.entries.get()).toEqual([])
  await user.clear(currency())
  await user.type(currency(), 'xof ')
  await save()
  const [entry] = await until(device.entries, (entries) => entries.length === 1)
  expect(entry?.state.content['value']).toEqual({ amount: 50_000, currency: 'XOF' })
})

test('[VO931] a line of what was given that nobody wrote in stands in no save’s way, and one that lacks a part says which', async () => {
  const { device, user, save } = await moreOf('action', 'Numbers')
  await user.click(await screen.findByRole('button', { name: 'Add a line' }))
  await user.type(screen.getByRole('textbox', { name: 'What' }), 'tents')
  await user.click(screen.getByRole('button', { name: 'Add a line' }))
  expect(screen.getAllByRole('textbox', { name: 'What' })).toHaveLength(2)
  await save()
  expect(await screen.findByText(/^Each line says what was given and how much of it/)).toBeTruthy()
  const [first] = screen.getAllByRole('textbox', { name: 'How many' })
  if (first === undefined) throw new Error('no line')
  await user.type(first, '3')
  await save()
  const [entry] = await until(device.entries, (entries) => entries.length === 1)
  expect(entry?.state.content['output']).toEqual([{ item: 'tents', quantity: 3 }])
})

test('[VO932] what a number counts is asked as well where only the most is known', async () => {
  const { device, user, save } = await moreOf('challenge', 'Numbers')
  await user.type(await screen.findByRole('textbox', { name: 'People affected, at most' }), '40')
  await user.click(await screen.findByRole('radio', { name: 'households' }))
  await save()
  const [entry] = await until(device.entries, (entries) => entries.length === 1)
  expect(entry?.state.content).toMatchObject({ affectedMax: 40, affectedUnit: 'households' })
})

test('[VO933] what the people agreed to is read sentence by sentence', async () => {
  await moreOf('challenge', 'Numbers', { consentBasis: 'verbal', consentQuote: true, consentPlace: true })
  expect(screen.getByText('Their words may be quoted')).toBeTruthy()
  expect(screen.getByText('The place may be named')).toBeTruthy()
})

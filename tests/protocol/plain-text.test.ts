import * as v from 'valibot'
import { expect, it } from 'vitest'
import { settleRequestSchema } from '#protocol/aside.ts'
import { inviteRequestSchema } from '#protocol/desk.ts'
import { asideRequestSchema, eraseMemberRequestSchema } from '#protocol/member-acts.ts'
import { joinRequestSchema, rotateRequestSchema } from '#protocol/membership-request.ts'
import { saveViewSchema } from '#protocol/saved-view.ts'
import { correctionRequestSchema } from '#protocol/written-report.ts'
import { writtenFindingSchema } from '#domain/written-report.ts'
import { aFinding } from '../support/written.ts'

const id = '70000000-0000-7000-8000-000000000001'
const device = { id, publicKey: { kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43) }, label: 'phone' }
const sig = 'x'.repeat(86)
const [finding] = [aFinding(1)]

it.each([
  ['the subject of a settlement', settleRequestSchema, { subject: 'change:1', act: 'settle', reason: 'seen' }, 'subject'],
  ['the reason of a settlement', settleRequestSchema, { subject: 'change:1', act: 'settle', reason: 'seen' }, 'reason'],
  ['the note of an invite', inviteRequestSchema, { role: 'volunteer', note: 'For Awa' }, 'note'],
  ['why somebody is erased', eraseMemberRequestSchema, { reason: 'asked for' }, 'reason'],
  ['why somebody is set aside', asideRequestSchema, { since: '2026-03-01T00:00:00.000Z', reason: 'a flood' }, 'reason'],
  ['the label of a device that joins', joinRequestSchema, { invite: 'x'.repeat(22), name: 'Awa', language: 'fr', device }, 'device.label'],
  ['the label of a new device', rotateRequestSchema, { device, sig }, 'device.label'],
  ['the name of a view', saveViewSchema, { name: 'Wells', search: '?q=well' }, 'name'],
  ['the search of a view', saveViewSchema, { name: 'Wells', search: '?q=well' }, 'search'],
  ['a correction', correctionRequestSchema, { id, sentence: null, text: 'It is open.', lang: 'en' }, 'text'],
  ['a sentence', writtenFindingSchema, finding, 'sentences.0.text'],
] as const)('[SE23] %s holds no U+0000, which no database keeps in a text', (_, schema, good, at) => {
  expect(v.safeParse(schema, good)).toMatchObject({ success: true })
  const bent: unknown = structuredClone(good)
  const path = at.split('.')
  const place = path.slice(0, -1).reduce<unknown>((value, key) => Reflect.get(value as object, key), bent)
  Reflect.set(place as object, path.at(-1) ?? '', `a\u0000b`)
  expect(v.safeParse(schema, bent)).toMatchObject({ success: false })
})

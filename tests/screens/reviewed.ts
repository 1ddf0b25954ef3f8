import * as v from 'valibot'
import { changeEnvelopeSchema, changeFrom } from '#domain/change.ts'
import type { ChangeEnvelope, ChangeOf } from '#domain/change.ts'
import { createQuestionId } from '#domain/new-ids.ts'
import { hashContent } from '#protocol/chain.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import { systemDeps } from '../../demo/script-device.ts'
import type { ScriptDevice } from '../../demo/script-device.ts'

/** Ruth reads what has come in since `after`: one question with a comment, one approval, one that is not used. Gives back how far she has read. */
export async function reviewNew(ruth: ScriptDevice, url: string, after: number): Promise<number> {
  const { items, next, more } = await ruth.post(await ruth.requestFor([], { after }))
  const records = items.flatMap((item) => {
    const envelope = 'change' in item ? v.safeParse(changeEnvelopeSchema, item.change) : null
    const change = envelope?.success === true ? changeFrom(envelope.output) : null
    return change?.type === 'record' ? [change] : []
  })
  const changes: ChangeEnvelope[] = []
  for (const [index, record] of records.entries()) changes.push(...(await stepsOn(ruth, url, record, index)))
  if (changes.length > 0) await ruth.push(changes, { after: next })
  return more ? reviewNew(ruth, url, next) : next
}

async function stepsOn(ruth: ScriptDevice, url: string, record: ChangeOf<'record'>, index: number): Promise<readonly ChangeEnvelope[]> {
  const { clock, chance } = systemDeps(url)
  const contentHash = await hashContent({ content: record.body.content, corrections: {} }, (text) => Promise.resolve(sha256Of(text)))
  const about = { entryId: record.entryId, base: record.id }
  const read = { revision: record.id, contentHash, questions: [] }
  if (index % 3 === 0) {
    return [
      ruth.change('decide', { ...read, verdict: 'askBack', questions: [{ id: createQuestionId(clock, chance), field: 'placeName', text: 'Is this Kajulu East or Kajulu West?' }] }, about),
      ruth.change('comment', { text: 'Thank you, this is the first we hear from Kajulu.', lang: 'en' }, about),
    ]
  }
  if (index % 3 === 1) return [ruth.change('decide', { ...read, verdict: 'approve' }, about)]
  return [ruth.change('decide', { ...read, verdict: 'reject', reason: 'The place is missing. You can add it.' }, about)]
}

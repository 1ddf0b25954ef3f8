import type { EntryId } from '#domain/ids.ts'
import { aChallenge, anAction } from '../support/contents.ts'
import { joinedPhone, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'

export const questionId = '0190aaaa-0000-7000-8000-000000000001'

/** An entry that the server has, with what a coordinator decided on it. A field that is given as undefined is left out. */
export async function decidedEntry(body: Readonly<Record<string, unknown>>, fields: Readonly<Record<string, unknown>> = {}): Promise<Phone & { readonly id: EntryId }> {
  const phone = await joinedPhone()
  const kind = fields['kind'] === 'action' ? 'action' : 'challenge'
  const draft = await phone.device.createDraft(kind)
  await phone.device.writeDraft(draft.id, { fields: { ...(kind === 'action' ? anAction() : aChallenge()), ...fields } })
  const saved = await phone.device.saveDraft(draft.id)
  if (!saved.ok) throw new Error(JSON.stringify(saved.problem))
  await phone.device.flush()
  const [entry] = await until(phone.device.entries, ([first]) => first?.travel === 'received')
  phone.server.addChange({ entryId: saved.value, type: 'decide', body: { revision: entry?.state.revision, contentHash: 'a'.repeat(64), questions: [], ...body } })
  await phone.device.flush()
  await until(phone.device.entries, ([first]) => first?.state.decisions.length === 1)
  return { ...phone, id: saved.value }
}

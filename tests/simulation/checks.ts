import type { ChangeId } from '#domain/ids.ts'
import type { Checked } from './checked.ts'
import { lookAt } from './looking.ts'
import type { SimPhone } from './sim-phone.ts'

/** At any moment: what a phone shows is so (I5), and its cursor goes only forward (I7). */
export async function checkPhone({ notes, server }: Checked, phone: SimPhone): Promise<void> {
  const { pull, entries, changes, receipts, files } = await lookAt(phone)
  if (pull === undefined) return
  notes.cursor(`${phone.databaseName} ${pull.epoch} ${pull.scope ?? ''}`, pull.after)
  const committed = server.committed.get(pull.epoch) ?? new Set<ChangeId>()
  const backedUp = server.backedUp.get(pull.epoch) ?? new Set<ChangeId>()
  for (const { id, epoch, status } of receipts) {
    if (epoch === pull.epoch && status !== 'erased' && !committed.has(id)) notes.violate('I5', `${phone.name} has a receipt (${status}) for ${id}, which this epoch has not`)
  }
  for (const { state, travel } of entries) {
    if (travel !== 'received' && travel !== 'safe') continue
    const own = changes.filter(({ entryId, own: isOwn, change }) => entryId === state.id && isOwn && change !== null)
    for (const { id } of own) {
      if (!committed.has(id)) notes.violate('I5', `${phone.name} calls ${state.id} ${travel}, and the server has not ${id}`)
      if (travel === 'safe' && !backedUp.has(id)) notes.violate('I5', `${phone.name} calls ${state.id} safe, and no backup has ${id}`)
      if (travel === 'safe') notes.calledSafe.add(id)
    }
    if (travel === 'safe' && files.some(({ entryId, stored, saved }) => entryId === state.id && saved && !stored)) notes.violate('I5', `${phone.name} calls ${state.id} safe, and has no receipt for its photo`)
  }
  const places = changes.flatMap(({ ownSeq }) => (ownSeq === undefined ? [] : [ownSeq]))
  if (new Set(places).size !== places.length) notes.violate('I7', `${phone.name} has given one deviceSeq twice`)
}

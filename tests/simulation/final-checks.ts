import { foldEntry } from '#domain/fold.ts'
import type { EntryId } from '#domain/ids.ts'
import { presentDigest } from '#server/presenters/pull-item.ts'
import type { StoredChange } from '#server/store/store.ts'
import { verifyCampaign } from '#server/sync/verify.ts'
import { checkMinds } from './checking-minds.ts'
import type { Checked } from './checked.ts'
import { lookAt } from './looking.ts'
import type { Look } from './looking.ts'
import type { Confirmed } from './notes.ts'
import type { SimPhone } from './sim-phone.ts'

/** After everything has come to rest: I1 to I8, one after the other. */
export async function finalChecks(history: Checked): Promise<void> {
  const { server, notes } = history
  await server.look()
  const log = await server.store.changes.scan(server.campaign.id, 0, 100_000)
  const looks = new Map<SimPhone, Look>()
  for (const phone of history.living) looks.set(phone, await lookAt(phone))
  checkLog(history, log)
  for (const save of notes.owed()) await checkSave(history, log, save)
  for (const id of notes.calledSafe) if (!log.some((change) => change.id === id)) notes.violate('I5', `${id} was called safe and is lost`)
  for (const [phone, look] of looks) {
    checkRest(history, { phone, look })
    checkSameWords(history, log, { phone, look })
    await checkReplica(history, { phone, look })
  }
  await checkDevices(history, looks)
  await checkMinds(history, log)
  checkErased(history, log, looks)
  const { faults } = await verifyCampaign(server.store, server.campaign.id)
  for (const fault of faults) notes.violate('I3', JSON.stringify(fault))
  const { differing } = await server.store.entries.rebuild(server.campaign.id)
  if (differing.length > 0) notes.violate('I4', `the projection of ${differing.join(', ')} is not what its changes make`)
}

/** I2 and I7: each change once, each entry recorded once, no number left out or given twice. */
function checkLog({ notes }: Checked, log: readonly StoredChange[]): void {
  const counting = withoutCopies(log).filter(({ quarantined, released }) => quarantined === null || released)
  twice(log.flatMap(({ id, proven }) => (id === null || !proven ? [] : [id]))).forEach((id) => notes.violate('I2', `${id} stands twice in the log`))
  twice(counting.flatMap(({ type, entryId }) => (type === 'record' && entryId !== null ? [entryId] : []))).forEach((id) => notes.violate('I2', `${id} was recorded twice`))
  // A release carries the ref of its record as well.
  twice(log.flatMap(({ ref, type }) => (ref === null || type !== 'record' ? [] : [ref]))).forEach((ref) => notes.violate('I2', `${ref} was given twice`))
  log.forEach(({ seq }, index) => (seq === index + 1 ? undefined : notes.violate('I7', `seq ${seq} stands at place ${index + 1}`)))
}

/** I1 and I3: what somebody was told is saved is there, once, in the words it was saved with, under its author. */
async function checkSave({ notes, server }: Checked, log: readonly StoredChange[], save: Confirmed): Promise<void> {
  const found = withoutCopies(log).filter(({ id, entryId, type }) => (save.changeId === null ? type === 'record' && entryId === save.entryId : id === save.changeId))
  const [stored] = found
  if (stored === undefined) return notes.violate('I1', `${save.type} of ${save.entryId} by ${save.by} (${JSON.stringify(save.holds)}) is lost`)
  if (found.length > 1) notes.violate('I2', `${save.type} of ${save.entryId} by ${save.by} stands ${found.length} times`)
  // An erasure that was set aside loses its reason with the one that counts; that it came stays.
  if (save.type === 'erase' && stored.quarantined !== null && stored.erasedAt !== null) return
  const body = (JSON.parse(stored.text) as { readonly body: Readonly<Record<string, unknown>> }).body
  const said = (save.type === 'record' ? body['content'] : save.type === 'revise' || save.type === 'correct' ? body['set'] : body) as Readonly<Record<string, unknown>>
  for (const [field, value] of Object.entries(save.holds)) if (JSON.stringify(said[field]) !== JSON.stringify(value)) notes.violate('I3', `${field} of ${stored.id} is ${JSON.stringify(said[field])}, was ${JSON.stringify(value)}`)
  const member = await server.store.members.get(server.campaign.id, stored.memberId)
  if (member !== null && member.name !== save.by.split('*')[0]) notes.violate('I1', `${stored.id} by ${save.by} stands under the name of ${member.name}`)
  if (save.photo !== null) await checkPhoto(save.photo)

  async function checkPhoto({ sha256, bytes }: NonNullable<Confirmed['photo']>): Promise<void> {
    const kept = await server.context.shelf.read('received', { campaignId: server.campaign.id, sha256 })
    const state = await server.store.entries.state(server.campaign.id, save.entryId)
    if (kept === null || !Buffer.from(kept).equals(bytes)) notes.violate('I3', `the photo ${sha256} of ${save.entryId} is ${kept === null ? 'lost' : 'not what it was'}`)
    else if (state !== null && state.storedFiles.includes(sha256) !== true) notes.violate('I1', `the photo ${sha256} of ${save.entryId} has no receipt`)
  }
}

/** I8: nothing is left to send. What another change stands in the place of waits for a person, and is not silent. */
function checkRest({ notes }: Checked, { phone, look }: { readonly phone: SimPhone; readonly look: Look }): void {
  const waiting = look.changes.filter(({ own, ownSeq, alarm, change, id }) => own && ownSeq !== undefined && change !== null && alarm === undefined && !look.receipts.some((receipt) => receipt.id === id))
  if (waiting.length > 0) notes.violate('I8', `${phone.name} still holds ${waiting.map(({ id, change }) => `${change?.type ?? ''} ${id}`).join(', ')}`)
  const alarms = look.changes.filter(({ own, alarm }) => own && alarm !== undefined)
  if (alarms.length > 0) notes.violate('I8', `${phone.name} has an alarm on ${alarms.map(({ id, alarm }) => `${id} (${alarm ?? ''})`).join(', ')}`)
  if (look.pendingFiles > 0) notes.violate('I8', `${phone.name} still holds ${look.pendingFiles} files`)
}

/** I3: each change that a phone has is, to the letter, the one that the server has. */
function checkSameWords({ notes }: Checked, log: readonly StoredChange[], { phone, look }: { readonly phone: SimPhone; readonly look: Look }): void {
  const stored = new Map(log.flatMap((change) => (change.id === null || change.erasedAt !== null ? [] : [[change.id as string, change] as const])))
  for (const { id, change } of look.changes) {
    const there = stored.get(id)
    if (change === null || there === undefined) continue
    const [here, theirs] = [withoutPlace(change), withoutPlace(JSON.parse(there.text) as Record<string, unknown>)]
    if (here !== theirs) notes.violate('I3', `${id} on ${phone.name} is ${here}, on the server ${theirs}`)
  }
}

/** I4: the phone shows what the server's changes make, and of others' what is public, no more and no less. */
async function checkReplica({ notes, server }: Checked, { phone, look }: { readonly phone: SimPhone; readonly look: Look }): Promise<void> {
  const { id: campaign, defaultSensitivity } = server.campaign
  for (const { state } of look.entries) {
    const known = await server.store.changes.known(campaign, state.id)
    const folded = foldEntry(known)
    if (folded === null) continue
    for (const field of ['ref', 'content', 'corrections', 'revision', 'review', 'contested', 'conflicts', 'comments', 'storedFiles', 'withdrawReason'] as const) {
      if (JSON.stringify(state[field]) !== JSON.stringify(folded[field])) notes.violate('I4', `${field} of ${state.id} on ${phone.name} is ${JSON.stringify(state[field])}, on the server ${JSON.stringify(folded[field])}`)
    }
  }
  if (phone.role === 'coordinator') return
  // Whoever erased all that they wrote here is the author still, while the erasure waits for a person.
  const author = look.entries[0]?.state.author ?? look.changes.findLast(({ own }) => own)?.memberId
  const shown = new Map(look.digests.map(({ entryId, digest }) => [entryId, digest.text] as const))
  const ids = new Set((await server.store.changes.scan(campaign, 0, 100_000)).flatMap(({ entryId }) => (entryId === null ? [] : [entryId])))
  for (const id of ids) {
    const entry = await server.store.entries.state(campaign, id)
    const digest = entry === null || entry.author === author ? null : presentDigest(entry, defaultSensitivity)
    if (entry?.author === author) continue
    if ((digest?.text ?? null) !== (shown.get(id) ?? null)) notes.violate('I4', `${phone.name} shows of ${id} ${shown.get(id) ?? 'nothing'}, public is ${digest?.text ?? 'nothing'}`)
  }
}

/** I7: the server knows of each phone that nothing is left on it, and that no step of it is missing. */
async function checkDevices({ notes, server }: Checked, looks: ReadonlyMap<SimPhone, Look>): Promise<void> {
  const devices = await server.store.members.devices(server.campaign.id)
  for (const [phone, look] of looks) {
    const device = devices.find(({ id }) => id === look.deviceId)
    if (device === undefined) notes.violate('I7', `the server does not know the device of ${phone.name}`)
    else if (device.manifest === null || device.manifest.pendingChanges > 0 || device.manifest.pendingFiles > 0) notes.violate('I7', `the server believes that ${phone.name} holds ${JSON.stringify(device.manifest)}`)
    else if (device.missing.length > 0) notes.violate('I7', `${phone.name} lacks the places ${device.missing.join(', ')}`)
  }
}

/** What was erased is nowhere: no words of it in the log, and none on a phone that has heard of it. */
function checkErased({ notes }: Checked, log: readonly StoredChange[], looks: ReadonlyMap<SimPhone, Look>): void {
  // Something on the way refused the erasure itself, or the server was restored and others wrote on the entry before it was there again: what is
  // set aside waits for a person, words and erasure alike. Nobody can prove yet whose the entry is.
  const isWaiting = ({ quarantined, released }: StoredChange): boolean => (quarantined === 'unparseable' || quarantined === 'unknown-entry') && !released
  const waiting = new Set(log.flatMap((change) => (change.id !== null && isWaiting(change) ? [change.id] : [])))
  const gone = notes.mustBeGone(waiting)
  const isGone = (id: EntryId | null, type: string | null): boolean => id !== null && gone.has(id) && type !== 'erase'
  for (const { id, entryId, type, text, erasedAt } of log) if (isGone(entryId, type) && !(id !== null && waiting.has(id)) && (erasedAt === null || text !== '')) notes.violate('I3', `${type} ${id} was erased and its words are back`)
  for (const [phone, { changes }] of looks) {
    const back = changes.filter(({ id, entryId, change, seq }) => isGone(entryId, change?.type ?? 'erase') && seq !== null && !waiting.has(id))
    if (back.length > 0) notes.violate('I3', `${phone.name} still has the words of ${back.map(({ id, change }) => `${change?.type ?? ''} ${id}`).join(', ')}, which were erased`)
  }
}

function withoutPlace(change: Readonly<Record<string, unknown>>): string {
  const { deviceSeq: _, ...rest } = change
  return JSON.stringify(Object.fromEntries(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1))))
}

/** What was handed over and has come by its chain as well stands there as an unproven copy beside the true one, and counts for nothing. */
function withoutCopies(log: readonly StoredChange[]): readonly StoredChange[] {
  const proven = new Set(log.flatMap(({ id, proven: isProven }) => (isProven ? [id] : [])))
  return log.filter(({ id, proven: isProven }) => isProven || !proven.has(id))
}

function twice<Value>(values: readonly Value[]): readonly Value[] {
  return values.filter((value, index) => values.indexOf(value) !== index)
}


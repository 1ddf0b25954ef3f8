import { changeFrom } from '#domain/change.ts'
import type { Verdict } from '#domain/change.ts'
import { foldEntry } from '#domain/fold.ts'
import type { Chance, ChangeId, Clock, EntryId } from '#domain/ids.ts'
import { createQuestionId } from '#domain/new-ids.ts'
import type { Device } from '#device/device.ts'
import type { ChosenFile } from '#device/handing-over.ts'
import { hashContent } from '#protocol/chain.ts'
import { nodeCrypto } from '../support/test-ground.ts'
import { aChallenge } from '../support/contents.ts'
import type { Dice } from './dice.ts'
import type { Notes } from './notes.ts'
import type { SimPhone } from './sim-phone.ts'
import { bytesOf, chosen } from '../support/unsent.ts'
import { decideAtOnce } from '../support/decide-at-once.ts'

export interface ActGround {
  readonly dice: Dice
  readonly chance: Chance
  readonly clock: Clock
  readonly notes: Notes
  readonly nextText: (about: string) => string
}

interface Actor {
  readonly phone: SimPhone
  readonly device: Device
}

interface OnEntry {
  readonly entryId: EntryId
  /** The last change of it that was read. */
  readonly base: ChangeId | null
}

const { digestText } = nodeCrypto()

/** A challenge, some with a photo. */
export async function saveEntry(ground: ActGround, { phone, device }: Actor): Promise<void> {
  const { dice, chance, notes } = ground
  const description = ground.nextText('Entry')
  const draft = await device.createDraft('challenge')
  await device.writeDraft(draft.id, { fields: { ...aChallenge({ description, consentPhoto: true }) } })
  let photo = null
  if (dice.isOneIn(5)) {
    const bytes = Uint8Array.from(chance.bytes(200 + dice.below(400)))
    const added = await device.addPhoto(draft.id, { bytes: bytes.slice().buffer, type: 'image/webp', width: 64, height: 48, thumb: bytes.slice(0, 40).buffer })
    if (added.ok) photo = { sha256: added.value, bytes }
  }
  const saved = await device.saveDraft(draft.id)
  if (saved.ok && phone.isOpen) notes.confirm({ by: phone.name, entryId: saved.value, changeId: null, type: 'record', holds: { description }, photo })
}

/** Other words, another severity or another place for an own entry. */
export async function reviseEntry(ground: ActGround, { phone, device }: Actor, entryId: EntryId): Promise<void> {
  const { dice, notes } = ground
  const set = dice.pick([{ description: ground.nextText('Revised') }, { severity: 1 + dice.below(5) }, { placeName: ground.nextText('Place') }] as [Record<string, unknown>, ...Record<string, unknown>[]])
  const saved = await device.revise(entryId, { set, unset: [], answers: [] })
  if (saved.ok && phone.isOpen) notes.confirm({ by: phone.name, entryId, changeId: saved.value, type: 'revise', holds: set, photo: null })
}

export async function commentOn(ground: ActGround, { phone, device }: Actor, entryId: EntryId): Promise<void> {
  const text = ground.nextText('Comment')
  const saved = await device.comment(entryId, text, 'en')
  if (saved.ok && phone.isOpen) ground.notes.confirm({ by: phone.name, entryId, changeId: saved.value, type: 'comment', holds: { text }, photo: null })
}

export async function withdrawEntry(ground: ActGround, { phone, device }: Actor, entryId: EntryId): Promise<void> {
  const reason = ground.nextText('Withdrawn')
  const saved = await device.withdraw(entryId, reason)
  if (saved.ok && phone.isOpen) ground.notes.confirm({ by: phone.name, entryId, changeId: saved.value, type: 'withdraw', holds: { reason }, photo: null })
}

/** An author takes an own entry out of the world, sent or not. It is under way from the moment of the tap: a browser that dies may have kept it. */
export async function eraseOwnEntry(ground: ActGround, actor: Actor, entryId: EntryId): Promise<void> {
  await erased(ground, actor, { entryId, base: null })
}

async function erased({ notes, nextText }: ActGround, { phone, device }: Actor, { entryId, base }: OnEntry): Promise<void> {
  const reason = nextText('Erased')
  notes.erasing.add(entryId)
  const kept = await device.erase(entryId, base, reason)
  if (kept.ok && phone.isOpen) notes.confirm({ by: phone.name, entryId, changeId: kept.value, type: 'erase', holds: { reason }, photo: null })
}

/** As the desk does it: reads the entry from the server, folds it, and judges what it read. */
export async function decideOn(ground: ActGround, { phone, device }: Actor, entryId: EntryId): Promise<void> {
  const { dice, notes } = ground
  const read = await device.api.entry(entryId)
  if (!read.ok || !phone.isOpen) return
  const state = foldEntry(read.value.changes.flatMap(({ change, ...known }) => {
    const valid = changeFrom(change)
    return valid === null ? [] : [{ ...known, change: valid, quarantined: known.quarantined !== undefined }]
  }))
  if (state === null) return
  if (dice.isOneIn(6)) return correctEntry(ground, { phone, device }, { entryId, base: state.head })
  if (dice.isOneIn(30)) return erased(ground, { phone, device }, { entryId, base: state.head })
  const verdict = dice.pick<Verdict>(['approve', 'approve', 'approve', 'askBack', 'reject', 'reopen'])
  const reason = ground.nextText('Verdict')
  const questions = verdict === 'askBack' ? [{ id: createQuestionId(ground.clock, ground.chance), field: 'severity', text: 'Who told you?' }] : []
  const contentHash = await hashContent(state, digestText)
  const decided = await decideAtOnce(device, { entryId, base: state.head, body: { revision: state.revision, contentHash, verdict, reason, questions } })
  if (decided.ok && phone.isOpen) notes.confirm({ by: phone.name, entryId, changeId: decided.value, type: 'decide', holds: { verdict, reason, revision: state.revision }, photo: null })
}

async function correctEntry(ground: ActGround, { phone, device }: Actor, { entryId, base }: OnEntry & { readonly base: ChangeId }): Promise<void> {
  const area = ground.nextText('Area')
  const set = { adm1Name: area, placeName: area }
  const corrected = await device.correct(entryId, base, set)
  if (corrected.ok && phone.isOpen) ground.notes.confirm({ by: phone.name, entryId, changeId: corrected.value, type: 'correct', holds: set, photo: null })
}

/** What the server has set aside counts from here on. */
export async function releaseOne({ dice }: ActGround, { device }: Actor): Promise<void> {
  const aside = await device.api.quarantine()
  if (!aside.ok) return
  const able = aside.value.quarantined.flatMap(({ id, entryId, hindrance }) => (id === null || entryId === null || (hindrance ?? null) !== null ? [] : [{ id, entryId }]))
  const [first, ...rest] = able
  if (first === undefined) return
  const { id, entryId } = dice.pick([first, ...rest])
  await device.release(entryId, id, 'It was meant.')
}

/** Everything unsent of one phone, as the file that another takes along. */
export async function handedOver({ device }: Pick<Actor, 'device'>): Promise<ChosenFile> {
  return chosen(await bytesOf(await device.exportUnsent()))
}

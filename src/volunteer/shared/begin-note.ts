import type { Device, Membership, Preferences, SaveProblem } from '#device/device.ts'
import type { PhotoMaker } from '#device/media/photo-maker.ts'
import { keepRest, readSharedFile } from '#device/media/shared.ts'
import type { SharedBatch, SharedCaches } from '#device/media/shared.ts'
import type { Kind } from '#domain/entry.ts'
import type { EntryId } from '#domain/ids.ts'
import { maxPhotos } from '#volunteer/photos/use-photos.ts'
import { firstContent } from '#volunteer/record/first-content.ts'
import type { FirstContent } from '#volunteer/record/first-content.ts'
import { firstStep } from '#volunteer/record/steps.ts'

export interface NoteGround {
  readonly device: Pick<Device, 'createDraft' | 'writeDraft' | 'addPhoto'>
  readonly caches: SharedCaches
  readonly makePhoto: PhotoMaker
  readonly membership: Membership
  readonly preferences: Preferences
  readonly today: FirstContent['today']
  readonly language: string
}

export interface BegunNote {
  readonly draft: EntryId
  readonly step: string
  /** What did not go into the note, and waits here still. */
  readonly rest: SharedBatch
  readonly problem: SaveProblem | null
}

/**
 * Makes a draft of what was shared: the text is its description, the first pictures its photos. Each part leaves the cache only when
 * the draft has it, so what a browser killed in between leaves behind may be there twice and is never gone.
 */
export async function beginNote(ground: NoteGround, kind: Kind, batch: SharedBatch): Promise<BegunNote> {
  const { device, caches, membership, preferences, today, language } = ground
  const step = firstStep(kind).id
  const fields = firstContent({ kind, today, membership, preferences })
  const { id: draft } = await device.createDraft(kind)
  const written = await device.writeDraft(draft, { fields: { ...fields, ...(batch.text === '' ? {} : { description: batch.text, lang: language }) }, step })
  if (!written.ok) return { draft, step, rest: batch, problem: written.problem }
  let rest: SharedBatch = { ...batch, text: '' }
  await keepRest(caches, rest)
  let taken = 0
  for (const { n } of batch.files) {
    if (taken === maxPhotos) break
    const added = await addOne(ground, draft, batch, n)
    if (added === 'unreadable') continue
    if (added !== null) return { draft, step, rest, problem: added }
    taken += 1
    rest = { ...rest, files: rest.files.filter((file) => file.n !== n) }
    await keepRest(caches, rest)
  }
  return { draft, step, rest, problem: null }
}

/** Null when the draft has it. */
async function addOne({ device, caches, makePhoto }: NoteGround, draft: EntryId, batch: SharedBatch, n: number): Promise<SaveProblem | 'unreadable' | null> {
  const file = await readSharedFile(caches, batch, n)
  const photo = file === null ? null : await makePhoto(file)
  if (photo === null) return 'unreadable'
  const added = await device.addPhoto(draft, photo)
  return added.ok ? null : added.problem
}

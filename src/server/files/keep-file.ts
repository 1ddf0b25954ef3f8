import type { CampaignId, EntryId, MemberId, Sha256 } from '#domain/ids.ts'
import { instantOf } from '#domain/new-ids.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import type { ServerContext } from '#server/context.ts'
import { shownPicture } from '#server/files/picture.ts'
import { ShelfUnavailable } from '#server/files/shelf.ts'
import { isVoice } from '#server/files/voice.ts'

export interface ArrivedFile {
  readonly campaignId: CampaignId
  readonly entryId: EntryId
  readonly sha256: Sha256
  readonly type: string
  readonly uploadedBy: MemberId
}

/**
 * Enters a file whose `bytes` are already kept, hash checked: makes the shown copy and the row. Twice does no harm.
 * A picture that cannot be decoded, or a voice note that is none, is kept all the same, and shown to nobody.
 */
export async function enterFile(context: ServerContext, file: ArrivedFile, bytes: Uint8Array): Promise<void> {
  const known = await context.store.files.get(file.campaignId, file.sha256)
  if (known !== null && known.entryId === file.entryId) return
  const shown = await shownCopy(file.type, bytes)
  if (shown !== null) await context.shelf.keepBytes('shown', file, shown)
  await context.store.files.put({ ...file, bytes: bytes.length, storedAt: instantOf(context.clock), shownSha256: shown === null ? null : sha256Of(shown) })
  // The same bytes may have been left behind by an erased entry, and taken away a moment ago.
  if (!(await context.shelf.has('received', file))) throw new ShelfUnavailable(`file ${file.sha256} was taken away while it was kept again`)
}

/** Pictures are encoded anew. Sound is not, so it must be sound and nothing else. */
function shownCopy(type: string, bytes: Uint8Array): Promise<Uint8Array | null> {
  if (type.startsWith('image/')) return shownPicture(bytes)
  return Promise.resolve(isVoice(type, bytes) ? bytes : null)
}

import type { CampaignId, EntryId, MemberId, Sha256 } from '#domain/ids.ts'
import { instantOf } from '#domain/new-ids.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import type { ServerContext } from '#server/context.ts'
import { shownPicture } from '#server/files/picture.ts'
import { ShelfUnavailable } from '#server/files/shelf.ts'
import { shownVoice } from '#server/files/shown-voice.ts'
import { ActorChanged } from '#server/store/actor-changed.ts'
import type { StoredFile } from '#server/store/file-store.ts'

export interface ArrivedFile {
  readonly campaignId: CampaignId
  readonly entryId: EntryId
  readonly sha256: Sha256
  readonly type: string
  readonly uploadedBy: MemberId
}

/**
 * Keeps a file whose hash is checked: the bytes, the copy that is shown, the row, in this order; then the bytes go, unless the campaign keeps
 * originals. Twice does no harm. A picture that cannot be decoded, or a voice note that cannot be written anew, is kept as it came, and shown to nobody.
 */
export async function keepFile(context: ServerContext, { keepOriginals = false }: { readonly keepOriginals?: boolean | undefined }, file: ArrivedFile, bytes: Uint8Array): Promise<void> {
  const known = await context.store.files.get(file.campaignId, file.sha256)
  if (known !== null && known.entryId === file.entryId && (await isOnShelf(context, known))) return
  await context.shelf.keepBytes('received', file, bytes)
  // The same bytes are what they were first, whatever somebody calls them now.
  const type = known?.type ?? file.type
  const shown = await shownCopy(type, bytes)
  if (shown !== null) await context.shelf.keepBytes('shown', file, shown)
  const isLeaving = shown !== null && !keepOriginals
  await put(context, { ...file, type, bytes: bytes.length, storedAt: instantOf(context.clock), shownSha256: shown === null ? null : sha256Of(shown), original: isLeaving ? 'leaving' : 'kept' })
  // The same bytes may have been left behind by an erased entry, and taken away a moment ago.
  if (!(await context.shelf.has(isLeaving ? 'shown' : 'received', file))) throw new ShelfUnavailable(`file ${file.sha256} was taken away while it was kept again`)
  if (isLeaving) await dropOriginals(context, [file])
}

/** A campaign that was erased meanwhile has no row to name the bytes by: they go at once, or nobody would ever find them. */
async function put({ store, shelf }: Pick<ServerContext, 'store' | 'shelf'>, file: StoredFile): Promise<void> {
  try {
    await store.files.put(file)
  } catch (error) {
    if ((await store.campaigns.get(file.campaignId)) !== null) throw error
    for (const kind of ['received', 'shown'] as const) await shelf.remove(kind, file)
    throw new ActorChanged()
  }
}

/** What is held of a file: as it came, or the copy that is shown where that one is to go. */
export function isOnShelf({ shelf }: Pick<ServerContext, 'shelf'>, file: StoredFile): Promise<boolean> {
  return shelf.has(file.original === 'kept' ? 'received' : 'shown', file)
}

const inOneRound = 200

/** What a storage that was away, a process that died or a campaign that keeps them no longer has left of originals. */
export async function dropLeaving(context: Pick<ServerContext, 'store' | 'shelf' | 'log'>): Promise<void> {
  // Also what was kept before a campaign had the choice, or by an upload that had not heard of it.
  for (const { id, keepOriginals } of await context.store.campaigns.list()) if (keepOriginals !== true) await context.store.files.sendOff(id)
  await dropOriginals(context, await context.store.files.leaving(inOneRound))
}

/**
 * Off the shelf first, without a lock: storage may be far away. Who keeps the same file meanwhile looks whether it is there after writing the row,
 * and what was written here afterwards is true all the same.
 */
async function dropOriginals({ store, shelf, log }: Pick<ServerContext, 'store' | 'shelf' | 'log'>, files: readonly Pick<StoredFile, 'campaignId' | 'sha256'>[]): Promise<void> {
  try {
    for (const file of files) {
      await shelf.remove('received', file)
      await store.files.originalGone(file.campaignId, file.sha256)
    }
  } catch (error) {
    if (!(error instanceof ShelfUnavailable)) throw error
    log.error({ problem: error.message }, 'originals cannot be dropped yet')
  }
}

/** Pictures are encoded anew; sound is not, but what it is packed in is written anew. */
function shownCopy(type: string, bytes: Uint8Array): Promise<Uint8Array | null> {
  return type.startsWith('image/') ? shownPicture(bytes) : shownVoice(type, bytes)
}

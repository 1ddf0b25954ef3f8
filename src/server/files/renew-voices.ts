import { sha256Of } from '#server/auth/secrets.ts'
import type { ServerContext } from '#server/context.ts'
import { shownVoice } from '#server/files/shown-voice.ts'
import { ShelfUnavailable } from '#server/files/shelf.ts'
import { isVoiceAsItCame } from '#server/files/verify-files.ts'
import type { StoredFile } from '#server/store/file-store.ts'

type Ground = Pick<ServerContext, 'store' | 'shelf' | 'log'>

const pageSize = 500

/**
 * Voice notes of a Terrain that played them as they came, also out of a backup of that time: each is written anew, or played no more. Once at the
 * start of each process; what comes afterwards is written anew when it comes. False: the storage was away, it is to be done again.
 */
export async function renewVoices(ground: Ground): Promise<boolean> {
  try {
    for (const { id } of await ground.store.campaigns.list()) {
      for (let page = await ground.store.files.list(id, '', pageSize); page.length > 0; page = await ground.store.files.list(id, page.at(-1)?.sha256 ?? '', pageSize)) {
        for (const file of page) if (isVoiceAsItCame(file)) await renew(ground, file)
      }
    }
    return true
  } catch (error) {
    if (!(error instanceof ShelfUnavailable)) throw error
    ground.log.error({ problem: error.message }, 'voice notes cannot be written anew yet')
    return false
  }
}

async function renew({ store, shelf, log }: Ground, file: StoredFile): Promise<void> {
  const bytes = await shelf.read('shown', file)
  // Another process has written it anew since the row was read, or the storage gives something else: that is not to be kept in its place.
  if (bytes === null) return
  if (sha256Of(bytes) !== file.sha256) {
    log.error({ file: `shown/${file.campaignId}/${file.sha256}` }, 'a voice note is not written anew: what the storage gives for it is not what was kept')
    return
  }
  const shown = await shownVoice(file.type, bytes)
  if (shown !== null) {
    await shelf.keepBytes('shown', file, shown)
    await store.files.put({ ...file, shownSha256: sha256Of(shown) })
    return
  }
  // Kept as it came, like one that comes today.
  if (file.original !== 'kept') await shelf.keepBytes('received', file, bytes)
  await store.files.put({ ...file, shownSha256: null, original: 'kept' })
  await shelf.remove('shown', file)
}

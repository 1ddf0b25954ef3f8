import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { CampaignId } from '#domain/ids.ts'
import { instantOf } from '#domain/new-ids.ts'
import type { ServerContext } from '#server/context.ts'
import { ShelfUnavailable } from '#server/files/shelf.ts'
import type { FileShelf } from '#server/files/shelf.ts'
import type { StoredFile } from '#server/store/file-store.ts'

type Ground = Pick<ServerContext, 'store' | 'shelf' | 'uploadDir' | 'log'>

/**
 * Takes out the files that erased entries have left, and what the database's own log still says of them. Done after each erasure and from
 * time to time: a storage that was away, or a process that died in between, leaves nothing for ever. What remains of them all the same, because
 * the storage is away or refuses to delete: whoever has erased somebody must hear of it.
 */
export async function forgetErased({ store, shelf, log, metrics }: Pick<ServerContext, 'store' | 'shelf' | 'log' | 'metrics'>, over?: CampaignId): Promise<readonly StoredFile[]> {
  const left = await takeOutErased({ store, shelf }, over).then(() => [], async (error: unknown) => {
    if (!(error instanceof ShelfUnavailable)) throw error
    const files = await store.erasures.leftFiles(over)
    log.error({ problem: error.message, files: files.length }, 'files of erased entries cannot be taken out yet: does the storage answer, and may the key delete?')
    return files
  })
  metrics?.leftErased(left.length)
  return left
}

/** The same for whoever must know that it is done. `over`: a campaign whose time is over, where what no entry names goes as well. */
export async function takeOutErased({ store, shelf }: Pick<Ground, 'store' | 'shelf'>, over?: CampaignId): Promise<void> {
  try {
    for (const file of await store.erasures.leftFiles(over)) await store.erasures.forgetFile(file, () => removeBoth(shelf, file), over)
  } finally {
    // The words go, whatever becomes of the files.
    await store.erasures.settle()
  }
}

/** All of a campaign: files, what phones have begun to send, and then every row. The files first, because the rows name them. */
export async function eraseCampaign(ground: Ground & Pick<ServerContext, 'clock'>, campaign: CampaignId): Promise<void> {
  const { store, shelf, uploadDir, clock } = ground
  for (let page = await store.files.list(campaign, '', 500); page.length > 0; page = await store.files.list(campaign, page.at(-1)?.sha256 ?? '', 500)) {
    for (const file of page) await removeBoth(shelf, file)
  }
  await forgetBegun({ uploadDir }, campaign)
  await store.erasures.campaign(campaign, instantOf(clock))
  await store.erasures.compact()
}

/** Uploads and bundles that phones have begun to send, of a campaign. */
async function forgetBegun({ uploadDir }: Pick<Ground, 'uploadDir'>, campaign: CampaignId): Promise<void> {
  for (const name of await readdir(uploadDir)) if (name.startsWith(`${campaign}.`) || name.startsWith(`bundle.${campaign}.`)) await rm(join(uploadDir, name), { force: true })
}

async function removeBoth(shelf: FileShelf, file: StoredFile): Promise<void> {
  await shelf.remove('received', file)
  await shelf.remove('shown', file)
}

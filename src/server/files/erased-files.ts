import type { CampaignId } from '#domain/ids.ts'
import { instantOf } from '#domain/new-ids.ts'
import type { ServerContext } from '#server/context.ts'
import { forgetBegun, forgetUnfinished, noteBegun } from '#server/files/erased-uploads.ts'
import { ShelfUnavailable } from '#server/files/shelf.ts'
import type { FilePlace, FileShelf } from '#server/files/shelf.ts'

type Ground = Pick<ServerContext, 'store' | 'shelf' | 'uploadDir' | 'log' | 'metrics'>

/**
 * Takes out the files that erased entries have left, what phones have begun to send of them, and what the database's own log still says of them.
 * Done after each erasure and from time to time: a storage that was away, or a process that died in between, leaves nothing for ever. What remains
 * of them all the same, because the storage is away or refuses to delete: whoever has erased somebody must hear of it.
 */
export async function forgetErased(ground: Ground, over?: CampaignId): Promise<readonly FilePlace[]> {
  const { store, log, metrics } = ground
  await forgetUnfinished(ground, over)
  const left = await takeOutErased(ground, over).then(() => [], async (error: unknown) => {
    if (!(error instanceof ShelfUnavailable)) throw error
    const files = [...(await store.erasures.leftFiles(over)), ...(await store.erasures.orphans())]
    log.error({ problem: error.message, files: files.length }, 'files of erased entries cannot be taken out yet: does the storage answer, and may the key delete?')
    return files
  })
  metrics?.leftErased(left.length)
  return left
}

/** Refusals come at once; a storage that is away is waited for with each file. */
const patienceMs = 60_000

/**
 * The files for whoever must know that it is done. One that the storage refuses keeps none of the others: the first refusal is told when all were
 * tried, or when the storage lets everybody wait. `over`: a campaign whose time is over, where what no entry names goes as well.
 */
export async function takeOutErased({ store, shelf }: Pick<Ground, 'store' | 'shelf'>, over?: CampaignId): Promise<void> {
  const refusals: ShelfUnavailable[] = []
  const until = performance.now() + patienceMs
  const tried = async (take: () => Promise<unknown>): Promise<void> => {
    if (refusals.length > 0 && performance.now() > until) return
    await take().catch((error: unknown) => {
      if (!(error instanceof ShelfUnavailable)) throw error
      refusals.push(error)
    })
  }
  try {
    for (const file of await store.erasures.leftFiles(over)) await tried(() => store.erasures.forgetFile(file, () => removeBoth(shelf, file), over))
    for (const place of await store.erasures.orphans()) await tried(() => removeBoth(shelf, place).then(() => store.erasures.forgetOrphan(place)))
  } finally {
    // The words go, whatever becomes of the files.
    await store.erasures.settle()
  }
  const [first] = refusals
  if (first !== undefined) throw first
}

/**
 * All of a campaign: what phones have begun to send, every row, and the files, which are remembered by their places until the storage lets them go.
 * How many it still has; they are tried again every five minutes.
 */
export async function eraseCampaign(ground: Ground & Pick<ServerContext, 'clock'>, campaign: CampaignId): Promise<{ readonly filesLeft: number }> {
  const { store, clock } = ground
  await noteBegun(ground, campaign)
  await store.erasures.campaign(campaign, instantOf(clock))
  await forgetBegun(ground, campaign)
  const left = await forgetErased(ground)
  await store.erasures.compact()
  return { filesLeft: left.filter(({ campaignId }) => campaignId === campaign).length }
}

async function removeBoth(shelf: FileShelf, place: FilePlace): Promise<void> {
  await shelf.remove('received', place)
  await shelf.remove('shown', place)
}

import { join } from 'node:path'
import type { CampaignId } from '#domain/ids.ts'
import { adviceOn } from '#server/advice.ts'
import { backUp } from '#server/backup/back-up.ts'
import { listHolding, readManifest } from '#server/backup/folder.ts'
import { backupGround } from '#server/cli/backup-ground.ts'
import type { CommandInput } from '#server/cli/command.ts'

/** 0 when every file is gone with its words; else 1, and why that may be. The server tries again every five minutes. */
export function tellOfFiles({ complain }: Pick<CommandInput, 'complain'>, filesLeft: number): number {
  if (filesLeft === 0) return 0
  complain(`${filesLeft} files of what was erased are still on the storage: it does not answer, or its key may not delete. The server tries again every five minutes; see TerrainErasedFilesLeft in docs/operate.md.`)
  return 1
}

/** What was erased by a change of its own: a backup that goes as far has it no more. */
export interface ErasedBy {
  readonly campaignId: CampaignId
  readonly seq: number
}

/** Makes a backup without what was erased, so that the others are not needed any more, and says which of them hold it still, and until when. */
export async function tellOfBackups({ context, print, complain }: CommandInput, erased: ErasedBy | null = null): Promise<void> {
  const root = context.config.backup?.dir
  if (root === undefined) return
  const list = () => listHolding(root, context.clock.now())
  const before = new Set((await list()).map(({ name }) => name))
  const { kind } = await backUp(backupGround(context), root).catch((error: unknown) => {
    const advice = adviceOn(error, context.config)
    if (advice === null) throw error
    // What it was called for is done; who asked for it is to know where the words still are.
    complain(advice)
    return { kind: 'unverified' as const }
  })
  if (kind === 'unverified' || kind === 'busy') complain('No backup could be made now. The server makes one; look whether it is verified: before that, none of the older ones goes.')
  const clean = erased === null ? new Set() : await withoutIt([...before], { root, epoch: await context.store.epoch(), erased })
  const holding = (await list()).filter(({ name }) => before.has(name) && !clean.has(name))
  print(holding.length === 0 ? `No older backup holds it in ${root}.` : [
    `These older backups in ${root} may hold it still. Each goes by itself with the first good backup after its day; delete it by hand if it must not stay so long, and your own copies too.`,
    ...holding.map(({ name, until }) => `  ${name} until ${until.slice(0, 10)}`),
  ].join('\n'))
}

/** By how far they go and not by when they were made: a clock may have been wrong. One of before a restore counts otherwise, and may hold it. */
async function withoutIt(names: readonly string[], { root, epoch, erased }: { readonly root: string; readonly epoch: string; readonly erased: ErasedBy }): Promise<ReadonlySet<string>> {
  const manifests = await Promise.all(names.map(async (name) => [name, await readManifest(join(root, name))] as const))
  return new Set(manifests.flatMap(([name, manifest]) => {
    const reach = manifest?.epoch === epoch ? manifest.campaigns.find(({ id }) => id === erased.campaignId) : undefined
    return reach !== undefined && reach.seq >= erased.seq ? [name] : []
  }))
}

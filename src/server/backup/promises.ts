import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import type { CampaignId } from '#domain/ids.ts'
import { Advice } from '#server/advice.ts'
import { orIfMissing, writeDurably } from '#server/backup/folder.ts'
import type { BackupReach, Manifest } from '#server/backup/manifest.ts'

const fileName = 'safe-seq.json'
const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const promiseSchema = v.object({ epoch: v.string(), safeSeq: count, challengeRef: count, actionRef: count })
const promisesSchema = v.record(v.string(), promiseSchema)

/** What devices were told is safe, by campaign. It stands outside the database, which a restore replaces. */
export type Promises = v.InferOutput<typeof promisesSchema>

/** One that is damaged says nothing: there are two, and the next backup writes both anew. */
export async function readPromises(folder: string): Promise<Promises> {
  return (await promisesOrDamage(folder)) ?? {}
}

/**
 * The same for whoever is about to bring an older state, which a damaged one no longer warns of.
 * @throws Advice
 */
export async function readWholePromises(folder: string): Promise<Promises> {
  const told = await promisesOrDamage(folder)
  if (told === null) throw new Advice(`${join(folder, fileName)} is damaged: nobody knows what phones were told is safe, and an older backup would lose it without a word. Put a copy of it in its place, or take it away and restore the newest backup.`)
  return told
}

async function promisesOrDamage(folder: string): Promise<Promises | null> {
  const text = await orIfMissing(readFile(join(folder, fileName), 'utf8'), '{}')
  try {
    const parsed = v.safeParse(promisesSchema, JSON.parse(text))
    return parsed.success ? parsed.output : null
  } catch {
    return null
  }
}

/** Written before anything is promised, so that it never says less than devices know. */
export async function writePromises(folders: readonly string[], { epoch, campaigns }: Manifest): Promise<void> {
  const promises: Promises = Object.fromEntries(campaigns.map(({ id, seq, challengeRef, actionRef }) => [id, { epoch, safeSeq: seq, challengeRef, actionRef }]))
  for (const folder of folders) await writeDurably(join(folder, fileName), `${JSON.stringify(promises, null, 1)}\n`)
}

/** Campaigns of which this backup holds less than was promised: too short, or of a history that left the promised one earlier. */
export function brokenPromises(manifest: Manifest, promises: Promises): readonly CampaignId[] {
  const reaches = new Map(manifest.campaigns.map((reach) => [reach.id as string, reach] as const))
  return Object.entries(promises).filter(([id, { epoch, safeSeq }]) => safeSeq > commonSeq(manifest.epoch, reaches.get(id), epoch)).map(([id]) => id as CampaignId)
}

function commonSeq(ownEpoch: string, reach: BackupReach | undefined, epoch: string): number {
  if (reach === undefined) return 0
  return epoch === ownEpoch ? reach.seq : (reach.formerEpochs[epoch] ?? 0)
}

import * as v from 'valibot'
import { changeEnvelopeSchema, changeFrom } from '#domain/change.ts'
import type { EntryId, Sha256 } from '#domain/ids.ts'
import { namedFiles } from '#domain/named-files.ts'
import type { PushResult, Run } from '#protocol/sync.ts'
import type { ServerContext } from '#server/context.ts'
import type { OnFileStored } from '#server/files/finish-upload.ts'
import type { StoredCampaign } from '#server/store/store.ts'
import { appendAsServer } from '#server/sync/server-device.ts'

interface HeldFile {
  readonly sha256: Sha256
  readonly entryId: EntryId
}

/** When an upload is complete the server says so in a sealed change of its own: that is what lets a phone forget the file. */
export function receiptFor(context: ServerContext): OnFileStored {
  return (actor, file) => writeReceipts(context, actor.campaign, [file])
}

/** A file may be complete before the change that names it comes (by a courier): the receipt is then written with the change. */
export async function receiptsForRun(context: ServerContext, campaign: StoredCampaign, { run, results }: { readonly run: Run; readonly results: readonly PushResult[] }): Promise<void> {
  const named = run.changes.filter((_, index) => results[index]?.status === 'stored').flatMap((raw): readonly HeldFile[] => {
    const envelope = v.safeParse(changeEnvelopeSchema, raw)
    const change = envelope.success ? changeFrom(envelope.output) : null
    return change === null ? [] : namedFiles(change).map((sha256) => ({ sha256, entryId: change.entryId }))
  })
  const held = await Promise.all(named.map(async (file) => ((await context.store.files.get(campaign.id, file.sha256)) === null ? [] : [file])))
  await writeReceipts(context, campaign, held.flat())
}

/** Nothing for a file that no change of the entry names, or whose receipt is written already. */
async function writeReceipts(context: ServerContext, campaign: StoredCampaign, files: readonly HeldFile[]): Promise<void> {
  for (const { sha256, entryId } of files) {
    const [entry, namedBy] = [await context.store.entries.state(campaign.id, entryId), await context.store.files.namedBy(campaign.id, sha256)]
    if (entry === null || !namedBy.includes(entryId) || entry.storedFiles.includes(sha256)) continue
    await appendAsServer(context, campaign, [{ entryId, type: 'fileStored', base: entry.head, body: { sha256, entryId } }])
  }
}

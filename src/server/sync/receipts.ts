import type { EntryId, MemberId, Sha256 } from '#domain/ids.ts'
import { namedFiles } from '#domain/named-files.ts'
import type { ServerContext } from '#server/context.ts'
import type { OnFileStored } from '#server/files/finish-upload.ts'
import type { StoredCampaign } from '#server/store/store.ts'
import type { ReceivedRun } from '#server/sync/receive-run.ts'
import { appendAsServer } from '#server/sync/server-device.ts'

type Ground = Pick<ServerContext, 'store' | 'clock' | 'chance'>

interface HeldFile {
  readonly sha256: Sha256
  readonly entryId: EntryId
  /** Whose phone has sent its bytes. */
  readonly from: MemberId
}

/** When an upload is complete the server says so in a sealed change of its own: that is what lets a phone forget the file. */
export function receiptFor(context: ServerContext): OnFileStored {
  return (actor, file) => writeReceipts(context, actor.campaign, [{ ...file, from: actor.memberId }])
}

/**
 * A file may be complete before the change that names it comes (by a courier), or before that change counts (a release): the receipt is then
 * written with the change. A run that was here before is looked at again: the server may have been killed between the run and its receipts, and
 * no phone asks anew for a file whose last byte was answered. False where nothing was to be looked at, so that nothing was written.
 */
export async function receiptsForRun(context: Ground, campaign: StoredCampaign, { changes, results }: Pick<ReceivedRun, 'changes' | 'results'>): Promise<boolean> {
  const entries = changes.flatMap(({ change }, index): readonly EntryId[] => {
    const status = results[index]?.status
    return change !== null && (status === 'stored' || status === 'duplicate') && (change.type === 'release' || namedFiles(change).length > 0) ? [change.entryId] : []
  })
  await receiptsForEntries(context, campaign, entries)
  return entries.length > 0
}

/** For whatever these entries name and the shelf holds. */
export async function receiptsForEntries(context: Ground, campaign: StoredCampaign, entries: readonly EntryId[]): Promise<void> {
  for (const entryId of new Set(entries)) {
    const held = await context.store.files.ofEntry(campaign.id, entryId)
    await writeReceipts(context, campaign, held.map(({ sha256, uploadedBy }) => ({ sha256, entryId, from: uploadedBy })))
  }
}

/**
 * Nothing for a file that no change of the entry names, or whose receipt is written already. Nor where its bytes came from somebody else: the hash of
 * a photo is no secret (a published one has it in its address), so an author who has it sends it, and one who only names it has no claim to it.
 */
async function writeReceipts(context: Ground, campaign: StoredCampaign, files: readonly HeldFile[]): Promise<void> {
  for (const { sha256, entryId, from } of files) {
    const [entry, namedBy] = [await context.store.entries.state(campaign.id, entryId), await context.store.files.namedBy(campaign.id, sha256)]
    if (entry === null || entry.author !== from || !namedBy.includes(entryId) || entry.storedFiles.includes(sha256)) continue
    await appendAsServer(context, campaign, [{ entryId, type: 'fileStored', base: entry.head, body: { sha256, entryId } }])
  }
}

import { maxHeadBytes, readBundleHead } from '#protocol/bundle-file.ts'
import type { BundleHead } from '#protocol/bundle-file.ts'
import { readRecords } from '#protocol/bundle-records.ts'
import type { BundleAuthor } from '#protocol/bundle-records.ts'
import { BrokenBundle, openChunks } from '#protocol/chunk-stream.ts'
import type { ImportResponse } from '#protocol/import.ts'
import type { PushResult } from '#protocol/sync.ts'
import { openerOf } from '#server/auth/sealed.ts'
import type { ServerContext } from '#server/context.ts'
import type { OnFileStored } from '#server/files/finish-upload.ts'
import type { Actor } from '#server/http/access.ts'
import { refuseFlood } from '#server/http/flood.ts'
import { ProblemError } from '#server/http/problem-error.ts'
import type { StoredCampaign, StoredDevice } from '#server/store/store.ts'
import { receiptsForRun } from '#server/sync/receipts.ts'
import { receiveRun } from '#server/sync/receive-run.ts'
import { authorDevice, importSummary, keepCarriedFile } from '#server/transfer/carried.ts'

/** Words and photos of a year without a connection; a phone makes several files long before. */
export const maxBundleBytes = 500_000_000

/**
 * Takes in a sealed bundle as it streams: no more of it is in memory than one run or one photo. Each chunk proves itself before
 * it is read, so what stands before a damage is taken, and the answer says that the file is broken: the phone that made it may be
 * lost. A whole copy brought later adds the rest, since every change and photo is taken once.
 */
export async function importSealed(context: ServerContext, carrier: Pick<Actor, 'campaign' | 'memberId'>, source: AsyncIterable<Uint8Array>, onFileStored: OnFileStored): Promise<ImportResponse> {
  try {
    return await taken(context, carrier, { source: limited(source), onFileStored })
  } catch (error) {
    if (error instanceof BrokenBundle) throw new ProblemError('bundle-broken')
    throw error
  }
}

async function taken(context: ServerContext, { campaign, memberId }: Pick<Actor, 'campaign' | 'memberId'>, { source, onFileStored }: { readonly source: AsyncIterable<Uint8Array>; readonly onFileStored: OnFileStored }): Promise<ImportResponse> {
  const { head, rest } = await opened(source)
  const open = head.header.campaignId === campaign.id ? openerOf(campaign, head) : null
  if (open === null) throw new ProblemError('bundle-foreign')
  const results: PushResult[] = []
  let files = 0
  let device: StoredDevice | null = null
  for await (const entry of readRecords(openChunks(rest, open), (bytes) => new TextDecoder().decode(bytes))) {
    const { record } = entry
    if (record.kind === 'author') device = await knownAuthor(context, campaign, record)
    else if (device === null) throw new BrokenBundle('the author comes first')
    else if (record.kind === 'run') {
      await refuseFlood(context, { campaign, memberId: device.memberId }, record.run)
      const received = await receiveRun(context, { campaign, device, carriedBy: memberId }, record.run)
      await receiptsForRun(context, campaign, received)
      results.push(...received.results)
    } else if ('content' in entry && entry.content !== null && (await keepCarriedFile(context, { campaign, device, onFileStored }, record, entry.content))) files += 1
  }
  return importSummary(results, files)
}

async function knownAuthor(context: ServerContext, campaign: StoredCampaign, author: BundleAuthor): Promise<StoredDevice> {
  const device = await authorDevice(context, campaign, author)
  if (device === null) throw new ProblemError('bundle-foreign')
  return device
}

/** The head, and everything behind it. */
async function opened(source: AsyncIterable<Uint8Array>): Promise<{ readonly head: BundleHead; readonly rest: AsyncIterable<Uint8Array> }> {
  const pieces = source[Symbol.asyncIterator]()
  let start = new Uint8Array(0)
  while (start.length < maxHeadBytes) {
    const next = await pieces.next()
    if (next.done === true) break
    start = Buffer.concat([start, next.value])
  }
  const head = readBundleHead(start)
  if (!head.ok) throw head.problem === 'newer' ? new ProblemError('bundle-newer') : isTornHead(start) ? new ProblemError('bundle-broken') : new ProblemError('malformed-request', { at: ['/'] })
  const { bytes } = head.value
  return { head: head.value, rest: behind(start.subarray(bytes.length), pieces) }
}

/** A file that a phone saved, of which not even the first lines are as they were: mail that took it for text has altered their ends. */
function isTornHead(start: Uint8Array): boolean {
  return Buffer.from(start.buffer, start.byteOffset, start.length).toString('latin1').startsWith('terrain-bundle/')
}

async function* behind(first: Uint8Array, pieces: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first
  for (;;) {
    const next = await pieces.next()
    if (next.done === true) return
    yield next.value
  }
}

async function* limited(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const piece of source) {
    bytes += piece.length
    if (bytes > maxBundleBytes) throw new ProblemError('too-large')
    yield piece
  }
}

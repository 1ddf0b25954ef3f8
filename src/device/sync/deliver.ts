import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import type { ApiProblem } from '#device/device.ts'
import { BytesGone, noteCarried, noteDelivered, readCarried, takeOtherCopy, waitingBundles } from '#device/store/carried.ts'
import { readMeta } from '#device/store/meta.ts'
import type { CarriedRow } from '#device/store/rows.ts'
import { sendBundle } from '#device/sync/bundle-parts.ts'
import type { PartsGround } from '#device/sync/bundle-parts.ts'
import { plainProblem } from '#device/sync/http.ts'
import type { HttpProblem } from '#device/sync/http.ts'
import { isGoneForGood } from '#device/sync/sound-files.ts'
import { noted } from '#device/sync/upload.ts'
import type { UploadGround } from '#device/sync/upload.ts'
import { hasRoomFor, spend } from '#device/sync/upload-budget.ts'
import type { BundleId } from '#protocol/bundle-file.ts'

export type DeliverGround = PartsGround & Pick<UploadGround, 'db' | 'clock' | 'network' | 'isForAllPhotos' | 'hasNews'>

/** What no further try changes: it is told, and the file stays until a person drops it. */
const forGood: ReadonlySet<string> = new Set(['bundle-broken', 'bundle-foreign', 'bundle-newer', 'malformed-request', 'too-large', 'incomplete'])

/**
 * Brings the bundles of others, after everything of one's own and within the day's share of mobile data. Part by part, so that one
 * that is larger than the share goes on tomorrow where it stopped.
 */
export async function deliverCarried(ground: DeliverGround): Promise<Result<null, ApiProblem>> {
  const { db } = ground
  const campaignId = (await readMeta(db, 'membership'))?.membership.campaign.id
  const rows = [...await waitingBundles(ground)]
  for (let row = rows.shift(); row !== undefined; row = rows.shift()) {
    if (ground.hasNews()) return ok(null)
    if (row.campaignId !== campaignId) continue
    const { id } = row
    const sent = await deliver(ground, row).catch((error: unknown) => unreadable(error))
    if (!sent.ok && !isForGood(sent.problem)) return fail(plainProblem(sent.problem))
    if (!sent.ok && (await takeOtherCopy(db, id))) rows.push(...(await waitingBundles(ground)).filter((one) => one.id === id))
    // Where a person has dropped it meanwhile, there is nothing left to note it on.
    else if (!sent.ok) await noted(db, () => noteCarried(db, id, { state: 'refused', problem: sent.problem.code }))
  }
  return ok(null)
}

/** Its bytes are not all here (any more): no try brings them back, only another copy. Anything else is the runner's. */
function unreadable(error: unknown): ReturnType<typeof fail<HttpProblem>> {
  if (!(error instanceof BytesGone) && !isGoneForGood(error)) throw error
  return fail({ kind: 'refused', code: 'incomplete', status: null, isOurs: true })
}

function isForGood({ isOurs, code }: HttpProblem): boolean {
  return isOurs && forGood.has(code)
}

async function deliver(ground: DeliverGround, row: CarriedRow): Promise<Result<null, HttpProblem>> {
  const { db } = ground
  const { id, bytes, sentBytes } = row
  const answer = await sendBundle(ground, {
    id, from: sentBytes, file: { size: bytes, read: (start, end) => readCarried(db, row, start, end) },
    mayGo: async (part) => {
      // What was saved here meanwhile goes before the next part.
      if (ground.hasNews()) return false
      const may = ground.isForAllPhotos() || (await hasRoomFor(ground, part))
      await setHeld(ground, id, !may)
      return may
    },
    onSent: async (place, part) => {
      await noted(db, () => spend(ground, part))
      await noted(db, () => noteCarried(db, id, { sentBytes: place }))
    },
  })
  if (!answer.ok) return answer
  if (answer.value === null) return ok(null)
  const { accepted, duplicates, refused, files = 0 } = answer.value
  await noteDelivered(db, id, { accepted, duplicates, refused: refused.length, files })
  return ok(null)
}

async function setHeld({ db }: DeliverGround, id: BundleId, isHeld: boolean): Promise<void> {
  const state = isHeld ? 'held' : 'waiting'
  if ((await db.carried.get(id))?.state !== state) await noted(db, () => noteCarried(db, id, { state }))
}

import { instantOf } from '#domain/ids.ts'
import type { Clock } from '#domain/ids.ts'
import { bytesToBase64 } from '#device/base64.ts'
import { readBytes } from '#device/store/files.ts'
import { readMeta } from '#device/store/meta.ts'
import { nextRun, readPending } from '#device/store/outbox.ts'
import type { SendableRow } from '#device/store/outbox.ts'
import { sealedRun } from '#device/sync/push.ts'
import type { DevicePlace, Signer } from '#device/sync/push.ts'
import type { Bundle } from '#protocol/bundle.ts'
import { maxRunChanges } from '#protocol/sync.ts'
import type { Run } from '#protocol/sync.ts'

export interface UnsentFile {
  readonly name: string
  readonly json: string
  readonly entries: number
  readonly photos: number
}

/** Everything that the server has not proved to hold, sealed like a push, so that any phone may carry it. Changes nothing here. */
export async function exportUnsent(ground: Signer & { readonly clock: Clock }): Promise<UnsentFile> {
  const { db, clock } = ground
  const own = await readMeta(db, 'membership')
  if (own === undefined) throw new Error('there is nothing to hand over before joining')
  const { identity, credential, membership } = own
  const place = { campaignId: membership.campaign.id, deviceId: identity.deviceId, keyPair: identity.keyPair }
  const pending = await readPending(db)
  const files: Bundle['files'] = []
  for (const file of pending.files) {
    files.push({ sha256: file.sha256, type: file.type, entryId: file.entryId, data: bytesToBase64(new Uint8Array(await readBytes(db, file))) })
  }
  const bundle: Bundle = {
    format: 'terrain-bundle', v: 1, campaignId: place.campaignId, deviceId: place.deviceId, publicKey: identity.publicKey, credential,
    createdAt: instantOf(clock), runs: await sealedRuns(ground, place, pending.changes), files,
  }
  return {
    name: `terrain-${bundle.createdAt.slice(0, 16).replaceAll(':', '-')}-${identity.deviceId.slice(-6)}.json`,
    json: JSON.stringify(bundle),
    entries: new Set(pending.changes.map(({ entryId }) => entryId)).size,
    photos: pending.files.filter(({ role }) => role === 'original').length,
  }
}

async function sealedRuns(ground: Signer, place: DevicePlace, changes: readonly SendableRow[]): Promise<Run[]> {
  const runs: Run[] = []
  // What the server refused to take at its place travels all the same: the desk may be able to use it.
  let rest = changes.map((row) => ({ ...row, alarm: undefined }))
  while (rest.length > 0) {
    const rows = nextRun(rest, { maxChanges: maxRunChanges, maxBytes: Infinity })
    const run = await sealedRun(ground, place, rows)
    if (run === null) throw new Error('what has not been sent cannot be sealed on this device')
    runs.push(run)
    rest = rest.slice(rows.length)
  }
  return runs
}

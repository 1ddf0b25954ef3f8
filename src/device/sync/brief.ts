import * as v from 'valibot'
import type { Instant } from '#domain/ids.ts'
import { instantOf } from '#domain/new-ids.ts'
import type { DeviceCrypto, FetchResponse } from '#device/device-ground.ts'
import { chainHashes } from '#device/store/chain-hashes.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import type { OwnMembership, PullPosition } from '#device/store/meta.ts'
import { readJson } from '#device/sync/read-json.ts'
import { sameOf, sameText } from '#protocol/same.ts'
import type { KnownState } from '#protocol/same.ts'
import { briefSyncResponseSchema, syncResponseSchema } from '#protocol/sync.ts'
import type { SyncResponse } from '#protocol/sync.ts'
import type { Run } from '#protocol/sync-request.ts'

/** What this device takes for granted of the answer, and the letters that say so to the server. */
export interface Known extends KnownState {
  readonly same: string
}

interface Standing {
  readonly own: OwnMembership
  readonly pull: PullPosition
  readonly run: Run | null
  readonly highDeviceSeq: number
}

/** Null where this device cannot know it: before its first answer, or where the hash of its last change went with its words. */
export async function knownState({ db, crypto }: { readonly db: DeviceDatabase; readonly crypto: Pick<DeviceCrypto, 'digestText'> }, { own: { membership: { campaign }, identity: { deviceId } }, pull: { epoch, scope, safeSeq }, run, highDeviceSeq }: Standing): Promise<Known | null> {
  const hash = run?.seal.hash ?? (highDeviceSeq === 0 ? null : (await chainHashes(db, { place: { campaignId: campaign.id, deviceId }, upTo: highDeviceSeq, digest: crypto.digestText })).get(highDeviceSeq))
  if (scope === null || hash === undefined) return null
  const state = { epoch, scope, safeSeq, campaignRevision: campaign.revision ?? 0, highDeviceSeq, hash }
  return { ...state, same: sameOf(await crypto.digestText(sameText(state))) }
}

const answerSchema = v.union([syncResponseSchema, briefSyncResponseSchema])

/** An answer in full, whichever way it came. A brief one counts only with our own letters in it: whoever does not know this device's state cannot say them. */
export function readSync(known: Known | null, { after, sentAt }: { readonly after: number; readonly sentAt: Instant }): (response: FetchResponse, text: string) => SyncResponse | null {
  return (response, text) => {
    const answer = readJson(answerSchema)(response, text)
    if (answer === null || 'epoch' in answer) return answer as SyncResponse | null
    if (known === null || answer.same !== known.same) return null
    return { ...known, ...answer, device: { highDeviceSeq: known.highDeviceSeq, hash: known.hash, missing: [] }, next: answer.next ?? after, serverTime: timeOf(response) ?? sentAt }
  }
}

function timeOf({ headers }: FetchResponse): Instant | null {
  const ms = Date.parse(headers.get('date') ?? '')
  return Number.isNaN(ms) ? null : instantOf({ now: () => ms })
}

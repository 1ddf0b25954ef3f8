import * as v from 'valibot'
import type { CampaignId, DeviceId, Sha256 } from '#domain/ids.ts'
import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import type { DeviceCrypto } from '#device/device-ground.ts'
import { bytesToBase64, utf8Bytes } from '#device/base64.ts'
import { chainHashes } from '#device/store/chain-hashes.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import type { SendableRow } from '#device/store/outbox.ts'
import { writeHandedOver } from '#device/store/receipts.ts'
import type { Http, HttpProblem } from '#device/sync/http.ts'
import { readJson } from '#device/sync/read-json.ts'
import { pushResultSchema } from '#protocol/sync.ts'
import type { Run } from '#protocol/sync-request.ts'

export interface Signer {
  readonly db: DeviceDatabase
  readonly crypto: Pick<DeviceCrypto, 'digestText' | 'sign'>
}

export interface DevicePlace {
  readonly campaignId: CampaignId
  readonly deviceId: DeviceId
  readonly keyPair: unknown
}

/** Consecutive changes with the seal that proves them; null when their place in the chain cannot be computed or signed (any more). */
export async function sealedRun({ db, crypto }: Signer, place: DevicePlace, rows: readonly SendableRow[]): Promise<Run | null> {
  const [first, last] = [rows[0], rows.at(-1)]
  if (first === undefined || last === undefined) return null
  const { campaignId, deviceId, keyPair } = place
  const hashes = await chainHashes(db, { place: { campaignId, deviceId }, upTo: last.ownSeq, digest: crypto.digestText })
  const hash = hashes.get(last.ownSeq)
  const prevHash = first.ownSeq === 1 ? null : (hashes.get(first.ownSeq - 1) ?? (await storedHash(db, first.ownSeq - 1)))
  if (hash === undefined || (prevHash === null && first.ownSeq > 1)) return null
  const sig = await signed(crypto, keyPair, hash)
  return sig === null ? null : { prevHash, changes: rows.map(({ change }) => change), seal: { deviceSeq: last.ownSeq, hash, sig } }
}

/** Null when the key is no longer one: a browser that gave back its database from a copy may have lost it. */
async function signed(crypto: Signer['crypto'], keyPair: unknown, hash: Sha256): Promise<string | null> {
  try {
    return await crypto.sign(keyPair, hash)
  } catch {
    return null
  }
}

async function storedHash(db: DeviceDatabase, ownSeq: number): Promise<Sha256 | null> {
  return (await db.changes.where('ownSeq').equals(ownSeq).first())?.hash ?? null
}

const quarantineAnswerSchema = v.looseObject({ epoch: v.string(), results: v.array(pushResultSchema) })

/** Hands over one change that the server could not take otherwise, as bytes; from then on it stands in nobody's way. */
export async function handOver({ db, http }: { readonly db: DeviceDatabase; readonly http: Http }, place: DevicePlace & { readonly epoch: string }, { id, change }: SendableRow): Promise<Result<null, HttpProblem>> {
  const { epoch, campaignId, deviceId } = place
  const bytes = bytesToBase64(utf8Bytes(JSON.stringify(change)))
  const answer = await http({ method: 'POST', path: '/sync/quarantine', body: { json: { epoch, campaignId, deviceId, id, bytes } }, read: readJson(quarantineAnswerSchema) })
  if (!answer.ok) return answer
  if (answer.value.epoch !== epoch) return fail({ kind: 'refused', code: 'epoch-changed', status: 409, isOurs: true })
  await writeHandedOver(db, { id, result: answer.value.results[0], epoch })
  return ok(null)
}

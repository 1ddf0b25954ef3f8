import type { ChangeId, Clock, EntryId } from '#domain/ids.ts'
import { instantOf } from '#domain/new-ids.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { applyExchange, isOtherScope, unknownScope } from '#device/store/exchanged.ts'
import { readMeta } from '#device/store/meta.ts'
import type { PullPosition } from '#device/store/meta.ts'
import { isKnownPlace } from '#device/store/own-place.ts'
import { isChangeItem } from '#device/store/pulled.ts'
import { nextRun, pendingBytes, pendingEntryIds, pendingTables, readPending } from '#device/store/outbox.ts'
import type { Pending, SendableRow } from '#device/store/outbox.ts'
import { knownState, readSync } from '#device/sync/brief.ts'
import { askWhoIAm } from '#device/sync/join.ts'
import type { Http, HttpProblem } from '#device/sync/http.ts'
import { keepPace, paceOf } from '#device/sync/pace.ts'
import { sealedRun } from '#device/sync/push.ts'
import type { DevicePlace, Signer } from '#device/sync/push.ts'
import type { InSession } from '#device/sync/session.ts'
import { maxPullItems, maxRunChanges } from '#protocol/sync.ts'
import type { SyncResponse } from '#protocol/sync.ts'
import type { Manifest, Run, SentSyncRequest } from '#protocol/sync-request.ts'

/** As which device of which epoch this page has told its version: once is enough. */
const told = new WeakMap<DeviceDatabase, string>()

/** Room for the rest of the request below the server's limit of a megabyte. */
const maxRunBytes = 900_000
const timeoutMs = 60_000
const nothingAside: ReadonlySet<ChangeId> = new Set()

export interface ExchangeGround extends Signer {
  readonly db: DeviceDatabase
  readonly http: Http
  readonly inSession: InSession
  readonly appVersion: string
  readonly clock: Clock
  readonly onSending: (entries: ReadonlySet<EntryId>) => void
}

export type Exchange =
  | { readonly kind: 'applied'; readonly sent: number; readonly receipts: number; readonly more: boolean; /** What was pulled before was another selection. */ readonly isOtherScope: boolean; readonly left: number; /** The manifest named something that this very answer has settled. */ readonly isToldTooMuch: boolean; /** Another one goes on with this device's chain, or its own place in it cannot be proved. */ readonly lostPlace: boolean; /** Somebody has decided on an entry that is here. */ readonly isDecided: boolean }
  /** The answer belongs to a server that was restored meanwhile; the new epoch comes with the next refusal. */
  | { readonly kind: 'stale' }
  /** The log ends at `head`, before what has been read of it, or says something else at that very place (null): the server was set back, and this answer is of another history. */
  | { readonly kind: 'set-back'; readonly epoch: string; readonly head: number | null }
  | { readonly kind: 'failed'; readonly problem: HttpProblem; readonly run: readonly SendableRow[]; readonly place: DevicePlace & { readonly epoch: string } }
  | { readonly kind: 'no-membership' }

/** One request that pushes a run of at most `maxChanges`, none of those `aside`, and pulls a page, and the one transaction that applies its answer. */
export async function exchange(ground: ExchangeGround, maxChanges: number = maxRunChanges, aside: ReadonlySet<ChangeId> = nothingAside): Promise<Exchange> {
  const { db, http, inSession, onSending } = ground
  const { own, pull, pending, highDeviceSeq, erasedPlaces } = await standing(db)
  if (own === undefined || pull === undefined) return { kind: 'no-membership' }
  const pace = paceOf(db)
  const rows = maxChanges === 0 ? [] : nextRun(pending.changes.filter(({ id }) => !aside.has(id)), { maxChanges: Math.min(maxChanges, pace), maxBytes: maxRunBytes })
  const place = { campaignId: own.membership.campaign.id, deviceId: own.identity.deviceId, keyPair: own.identity.keyPair, epoch: pull.epoch }
  const run = await sealedRun(ground, place, rows)
  const staying = behind(pending, run, rows)
  // With something left behind, the server's log ends somewhere else than this device's chain does.
  const known = staying.changes.length > 0 ? null : await knownState(ground, { own, pull, run, highDeviceSeq })
  const manifest = { highDeviceSeq, pendingChanges: staying.changes.length, pendingFiles: staying.files.length, pendingBytes: pendingBytes(staying), pendingEntries: pendingEntryIds(staying).size }
  const sentAt = instantOf(ground.clock)
  const as = pull.epoch + place.deviceId
  const json: SentSyncRequest = {
    epoch: pull.epoch, after: pull.after, mark: pull.mark ?? '',
    ...(pace < maxPullItems && { limit: pace }),
    // A coordinator lists from the server; only what was recorded on this very phone has to be here as well.
    ...(own.membership.abilities.includes('readAll') && { want: 'own' }),
    ...(told.get(db) !== as && { appVersion: ground.appVersion }),
    ...toldOf(manifest, erasedPlaces, run),
    ...(known && { same: known.same }),
    sentAt,
    ...(run && { run, without: 'pushed' }),
  }
  onSending(new Set(rows.map(({ entryId }) => entryId)))
  const answer = await inSession(() => http({ method: 'POST', path: '/sync', body: { json }, by: place.deviceId, timeoutMs, read: readSync(known, { after: pull.after, sentAt }) }))
  onSending(new Set())
  keepPace(db, { problem: answer.ok ? null : answer.problem, tookMs: ground.clock.now() - Date.parse(sentAt) })
  if (!answer.ok) return { kind: 'failed', problem: answer.problem, run: rows, place }
  told.set(db, as)
  if (answer.value.epoch === pull.epoch && answer.value.setBack === true) return { kind: 'set-back', epoch: pull.epoch, head: null }
  // What this very run has added is no part of what was left.
  if (answer.value.epoch === pull.epoch && answer.value.next < pull.after) return { kind: 'set-back', epoch: pull.epoch, head: Math.max(0, answer.value.next - answer.value.results.length) }
  const isOther = isOtherScope(pull, answer.value)
  // Until it knows who it is, it takes nothing of the other selection.
  const response = isOther && !(await askWhoIAm(ground)) ? { ...answer.value, scope: unknownScope } : answer.value
  const applied = await applyExchange(db, { response, epoch: pull.epoch, sent: rows.map(({ id }) => id), askedAt: sentAt })
  if (applied === null) return { kind: 'stale' }
  // What a coordinator set comes with the sync that first hears of it; without an answer the next one asks again.
  if ((answer.value.campaignRevision ?? 0) !== (own.membership.campaign.revision ?? 0)) await askWhoIAm(ground)
  const left = pending.changes.filter(({ alarm }) => alarm === undefined).length - applied.receipts
  const { results, device } = answer.value
  const isForked = results.some(({ id, status }) => status === 'forked' && rows.some((row) => row.id === id))
  const lostPlace = isForked || (rows.length > 0 && run === null) || !(await isKnownPlace(db, device, { place, digest: ground.crypto.digestText }))
  const isToldTooMuch = await isMoreThanWaits(db, manifest)
  const isDecided = answer.value.items.some((item) => isChangeItem(item) && item.change.type === 'decide')
  const waiting = pending.changes.length - applied.receipts + erasedPlaces.length
  const again = lostPlace ? 0 : await queuedAgain(db, answer.value, { highDeviceSeq, waiting })
  return { kind: 'applied', lostPlace, isToldTooMuch, isDecided, sent: rows.length, receipts: applied.receipts, more: again > 0 || isOther || hasMore(answer.value, pull), isOtherScope: isOther, left }
}

/** The server lacks places of this device for which it had given receipts: more of them are behind its last one than wait here. Where it cannot be mended now, the next sync finds it again. */
async function queuedAgain(db: DeviceDatabase, answer: SyncResponse, { highDeviceSeq, waiting }: { readonly highDeviceSeq: number; readonly waiting: number }): Promise<number> {
  const { missing, highDeviceSeq: told } = answer.device
  if (missing.length === 0 && highDeviceSeq - told <= waiting) return 0
  return import('#device/store/lost-places.ts').then(({ queueLost }) => queueLost(db, answer)).catch(() => 0)
}

/** Something that the manifest names waits no more: this very answer has settled it. */
async function isMoreThanWaits(db: DeviceDatabase, { pendingChanges, pendingFiles }: Manifest): Promise<boolean> {
  if (pendingChanges + pendingFiles === 0) return false
  const { changes, files } = await readPending(db)
  return files.length < pendingFiles || changes.length < pendingChanges
}

/** Who this device is, how far it has come and what waits: one and the same state, whatever other windows write. */
function standing(db: DeviceDatabase) {
  return db.read(pendingTables(db), async () => ({
    own: await readMeta(db, 'membership'), pull: await readMeta(db, 'pull'), pending: await readPending(db), highDeviceSeq: (await readMeta(db, 'deviceSeq')) ?? 0,
    erasedPlaces: (await readMeta(db, 'erasedPlaces')) ?? [],
  }))
}

/** Another page waits. A server that says "more" without getting further is not asked again. */
function hasMore(answer: SyncResponse, pull: PullPosition): boolean {
  return answer.more && answer.next > pull.after
}

/** What stays here behind this run. */
function behind(pending: Pending, run: Run | null, rows: readonly SendableRow[]): Pending {
  const sent = new Set(run === null ? [] : rows.map(({ id }) => id))
  return { ...pending, changes: pending.changes.filter(({ id }) => !sent.has(id)) }
}

/** Where nothing waits there are no numbers of it, and behind a run that ends the chain no word at all. */
function toldOf(manifest: Manifest, erasedPlaces: readonly number[], run: Run | null): Pick<SentSyncRequest, 'manifest' | 'counter'> {
  const { highDeviceSeq, pendingChanges, pendingFiles } = manifest
  if (erasedPlaces.length > 0) return { manifest: { ...manifest, erasedPlaces: [...erasedPlaces] } }
  if (pendingChanges + pendingFiles > 0) return { manifest }
  return run?.seal.deviceSeq === highDeviceSeq ? {} : { counter: highDeviceSeq }
}

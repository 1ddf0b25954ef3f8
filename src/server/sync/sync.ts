import { instantOf } from '#domain/new-ids.ts'
import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import { sameOf, sameText } from '#protocol/same.ts'
import type { BriefSyncResponse, PushResult, SyncResponse } from '#protocol/sync.ts'
import type { SyncRequest } from '#protocol/sync-request.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import type { ServerContext } from '#server/context.ts'
import { forgetErased } from '#server/files/erased-files.ts'
import type { Actor } from '#server/http/access.ts'
import { markedFor } from '#server/sync/mark.ts'
import { nothingAbove, pullFor, scopeFor } from '#server/sync/pull.ts'
import { receiveRun } from '#server/sync/receive-run.ts'
import { receiptsForRun } from '#server/sync/receipts.ts'
import { tellIfSetBack } from '#server/sync/set-back-sign.ts'
import type { Appended } from '#server/store/appended.ts'
import type { DeviceContact } from '#server/store/store.ts'

/** A type and not an interface, so that it fits the open members of a problem. */
export type EpochChanged = { readonly epoch: string; readonly restoredSeq: number }

/** `POST /sync`: push and pull in one request. What it answers has been committed. */
export async function answerSync(context: ServerContext, actor: Actor, request: SyncRequest): Promise<Result<SyncResponse, EpochChanged>> {
  const { store, clock } = context
  const { campaign, device, epoch } = actor
  // Before the push: a run made for another history of this database must not enter this one unnoticed.
  if (request.epoch !== epoch) return fail({ epoch, restoredSeq: await store.backup.restoredSeq(campaign.id, request.epoch) })
  const at = instantOf(clock)
  const contact = { at, appVersion: request.appVersion ?? null, manifest: toldBy(request), clockOffsetMs: request.sentAt === undefined ? undefined : Date.parse(request.sentAt) - Date.parse(at) }
  const { results, chain, reach } = request.run === undefined ? { results: [], chain: await store.members.touchDevice(campaign.id, device.id, contact) } : await pushed(context, { actor, contact }, request.run)
  const had = request.without === 'pushed' ? saidByResults(request.run, results) : []
  const pulled = nothingAbove(request, reach, had) ?? (await pullFor(context, actor, request, had))
  if (pulled.epoch !== epoch) return fail({ epoch: pulled.epoch, restoredSeq: await store.backup.restoredSeq(campaign.id, request.epoch) })
  const marked = await markedFor(context, actor, request, pulled.next)
  tellIfSetBack(context, actor, { after: request.after, next: pulled.next, isOther: marked.setBack === true })
  return ok({
    epoch, results: [...results], device: { highDeviceSeq: chain.highDeviceSeq, hash: chain.hash, missing: [...chain.missing] },
    items: [...pulled.items], next: pulled.next, more: pulled.more, scope: scopeFor(actor, request.want), safeSeq: pulled.safeSeq, serverTime: instantOf(clock),
    campaignRevision: campaign.revision ?? 0, ...(request.run === undefined ? {} : { receivedAt: at }), ...marked,
  })
}

/** A phone that says nothing of what waits there has nothing, behind what it has sent. */
function toldBy({ manifest, counter, run }: SyncRequest): DeviceContact['manifest'] {
  const highDeviceSeq = counter ?? run?.seal.deviceSeq
  return manifest ?? (highDeviceSeq === undefined ? null : { highDeviceSeq, pendingChanges: 0, pendingFiles: 0, pendingBytes: 0, pendingEntries: 0 })
}

/** What the device knows already is not told again: most answers have nothing else to say. */
export function briefWhereSame(answer: SyncResponse, { same, after }: Pick<SyncRequest, 'same' | 'after'>): SyncResponse | BriefSyncResponse {
  const { epoch, scope, safeSeq, campaignRevision = 0, device: { highDeviceSeq, hash, missing }, results, items, next, more, receivedAt, mark, setBack } = answer
  if (same === undefined || setBack === true || missing.length > 0 || same !== sameOf(sha256Of(sameText({ epoch, scope, safeSeq, campaignRevision, highDeviceSeq, hash })))) return answer
  return { same, ...(results.length > 0 && { results }), ...(items.length > 0 && { items }), ...(next !== after && { next }), ...(more && { more }), ...(receivedAt !== undefined && { receivedAt }), ...(mark !== undefined && { mark }) }
}

/** `reach` where the server itself has written nothing behind the run. */
async function pushed(context: ServerContext, { actor, contact }: { readonly actor: Actor; readonly contact: DeviceContact }, run: NonNullable<SyncRequest['run']>): Promise<Omit<Appended, 'reach'> & Partial<Pick<Appended, 'reach'>>> {
  const { campaign, device, member } = actor
  const { results, chain, reach, changes } = await receiveRun(context, { campaign, device, member, contact, carriedBy: member.id }, run)
  const mayHaveWritten = await receiptsForRun(context, campaign, { changes, results })
  if (results.some(({ status }, at) => status === 'stored' && typeOf(run.changes[at]) === 'erase')) await forgetErased(context)
  return { results, chain, ...(mayHaveWritten ? {} : { reach }) }
}

/** What a result says all of. A release says less than comes with it: what it releases, and the ref that this gets. */
function saidByResults(run: SyncRequest['run'], results: readonly PushResult[]): readonly PushResult[] {
  return results.filter(({ status }, at) => status === 'stored' && typeOf(run?.changes[at]) !== 'release')
}

function typeOf(change: unknown): unknown {
  return typeof change === 'object' && change !== null ? Reflect.get(change, 'type') : undefined
}

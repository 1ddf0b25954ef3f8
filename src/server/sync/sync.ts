import { instantOf } from '#domain/new-ids.ts'
import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import type { PushResult, SyncRequest, SyncResponse } from '#protocol/sync.ts'
import type { ServerContext } from '#server/context.ts'
import { forgetErased } from '#server/files/erased-files.ts'
import type { Actor } from '#server/http/access.ts'
import { pullFor, scopeFor } from '#server/sync/pull.ts'
import { receiveRun } from '#server/sync/receive-run.ts'
import { receiptsForRun } from '#server/sync/receipts.ts'
import type { ChangeStore, DeviceContact } from '#server/store/store.ts'

type Appended = Awaited<ReturnType<ChangeStore['append']>>

/** A type and not an interface, so that it fits the open members of a problem. */
export type EpochChanged = { readonly epoch: string; readonly restoredSeq: number }

/** `POST /sync`: push and pull in one request. What it answers has been committed. */
export async function answerSync(context: ServerContext, actor: Actor, request: SyncRequest): Promise<Result<SyncResponse, EpochChanged>> {
  const { store, clock } = context
  const { campaign, device } = actor
  // Before the push: a run made for another history of this database must not enter this one unnoticed.
  const epoch = await store.epoch()
  if (request.epoch !== epoch) return fail({ epoch, restoredSeq: await store.backup.restoredSeq(campaign.id, request.epoch) })
  const at = instantOf(clock)
  const contact = { at, appVersion: request.appVersion ?? null, manifest: request.manifest, clockOffsetMs: request.sentAt === undefined ? undefined : Date.parse(request.sentAt) - Date.parse(at) }
  const { results, chain } = request.run === undefined ? { results: [], chain: await store.members.touchDevice(campaign.id, device.id, contact) } : await pushed(context, { actor, contact }, request.run)
  const pulled = await pullFor(context, actor, request, request.without === 'pushed' ? saidByResults(request.run, results) : [])
  if (pulled.epoch !== epoch) return fail({ epoch: pulled.epoch, restoredSeq: await store.backup.restoredSeq(campaign.id, request.epoch) })
  return ok({
    epoch, results: [...results], device: { highDeviceSeq: chain.highDeviceSeq, hash: chain.hash, missing: [...chain.missing] },
    items: [...pulled.items], next: pulled.next, more: pulled.more, scope: scopeFor(actor, request.want), safeSeq: pulled.safeSeq, serverTime: instantOf(clock),
    campaignRevision: campaign.revision ?? 0, ...(request.run === undefined ? {} : { receivedAt: at }),
  })
}

async function pushed(context: ServerContext, { actor, contact }: { readonly actor: Actor; readonly contact: DeviceContact }, run: NonNullable<SyncRequest['run']>): Promise<Pick<Appended, 'results' | 'chain'>> {
  const { campaign, device, member } = actor
  const { results, chain } = await receiveRun(context, { campaign, device, member, contact, carriedBy: member.id }, run)
  await receiptsForRun(context, campaign, { run, results })
  if (results.some(({ status }, at) => status === 'stored' && typeOf(run.changes[at]) === 'erase')) await forgetErased(context)
  return { results, chain }
}

/** What a result says all of. A release says less than comes with it: what it releases, and the ref that this gets. */
function saidByResults(run: SyncRequest['run'], results: readonly PushResult[]): readonly PushResult[] {
  return results.filter(({ status }, at) => status === 'stored' && typeOf(run?.changes[at]) !== 'release')
}

function typeOf(change: unknown): unknown {
  return typeof change === 'object' && change !== null ? Reflect.get(change, 'type') : undefined
}

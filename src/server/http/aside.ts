import type { FastifyInstance } from 'fastify'
import type { CampaignId, EntryId, Ref } from '#domain/ids.ts'
import { instantOf } from '#domain/new-ids.ts'
import { settleRequestSchema } from '#protocol/aside.ts'
import { apiPrefix } from '#protocol/version.ts'
import type { ServerContext } from '#server/context.ts'
import { actorIn } from '#server/http/access.ts'
import { parseInput } from '#server/http/parse.ts'
import { presentAlarms, presentQuarantine } from '#server/presenters/aside.ts'
import type { AsideGround } from '#server/presenters/aside.ts'
import type { Store } from '#server/store/store.ts'

/** What the server set aside and what alarmed it, and the word of a coordinator on either. Nothing here is ever deleted. */
export function registerAside(app: FastifyInstance, { store, clock }: ServerContext): void {
  app.get(`${apiPrefix}/quarantine`, { config: { access: 'readAll' } }, async (request) => {
    const { id } = actorIn(request).campaign
    const [stored, ground] = await Promise.all([store.changes.quarantined(id), groundOf(store, id)])
    return presentQuarantine(stored, await refsOf(store, id, stored.flatMap(({ entryId }) => entryId ?? [])), ground)
  })
  app.get(`${apiPrefix}/alarms`, { config: { access: 'readAll' } }, async (request) => {
    const { id } = actorIn(request).campaign
    const [alarms, ground] = await Promise.all([store.changes.alarms(id), groundOf(store, id)])
    return { alarms: presentAlarms(alarms, ground) }
  })
  app.post(`${apiPrefix}/settlements`, { config: { access: 'review' } }, async (request, reply) => {
    const { subject, act, reason } = parseInput(settleRequestSchema, request.body)
    const { campaign, memberId } = actorIn(request)
    await store.settlements.add(campaign.id, { subject, act, reason: reason.trim(), memberId, at: instantOf(clock) })
    return reply.code(204).send()
  })
}

async function groundOf(store: Store, campaign: CampaignId): Promise<AsideGround> {
  const [members, devices, settlements] = await Promise.all([store.members.list(campaign), store.members.devices(campaign), store.settlements.latest(campaign)])
  return { members, devices, settlements }
}

async function refsOf(store: Store, campaign: CampaignId, ids: readonly EntryId[]): Promise<ReadonlyMap<EntryId, Ref>> {
  const rows = await Promise.all([...new Set(ids)].map((id) => store.entries.row(campaign, id)))
  return new Map(rows.flatMap((row) => (row === null ? [] : [[row.id, row.ref] as const])))
}

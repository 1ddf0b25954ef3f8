import type { FastifyInstance } from 'fastify'
import * as v from 'valibot'
import type { EntryState } from '#domain/entry-state.ts'
import { correctedContent } from '#domain/fold-correction.ts'
import { entryIdSchema } from '#domain/ids.ts'
import type { CampaignId, EntryId } from '#domain/ids.ts'
import { windowForAnswers, windowForSame } from '#domain/matching/windows.ts'
import { apartRequestSchema } from '#protocol/near.ts'
import type { NearResponse } from '#protocol/near.ts'
import { apiPrefix } from '#protocol/version.ts'
import type { ServerContext } from '#server/context.ts'
import { actBy, actorIn } from '#server/http/access.ts'
import { parseInput } from '#server/http/parse.ts'
import { ProblemError } from '#server/http/problem-error.ts'
import { namedIn, sortedRows, suggestionsFor } from '#server/presenters/near.ts'
import type { Store } from '#server/store/store.ts'

/** As many as are compared with one entry, of either sort; each is read and folded. */
const mostCompared = 200
const paramsSchema = v.object({ id: entryIdSchema })

/** What an entry may have to do with others, and a coordinator's word that it has not. */
export function registerNear(app: FastifyInstance, context: ServerContext): void {
  const { store } = context
  app.get(`${apiPrefix}/entries/:id/near`, { config: { access: 'readAll' } }, async (request): Promise<NearResponse> => {
    const { id } = parseInput(paramsSchema, request.params)
    return near(store, actorIn(request).campaign.id, id)
  })
  app.put(`${apiPrefix}/entries/:id/apart`, { config: { access: 'review' } }, async (request, reply) => {
    const { id } = parseInput(paramsSchema, request.params)
    const { other, as, apart } = parseInput(apartRequestSchema, request.body)
    const actor = actorIn(request)
    const { campaign } = actor
    if (other === id || (await store.near.rows(campaign.id, [id, other])).length !== 2) throw new ProblemError('not-found')
    await store.near.setApart(campaign.id, { entries: [id, other], as, apart, by: actBy(actor, context) })
    return reply.code(204).send()
  })
}

async function near(store: Store, campaign: CampaignId, id: EntryId): Promise<NearResponse> {
  const entry = await store.entries.state(campaign, id)
  if (entry === null) throw new ProblemError('not-found')
  const content = correctedContent(entry)
  const of = { id, adm1: content.adm1Code ?? content.adm1Name ?? null, observedOn: content.observedOn }
  const [same, others, linked, apart] = await Promise.all([
    store.near.within(campaign, { ...windowForSame(content), of, anyTopic: false }, mostCompared),
    store.near.within(campaign, { ...windowForAnswers(content), of, anyTopic: true }, mostCompared),
    store.near.linkedFrom(campaign, id), store.near.apartFrom(campaign, id),
  ])
  const states = await store.near.states(campaign, [...new Set([...same.ids, ...others.ids, ...linked])])
  const these = (ids: readonly EntryId[]): readonly EntryState[] => ids.flatMap((one) => states.get(one) ?? [])
  const said = suggestionsFor({ entry, same: these(same.ids), others: these(others.ids), linkedFrom: these(linked), apart, isCut: same.isCut || others.isCut })
  return { ...said, rows: sortedRows(await store.near.rows(campaign, namedIn(said))) }
}

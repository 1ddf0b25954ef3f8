import type { FastifyInstance } from 'fastify'
import { overviewQuerySchema } from '#protocol/overview.ts'
import { apiPrefix } from '#protocol/version.ts'
import type { ServerContext } from '#server/context.ts'
import { actorIn, ownCampaign } from '#server/http/access.ts'
import { parseInput } from '#server/http/parse.ts'

/** As many alternatives as one filter may have. */
const maxCodes = 50

/** What the desk sees at a glance: counts alone. */
export function registerOverview(app: FastifyInstance, context: ServerContext): void {
  app.get(`${apiPrefix}/overview`, { config: { access: 'readAll' } }, (request) => {
    const { campaignId, state, topic, country, adm1, severity, from = null, to = null } = parseInput(overviewQuerySchema, request.query)
    const filter = { state: listOf(state), topic: listOf(topic), country: listOf(country), adm1: listOf(adm1), severity: listOf(severity).map(Number).filter(Number.isInteger), from, to }
    return context.store.entries.overview(ownCampaign(actorIn(request), campaignId).id, filter)
  })
}

function listOf(value: string | readonly string[] | undefined): readonly string[] {
  return (value === undefined ? [] : typeof value === 'string' ? [value] : value).slice(0, maxCodes)
}

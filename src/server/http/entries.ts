import type { FastifyInstance } from 'fastify'
import * as v from 'valibot'
import { entryIdSchema } from '#domain/ids.ts'
import type { MemberId } from '#domain/ids.ts'
import { assignedToMe } from '#protocol/assignment.ts'
import { countsQuerySchema, entriesQuerySchema, facetNames } from '#protocol/desk.ts'
import type { CountsResponse, EntriesQuery, EntryResponse, FacetName } from '#protocol/desk.ts'
import { apiPrefix } from '#protocol/version.ts'
import type { ServerContext } from '#server/context.ts'
import { actorIn, ownCampaign } from '#server/http/access.ts'
import { parseInput } from '#server/http/parse.ts'
import { ProblemError } from '#server/http/problem-error.ts'
import { linkedIn, presentEntry } from '#server/presenters/entry.ts'
import { secondFor } from '#server/store/entry-filters.ts'
import type { EntriesFilter, ListFilter } from '#server/store/entry-filters.ts'

/** As many alternatives as one facet may have chosen. */
const maxCodes = 50

/** What the desk lists and reads. */
export function registerEntries(app: FastifyInstance, context: ServerContext): void {
  app.get(`${apiPrefix}/entries`, { config: { access: 'readAll', isDeviceFacet: true } }, async (request) => {
    const query = parseInput(entriesQuerySchema, request.query)
    return context.store.entries.list(ownCampaign(actorIn(request), query.campaignId).id, filterOf(query, actorIn(request).memberId))
  })
  app.get(`${apiPrefix}/entries/counts`, { config: { access: 'readAll' } }, async (request): Promise<CountsResponse> => {
    const { of = [] } = parseInput(countsQuerySchema, request.query)
    const { campaign, memberId } = actorIn(request)
    const filters = (typeof of === 'string' ? [of] : of).map((one) => narrowingIn(one, memberId))
    return { counts: [...await context.store.entries.counts(campaign.id, filters)] }
  })
  app.get(`${apiPrefix}/entries/:id`, { config: { access: 'readAll' } }, async (request): Promise<EntryResponse> => {
    const asked = v.safeParse(v.object({ id: entryIdSchema }), request.params)
    // Half a link, say: no fault between app and server, and there is no such entry.
    if (!asked.success) throw new ProblemError('not-found')
    const { id } = asked.output
    const { campaign } = actorIn(request)
    const campaignId = campaign.id
    const [row, changes, members, files] = await Promise.all([
      context.store.entries.row(campaignId, id), context.store.changes.ofEntry(campaignId, id), context.store.members.list(campaignId), context.store.files.ofEntry(campaignId, id),
    ])
    if (row === null) throw new ProblemError('not-found')
    const [linked, hasDevice] = await Promise.all([Promise.all(linkedIn(changes).map((to) => context.store.entries.row(campaignId, to))), context.store.persons.hasDevice(campaignId, row.author.id)])
    const isByTable = row.author.id === campaign.serverMemberId
    return presentEntry({ row, changes, members, files, linked: linked.flatMap((other) => other ?? []), unreachable: isByTable ? 'table' : hasDevice ? null : 'left' })
  })
}

/** The query as the store takes it, asked by this member. */
export function filterOf(query: EntriesQuery, me: MemberId): EntriesFilter {
  return {
    ...narrowingOf(query, me), sort: query.sort ?? 'oldest', after: query.after ?? null, limit: query.limit ?? 50,
    facets: (query.facets ?? '').split(',').flatMap((asked) => facetNames.filter((name) => name === asked)),
  }
}

/** What of the query narrows a list. */
export function narrowingOf(query: EntriesQuery, me: MemberId): ListFilter {
  const codesOf = (name: FacetName) => listOf(name, query[name]).map((code) => (code !== assignedToMe ? code : name === 'assignee' ? me : name === 'second' ? `${secondFor}${me}` : code))
  const chosen = Object.fromEntries(facetNames.map((name) => [name, codesOf(name)] as const).filter(([, codes]) => codes.length > 0))
  return { chosen, from: query.from ?? null, to: query.to ?? null, q: query.q === undefined || query.q.trim() === '' ? null : query.q.trim(), doer: query.doer ?? null, isCounted: query.counted === 'yes' }
}

/** One set of filters, written as the query of a list. */
function narrowingIn(query: string, me: MemberId): ListFilter {
  const pairs = new URLSearchParams(query)
  const repeated = Object.fromEntries([...new Set(pairs.keys())].map((key) => [key, pairs.getAll(key).length > 1 ? pairs.getAll(key) : (pairs.get(key) ?? '')]))
  return narrowingOf(parseInput(entriesQuerySchema, repeated), me)
}

/** Several repeat the key; codes may stand in one with commas between, names hold commas themselves. */
function listOf(name: FacetName, value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return []
  const one = (text: string) => (name === 'organisation' || name === 'adm1' ? [text] : text.split(','))
  return (typeof value === 'string' ? one(value) : value).filter((item) => item !== '').slice(0, maxCodes)
}

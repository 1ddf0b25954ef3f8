import type { FastifyInstance } from 'fastify'
import * as v from 'valibot'
import { locales } from '#i18n/locale.ts'
import { draftEvidenceQuerySchema, draftSettingsRequestSchema, figureQuerySchema, publishRequestSchema, putPartRequestSchema, removePartQuerySchema } from '#protocol/written-report.ts'
import type { DraftEvidence, DraftResponse, FigureEntries, PublishResponse } from '#protocol/written-report.ts'
import { apiPrefix } from '#protocol/version.ts'
import type { ServerContext } from '#server/context.ts'
import { actBy, actorIn } from '#server/http/access.ts'
import { parseInput } from '#server/http/parse.ts'
import { ProblemError } from '#server/http/problem-error.ts'
import { proveAct } from '#server/http/proof.ts'
import { issueRows } from '#server/http/report-issues.ts'
import { draftEvidence, figureEntries, flagsOf, settingsOf } from '#server/report/draft.ts'
import { publishDraft } from '#server/report/publish.ts'

const partParams = v.object({ id: v.pipe(v.string(), v.uuid()) })

/** What coordinators write together. Each write names the version that it rests on; another one by now is told, and nothing is overwritten. */
export function registerReportDraft(app: FastifyInstance, context: ServerContext): void {
  const { store, clock } = context
  app.get(`${apiPrefix}/reports/draft`, { config: { access: 'export' } }, async (request): Promise<DraftResponse> => {
    const { campaign } = actorIn(request)
    const [draft, issues] = await Promise.all([store.reports.draft(campaign.id), issueRows(context, campaign)])
    const flags = await flagsOf(context, campaign, draft.parts.map(({ part }) => part))
    return { number: (issues[0]?.number ?? 0) + 1, settings: settingsOf(draft, { countries: campaign.countries, now: clock.now() }), parts: draft.parts.map((part) => ({ ...part })) as DraftResponse['parts'], flags: [...flags], issues: [...issues] }
  })
  app.get(`${apiPrefix}/reports/draft/evidence`, { config: { access: 'export' } }, async (request): Promise<DraftEvidence> => {
    const { language } = parseInput(draftEvidenceQuerySchema, request.query)
    const locale = locales.find((known) => known === language)
    if (locale === undefined) throw new ProblemError('invalid', { title: 'no such language' })
    return draftEvidence(context, actorIn(request).campaign, locale)
  })
  app.get(`${apiPrefix}/reports/draft/figures`, { config: { access: 'export' } }, async (request): Promise<FigureEntries> => {
    const found = await figureEntries(context, actorIn(request).campaign, parseInput(figureQuerySchema, request.query))
    if (found === null) throw new ProblemError('not-found')
    return found
  })
  app.put(`${apiPrefix}/reports/draft`, { config: { access: 'editCampaign' } }, async (request) => {
    const settings = parseInput(draftSettingsRequestSchema, request.body)
    const actor = actorIn(request)
    return versionOr412(await store.reports.saveSettings(actor.campaign.id, { ...settings, by: actBy(actor, context) }))
  })
  app.put(`${apiPrefix}/reports/draft/parts/:id`, { config: { access: 'editCampaign' } }, async (request) => {
    const { id } = parseInput(partParams, request.params)
    const saving = parseInput(putPartRequestSchema, request.body)
    if (saving.part.id !== id) throw new ProblemError('invalid', { title: 'the part has another id' })
    const actor = actorIn(request)
    const version = await store.reports.savePart(actor.campaign.id, { ...saving, by: actBy(actor, context) })
    if (version === 'full') throw new ProblemError('invalid', { title: 'the report is full' })
    return versionOr412(version)
  })
  app.delete(`${apiPrefix}/reports/draft/parts/:id`, { config: { access: 'editCampaign' } }, async (request, reply) => {
    const { id } = parseInput(partParams, request.params)
    const { was } = parseInput(removePartQuerySchema, request.query)
    const actor = actorIn(request)
    if (!(await store.reports.removePart(actor.campaign.id, { id, was, by: actBy(actor, context) }))) throw new ProblemError('precondition-failed')
    return reply.code(204).send()
  })
  app.post(`${apiPrefix}/reports/draft/publish`, { config: { access: 'editCampaign' } }, async (request, reply): Promise<PublishResponse> => {
    const asked = parseInput(publishRequestSchema, request.body)
    const actor = actorIn(request)
    await proveAct(context, request)
    const issue = await publishDraft(context, actor.campaign, { asked, by: actBy(actor, context) })
    if (issue === null) throw new ProblemError('precondition-failed')
    reply.code(201)
    return { number: issue.number, slug: issue.slug, url: `${context.config.publicUrl}/r/${issue.slug}`, digest: issue.digest }
  })
}

function versionOr412(version: number | null): { readonly version: number } {
  if (version === null) throw new ProblemError('precondition-failed')
  return { version }
}

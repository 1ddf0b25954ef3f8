import type { FastifyInstance } from 'fastify'
import * as v from 'valibot'
import { correctionRequestSchema } from '#protocol/written-report.ts'
import type { IssueRow, UsedResponse } from '#protocol/written-report.ts'
import { apiPrefix } from '#protocol/version.ts'
import { writtenOut } from '#report/say-report.ts'
import type { ServerContext } from '#server/context.ts'
import { actBy, actorIn } from '#server/http/access.ts'
import { parseInput } from '#server/http/parse.ts'
import { proveAct } from '#server/http/proof.ts'
import { ProblemError } from '#server/http/problem-error.ts'
import { flagsOf, sentencesIn } from '#server/report/draft.ts'
import { issueDocument } from '#server/report/issue-document.ts'
import type { StoredIssue } from '#server/store/report-store.ts'
import type { StoredCampaign } from '#server/store/store.ts'

const issueParams = v.object({ number: v.pipe(v.string(), v.regex(/^\d{1,6}$/), v.transform(Number)) })

/** What was published, for those who published it and for those whose words it is made of. */
export function registerReportIssues(app: FastifyInstance, context: ServerContext): void {
  const { store, config } = context
  app.post(`${apiPrefix}/reports/issues/:number/corrections`, { config: { access: 'editCampaign' } }, async (request, reply) => {
    const { number } = parseInput(issueParams, request.params)
    const correction = parseInput(correctionRequestSchema, request.body)
    // What stands above a published report stays there.
    await proveAct(context, request)
    const actor = actorIn(request)
    const outcome = await store.reports.correct(actor.campaign.id, number, { ...correction, by: actBy(actor, context) })
    if (outcome === false) throw new ProblemError('not-found')
    if (outcome === 'differs') throw new ProblemError('precondition-failed', { title: 'another correction has this id' })
    return reply.code(204).send()
  })
  app.get(`${apiPrefix}/reports/used`, { config: { access: 'member' } }, async (request): Promise<UsedResponse> => {
    const { campaign, memberId } = actorIn(request)
    const used = await store.reports.usedOf(campaign.id, memberId)
    const issues = new Map((await Promise.all([...new Set(used.map(({ number }) => number))].map((number) => store.reports.issue(campaign.id, number)))).flatMap((issue) => (issue === null ? [] : [[issue.number, { issue, said: saidIn(issue) }] as const])))
    return {
      used: used.flatMap(({ entryId, number }) => {
        const found = issues.get(number)
        if (found === undefined) return []
        const citing = found.issue.written.flatMap(({ sentences }) => sentences.filter(({ cites }) => cites.some((cited) => cited.entryId === entryId)))
        return [{ entryId, number, url: `${config.publicUrl}/r/${found.issue.slug}`, publishedAt: found.issue.publishedAt, sentences: citing.map(({ id, text, lang }) => ({ id, text: found.said.get(id) ?? text, lang })) }]
      }),
    }
  })
}

/** The newest first, each with what has become of its evidence. */
export async function issueRows(context: Pick<ServerContext, 'store' | 'config'>, campaign: StoredCampaign): Promise<readonly IssueRow[]> {
  const { store, config } = context
  const heads = await store.reports.issues(campaign.id)
  return Promise.all(heads.map(async (head): Promise<IssueRow> => {
    const issue = await store.reports.issue(campaign.id, head.number)
    if (issue === null) throw new Error(`issue ${head.number} is gone`)
    const flags = await flagsOf(context, campaign, issue.written)
    const flagged = new Set(flags.map(({ sentence }) => sentence))
    return {
      number: head.number, slug: head.slug, url: `${config.publicUrl}/r/${head.slug}`, from: head.from, to: head.to, publishedAt: head.publishedAt, by: head.by === null ? null : { ...head.by }, digest: head.digest,
      flags: [...flags], sentences: flagged.size === 0 ? {} : Object.fromEntries([...saidIn(issue)].filter(([id]) => flagged.has(id))), corrections: issue.corrections.map((one) => ({ ...one })),
    }
  }))
}

/** Its sentences as they are read there, with their numbers. */
function saidIn(issue: StoredIssue): ReadonlyMap<string, string> {
  return new Map(sentencesIn(issueDocument(issue).tree).map((sentence) => [sentence.id, writtenOut(sentence)] as const))
}

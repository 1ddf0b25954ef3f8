import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import { byteOrderMark, csvText } from '#exchange/csv.ts'
import { isLocale, pickLocale } from '#i18n/locale.ts'
import type { Locale } from '#i18n/locale.ts'
import { evidenceRows } from '#report/evidence-rows.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import type { ServerContext } from '#server/context.ts'
import { parseInput } from '#server/http/parse.ts'
import { ProblemError } from '#server/http/problem-error.ts'
import { docxType, pagePolicy } from '#server/http/reports.ts'
import { aboutIssue, fileNames, publishedIssue } from '#server/report/published.ts'
import type { PublishedIssue } from '#server/report/published.ts'
import { RecentPages } from '#server/report/recent-pages.ts'
import { documentOf, pageOf, wordsOf } from '#server/report/working-report.ts'
import type { ReportFile } from '#server/report/working-report.ts'
import type { StoredIssue } from '#server/store/report-store.ts'

const params = v.object({ slug: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,80}$/)) })
const query = v.looseObject({ language: v.optional(v.string()) })
/** Whoever keeps it asks each time whether it still holds: what was withdrawn is gone at once. */
const fresh = { 'cache-control': 'no-cache', vary: 'accept-language' }
/** A whole campaign's people behind one address may read it; a program that draws documents all day may not. */
const [readers, drawers] = [{ max: 600, timeWindow: 60_000 }, { max: 30, timeWindow: 60_000 }]

/** The published report, for anyone: it runs nothing, fetches nothing, and says what has changed since. */
export function registerPublicReports(app: FastifyInstance, context: ServerContext): void {
  const { config } = context
  const recent = new RecentPages<ReportFile & { readonly etag: string }>()
  app.get('/r/:slug', { config: { access: 'anyone', rateLimit: readers } }, async (request, reply) => {
    const found = await asked(context, request)
    // A person who follows a broken link gets the app's page for that, not the words of machines.
    if (found === null) return reply.callNotFound()
    const { issue, stamp, published, locale } = found
    const { html, style, etag } = await recent.get(`${issue.slug} ${locale}`, stamp, async () => {
      const now = await published()
      const page = await pageOf(now.tree, now.document.campaign, { locale, isDraft: false }, { issue: await aboutIssue(now, { publicUrl: config.publicUrl, locale }) })
      return { ...page, etag: `W/"${sha256Of(page.html).slice(0, 32)}"` }
    })
    reply.headers({ ...fresh, etag, 'content-security-policy': pagePolicy(style), 'content-language': locale })
    return request.headers['if-none-match'] === etag ? reply.code(304).send() : reply.type('text/html; charset=utf-8').send(html)
  })
  app.get(`/r/:slug/${fileNames.document}`, { config: { access: 'anyone', rateLimit: drawers } }, async (request, reply) => {
    const { locale, ...found } = orNotFound(await asked(context, request))
    const published = await found.published()
    return attached(reply, published, `${locale}.docx`).type(docxType).send(Buffer.from(await documentOf(published.tree, published.document.campaign, { locale, isDraft: false })))
  })
  app.get(`/r/:slug/${fileNames.table}`, { config: { access: 'anyone', rateLimit: readers } }, async (request, reply) => {
    const { locale, ...found } = orNotFound(await asked(context, request))
    const published = await found.published()
    const rows = evidenceRows(published.tree, await wordsOf(published.document.campaign, locale))
    return attached(reply, published, `${locale}.csv`).type('text/csv; charset=utf-8').send(`${byteOrderMark}${csvText(rows)}`)
  })
  app.get(`/r/:slug/${fileNames.data}`, { config: { access: 'anyone', rateLimit: readers } }, async (request, reply) => {
    const published = await orNotFound(await asked(context, request)).published()
    // As it was published, byte for byte, while nothing of it had to go: then its digest is that of the file.
    const text = published.gone.length === 0 ? published.issue.document : JSON.stringify({ ...published.document, tree: published.tree, gone: published.gone })
    return attached(reply, published, 'json').type('application/json; charset=utf-8').send(text)
  })
}

interface Asked {
  readonly issue: StoredIssue
  /** Of all that a page of it depends on: what was said in the campaign, its corrections, and a newer issue. */
  readonly stamp: string
  readonly published: () => Promise<PublishedIssue>
  readonly locale: Locale
}

function orNotFound(found: Asked | null): Asked {
  if (found === null) throw new ProblemError('not-found')
  return found
}

async function asked(context: ServerContext, request: FastifyRequest): Promise<Asked | null> {
  const { store } = context
  const parsed = v.safeParse(params, request.params)
  const issue = parsed.success ? await store.reports.issueAt(parsed.output.slug) : null
  const campaign = issue === null ? null : await store.campaigns.get(issue.campaignId)
  if (issue === null || campaign === null) return null
  const { language } = parseInput(query, request.query)
  const [head, [newest]] = await Promise.all([store.changes.headSeq(campaign.id), store.reports.issues(campaign.id)])
  return {
    issue, stamp: [head, issue.corrections.length, newest?.number, campaign.defaultSensitivity].join(' '), published: () => publishedIssue(context, campaign, issue),
    locale: isLocale(language) ? language : pickLocale(wantedLanguages(request.headers['accept-language'])),
  }
}

/** By their weight (RFC 9110, 12.5.4). */
function wantedLanguages(header: string | undefined): readonly string[] {
  const wanted = (header ?? '').slice(0, 500).split(',').map((part) => {
    const [tag = '', ...rest] = part.trim().split(';')
    const weight = Number(/q=([\d.]+)/.exec(rest.join(';'))?.[1] ?? 1)
    return { tag, weight: Number.isFinite(weight) ? weight : 0 }
  })
  return wanted.toSorted((one, other) => other.weight - one.weight).map(({ tag }) => tag)
}

function attached(reply: FastifyReply, { issue }: PublishedIssue, ending: string): FastifyReply {
  return reply.headers({ ...fresh, 'content-disposition': `attachment; filename="${issue.slug}.${ending}"` })
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import { byteOrderMark, csvText } from '#exchange/csv.ts'
import { isLocale, pickLocale } from '#i18n/locale.ts'
import type { Locale } from '#i18n/locale.ts'
import { evidenceRows } from '#report/evidence-rows.ts'
import type { ServerContext } from '#server/context.ts'
import { parseInput } from '#server/http/parse.ts'
import { ProblemError } from '#server/http/problem-error.ts'
import { docxType, pagePolicy } from '#server/http/reports.ts'
import { aboutIssue, fileNames, publishedIssue } from '#server/report/published.ts'
import type { PublishedIssue } from '#server/report/published.ts'
import { documentOf, pageOf, wordsOf } from '#server/report/working-report.ts'

const params = v.object({ slug: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,80}$/)) })
const query = v.looseObject({ language: v.optional(v.string()) })
/** Anybody may have it again in this time without asking: what was withdrawn is gone from it as soon. */
const fresh = { 'cache-control': 'public, max-age=60', vary: 'accept-language' }
/** A whole campaign's people behind one address may read it; a program that draws documents all day may not. */
const [readers, drawers] = [{ max: 600, timeWindow: 60_000 }, { max: 30, timeWindow: 60_000 }]

/** The published report, for anyone: it runs nothing, fetches nothing, and says what has changed since. */
export function registerPublicReports(app: FastifyInstance, context: ServerContext): void {
  const { config } = context
  app.get('/r/:slug', { config: { access: 'anyone', rateLimit: readers } }, async (request, reply) => {
    const found = await asked(context, request)
    // A person who follows a broken link gets the app's page for that, not the words of machines.
    if (found === null) return reply.callNotFound()
    const { published, locale } = found
    const { html, style } = await pageOf(published.tree, published.document.campaign, { locale, isDraft: false }, { issue: await aboutIssue(published, { publicUrl: config.publicUrl, locale }) })
    return reply.headers({ ...fresh, 'content-security-policy': pagePolicy(style), 'content-language': locale }).type('text/html; charset=utf-8').send(html)
  })
  app.get(`/r/:slug/${fileNames.document}`, { config: { access: 'anyone', rateLimit: drawers } }, async (request, reply) => {
    const { published, locale } = orNotFound(await asked(context, request))
    return attached(reply, published, `${locale}.docx`).type(docxType).send(Buffer.from(await documentOf(published.tree, published.document.campaign, { locale, isDraft: false })))
  })
  app.get(`/r/:slug/${fileNames.table}`, { config: { access: 'anyone', rateLimit: readers } }, async (request, reply) => {
    const { published, locale } = orNotFound(await asked(context, request))
    const rows = evidenceRows(published.tree, await wordsOf(published.document.campaign, locale))
    return attached(reply, published, `${locale}.csv`).type('text/csv; charset=utf-8').send(`${byteOrderMark}${csvText(rows)}`)
  })
  app.get(`/r/:slug/${fileNames.data}`, { config: { access: 'anyone', rateLimit: readers } }, async (request, reply) => {
    const { published } = orNotFound(await asked(context, request))
    // As it was published, byte for byte, while nothing of it had to go: then its digest is that of the file.
    const text = published.gone.length === 0 ? published.issue.document : JSON.stringify({ ...published.document, tree: published.tree, gone: published.gone })
    return attached(reply, published, 'json').type('application/json; charset=utf-8').send(text)
  })
}

interface Asked {
  readonly published: PublishedIssue
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
  return { published: await publishedIssue(context, campaign, issue), locale: isLocale(language) ? language : pickLocale(wantedLanguages(request.headers['accept-language'])) }
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

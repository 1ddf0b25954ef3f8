import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import { byteOrderMark, csvText } from '#exchange/csv.ts'
import { isSmall } from '#domain/small-cells.ts'
import { issueChanges } from '#report/issue-changes.ts'
import { sha256Schema } from '#domain/ids.ts'
import { isLocale, pickLocale } from '#i18n/locale.ts'
import type { Locale } from '#i18n/locale.ts'
import { picturedIn } from '#report/as-of-today.ts'
import { changeRows } from '#report/change-rows.ts'
import { evidenceRows } from '#report/evidence-rows.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import type { ServerContext } from '#server/context.ts'
import { narrowPicture, shownType } from '#server/files/picture.ts'
import { issueDocuments } from '#server/http/issue-documents.ts'
import { parseInput } from '#server/http/parse.ts'
import { ProblemError } from '#server/http/problem-error.ts'
import { RecentPages } from '#server/http/recent-pages.ts'
import { docxType, pagePolicy } from '#server/http/reports.ts'
import { issueDocument } from '#server/report/issue-document.ts'
import { aboutIssue, correctionsOf, fileNames, hasChanged, publishedIssue } from '#server/report/published.ts'
import type { PublishedIssue } from '#server/report/published.ts'
import { photoWidths, publishedPhoto, reportPhoto } from '#server/report/report-photos.ts'
import { pageOf, previewOf, wordsOf } from '#server/report/working-report.ts'
import type { ReportFile } from '#server/report/working-report.ts'
import type { StoredIssue } from '#server/store/report-store.ts'

const params = v.object({ slug: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,80}$/)) })
const query = v.looseObject({ language: v.optional(v.string()) })
const photoParams = v.looseObject({ photo: sha256Schema })
const photoQuery = v.looseObject({ width: v.pipe(v.optional(v.string(), '960'), v.transform(Number), v.picklist(photoWidths)) })
/** So many pages are kept, some hundred kilobytes each. */
const mostPages = 20
/** Whoever keeps it asks each time whether it still holds: what was withdrawn is gone at once. */
const fresh = { 'cache-control': 'no-cache', vary: 'accept-language' }
/** A whole campaign's people behind one address may read it; a program that draws documents all day may not. */
const [readers, drawers] = [{ max: 600, timeWindow: 60_000 }, { max: 30, timeWindow: 60_000 }]

/** The published report, for anyone: it runs nothing, fetches nothing but its photos, and says what has changed since. */
export function registerPublicReports(app: FastifyInstance, context: ServerContext): void {
  const { config } = context
  const recent = new RecentPages<ReportFile & { readonly etag: string }>(mostPages)
  const documents = issueDocuments(context)
  app.get('/r/:slug', { config: { access: 'anyone', rateLimit: readers } }, async (request, reply) => {
    const found = await asked(context, request)
    // A person who follows a broken link gets the app's page for that, not the words of machines.
    if (found === null) return reply.callNotFound()
    const { issue, stamp, published, locale } = found
    const { html, style, etag } = await recent.get(`${issue.slug} ${locale}`, stamp, async () => {
      const now = await published()
      const page = await pageOf(now.tree, now.document.campaign, { locale, isDraft: false }, { photo: publishedPhoto(issue.slug), issue: await aboutIssue(now, { publicUrl: config.publicUrl, locale }) })
      return { ...page, etag: `W/"${sha256Of(page.html).slice(0, 32)}"` }
    })
    reply.headers({ ...fresh, etag, 'content-security-policy': pagePolicy(style, "'self'"), 'content-language': locale })
    return request.headers['if-none-match'] === etag ? reply.code(304).send() : reply.type('text/html; charset=utf-8').send(html)
  })
  app.get(`/r/:slug/${fileNames.document}`, { config: { access: 'anyone', rateLimit: drawers } }, async (request, reply) => {
    const { locale, ...found } = orNotFound(await asked(context, request))
    const published = await found.published()
    return attached(reply, published, `${locale}.docx`).type(docxType).send(Buffer.from(await documents(published, locale)))
  })
  app.get(`/r/:slug/${fileNames.table}`, { config: { access: 'anyone', rateLimit: readers } }, async (request, reply) => {
    const { locale, ...found } = orNotFound(await asked(context, request))
    const published = await found.published()
    const words = await wordsOf(published.document.campaign, locale)
    const rows = evidenceRows(published.tree, words, issueChanges(words, published))
    return attached(reply, published, `${locale}.csv`).type('text/csv; charset=utf-8').send(`${byteOrderMark}${csvText(rows)}`)
  })
  app.get(`/r/:slug/${fileNames.changes}`, { config: { access: 'anyone', rateLimit: readers } }, async (request, reply) => {
    const { locale, ...found } = orNotFound(await asked(context, request))
    const published = await found.published()
    const about = { ...published, corrections: correctionsOf(published) }
    const rows = changeRows(published.tree, await wordsOf(published.document.campaign, locale), about)
    return attached(reply, published, `changes.${locale}.csv`).type('text/csv; charset=utf-8').send(`${byteOrderMark}${csvText(rows)}`)
  })
  app.get(`/r/:slug/${fileNames.data}`, { config: { access: 'anyone', rateLimit: readers } }, async (request, reply) => {
    const published = await orNotFound(await asked(context, request)).published()
    // As it was published, byte for byte, while nothing of it had to go: then its digest is that of the file.
    const isWhole = published.gone.length + published.withoutPhoto.length + published.withoutWords.length === 0
    return attached(reply, published, isWhole && hasChanged(published) ? 'as-published.json' : 'json').type('application/json; charset=utf-8').send(isWhole ? published.issue.document : JSON.stringify(withChanges(published)))
  })
  registerPictures(app, context)
}

/** What its page shows or is passed on with. A photo stands as long as it may be shown: the same rule as on the page, asked each time. */
function registerPictures(app: FastifyInstance, context: ServerContext): void {
  const allowed = new RecentPages<ReadonlySet<string | null>>(mostPages)
  const drawn = new RecentPages<Uint8Array>(mostPages)
  const previews = new RecentPages<Uint8Array>(mostPages)
  app.get(`/r/:slug/${fileNames.preview}`, { config: { access: 'anyone', rateLimit: drawers } }, async (request, reply) => {
    const { issue, locale } = orNotFound(await asked(context, request))
    // What its cover says is as it was published, whatever becomes of an entry.
    const png = await previews.get(`${issue.slug} ${locale}`, '', () => {
      const { tree, campaign } = issueDocument(issue)
      return previewOf(tree, campaign, locale)
    })
    return reply.headers({ 'cache-control': 'public, max-age=86400', 'content-security-policy': "default-src 'none'; sandbox" }).type('image/png').send(Buffer.from(png))
  })
  app.get('/r/:slug/photos/:photo', { config: { access: 'anyone', rateLimit: readers } }, async (request, reply) => {
    const { issue, stamp, published } = orNotFound(await asked(context, request))
    const { photo } = parseInput(photoParams, request.params)
    const { width } = parseInput(photoQuery, request.query)
    const shown = await allowed.get(issue.slug, stamp, async () => new Set(picturedIn((await published()).tree).map((one) => one.photo)))
    if (!shown.has(photo)) throw new ProblemError('not-found')
    const etag = `"${photo.slice(0, 32)}-${width}"`
    const headers = { 'cache-control': 'no-cache', etag, 'content-security-policy': "default-src 'none'; sandbox", 'cross-origin-resource-policy': 'same-origin', 'content-disposition': 'inline' }
    if (request.headers['if-none-match'] === etag) return reply.headers(headers).code(304).send()
    const bytes = await drawn.get(`${issue.campaignId} ${photo} ${width}`, '', async () => {
      const whole = await reportPhoto(context, issue.campaignId, photo)
      // Thrown, and so not remembered: whoever puts it back where it was has mended the report.
      if (whole === null) throw new ProblemError('not-found')
      return narrowPicture(whole, width)
    })
    // Not before: a browser that kept a refusal under them would be told for ever that it has not changed.
    return reply.headers(headers).type(shownType).send(Buffer.from(bytes))
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

/** What stays as it was published leads to what has changed since, and its name says so. */
function attached(reply: FastifyReply, published: PublishedIssue, ending: string): FastifyReply {
  const { slug } = published.issue
  const beside = hasChanged(published) ? { link: `</r/${slug}/${fileNames.changes}>; rel="related"; type="text/csv"` } : {}
  return reply.headers({ ...fresh, ...beside, 'content-disposition': `attachment; filename="${slug}.${ending}"` })
}

/** Of what is altered in any case, all that has changed: its digest is not that of the file any more. */
function withChanges(published: PublishedIssue): object {
  const { document, tree, gone, withoutPhoto, withoutWords, withdrawn, changed } = published
  return { ...document, tree, gone, withoutPhoto, withoutWords, changed, withdrawn: isSmall(withdrawn) ? null : withdrawn, corrections: correctionsOf(published) }
}

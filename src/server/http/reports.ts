import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { locales } from '#i18n/locale.ts'
import { reportHeader, reportOrderSchema } from '#protocol/report.ts'
import { apiPrefix } from '#protocol/version.ts'
import type { ServerContext } from '#server/context.ts'
import { actBy, actorIn } from '#server/http/access.ts'
import { parseInput } from '#server/http/parse.ts'
import { proveAct } from '#server/http/proof.ts'
import { ProblemError } from '#server/http/problem-error.ts'
import { documentPhotos, photosWithin } from '#server/report/report-photos.ts'
import { composeWorking, documentOf, pageOf } from '#server/report/working-report.ts'

export const docxType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** The working report, composed anew each time it is asked for: a page that runs nothing and fetches nothing. */
export function registerReports(app: FastifyInstance, context: ServerContext): void {
  app.get(`${apiPrefix}/reports/working`, { config: { access: 'export' } }, async (request, reply) => {
    const { from, to, language, format } = parseInput(reportOrderSchema, request.query)
    const locale = locales.find((known) => known === language)
    if (locale === undefined) throw new ProblemError('invalid', { title: 'no such language' })
    const actor = actorIn(request)
    const { campaign } = actor
    // A file that is taken out, with quotations and photos.
    if (format === 'docx') await proveAct(context, request)
    const { tree } = await composeWorking(context, campaign, { from, to })
    // A page that is opened can be saved as well: both take words and photos out.
    await context.store.audit.add(campaign.id, { act: 'report.exported', by: actBy(actor, context), detail: { format, from, to, language: locale } })
    if (format === 'docx') {
      return reply.headers({ 'cache-control': 'no-store', [reportHeader]: '1', 'content-disposition': `attachment; filename="report-${from}-${to}.${locale}.docx"` }).type(docxType).send(Buffer.from(await documentOf(tree, campaign, { locale, isDraft: true, photos: await documentPhotos(context, campaign.id, tree) })))
    }
    const { html, style } = await pageOf(tree, campaign, { locale, isDraft: true }, { figureHref: (id) => `/desk/report/figure?${new URLSearchParams({ id, from, to, campaign: campaign.id }).toString()}`, photo: await photosWithin(context, campaign.id, tree) })
    return reply
      .headers({ 'cache-control': 'no-store', 'content-security-policy': pagePolicy(style, 'data:'), 'content-language': locale, [reportHeader]: '1' })
      .type('text/html; charset=utf-8')
      .send(html)
  })
}

/** Its one style sheet by its hash, photos from one place, and nothing else whatever. */
export function pagePolicy(style: string, photos: "'self'" | 'data:'): string {
  return `default-src 'none'; img-src ${photos}; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
}

import type { Locale } from '#i18n/locale.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import type { ServerContext } from '#server/context.ts'
import { RecentPages } from '#server/http/recent-pages.ts'
import { aboutIssue } from '#server/report/published.ts'
import type { PublishedIssue } from '#server/report/published.ts'
import { documentPhotos } from '#server/report/report-photos.ts'
import { documentOf } from '#server/report/working-report.ts'

/** Those of the last two issues in all six languages: some hundred kilobytes each, and more with photos. */
const mostDocuments = 12

/**
 * Documents of published issues. One takes seconds of the processor and a process for each drawing, and anybody may ask for it: it is made once for all who
 * do, until it says something else, and one after the other, so that whoever asks for all of them at once keeps nobody's phone waiting.
 */
export function issueDocuments(context: ServerContext): (published: PublishedIssue, locale: Locale) => Promise<Uint8Array> {
  const recent = new RecentPages<Uint8Array>(mostDocuments)
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = (make: () => Promise<Uint8Array>): Promise<Uint8Array> => {
    const made = last.then(make)
    last = made.catch(() => undefined)
    return made
  }
  return async (published, locale) => {
    const { tree, issue, document } = published
    const about = await aboutIssue(published, { publicUrl: context.config.publicUrl, locale })
    // Of what stands in it, and not of the log: that goes on with each change of a campaign, and what is published stays as it was.
    const stamp = sha256Of(JSON.stringify([tree, document.campaign, about]))
    return recent.get(`${issue.slug} ${locale}`, stamp, () => inTurn(async () => documentOf(tree, document.campaign, { locale, isDraft: false, photos: await documentPhotos(context, issue.campaignId, tree), issue: about })))
  }
}

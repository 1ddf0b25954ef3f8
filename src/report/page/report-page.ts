import { renderToStaticMarkup } from 'react-dom/server'
import { annex, evolution, method, rumours, silence } from '#report/page/closing.ts'
import { hatching } from '#report/page/drawing-svg.ts'
import { h } from '#report/page/ground.ts'
import { changesSince, imprint, languageLinks } from '#report/page/issue-about.ts'
import type { IssueAbout } from '#report/page/issue-about.ts'
import type { PageGround, Part, PhotoSource } from '#report/page/ground.ts'
import { cover, highlights, keyFigures, standing, whereFrom } from '#report/page/opening.ts'
import { challenges, consequences, mobilization } from '#report/page/questions.ts'
import { previewSize } from '#report/page/preview.ts'
import { periodOf } from '#report/report-drawings.ts'
import type { LayoutGround } from '#report/report-drawings.ts'
import type { Block, ReportTree } from '#report/tree.ts'

export interface PageAbout {
  /** The style sheet, whole; it stands in the page, which needs nothing else to be read. */
  readonly style: string
  /** A working report says that it is one. */
  readonly isDraft: boolean
  /** Of a working one at the desk. */
  readonly figureHref?: (id: string) => string
  /** Without it no photo is shown. */
  readonly photo?: (photo: string) => PhotoSource | null
  /** Of a published one. */
  readonly issue?: IssueAbout
}

/** A report as one page: no script, nothing to be fetched but photos, readable where it is kept. Printed, it is the report on paper. */
export function reportPage(tree: ReportTree, layout: LayoutGround, { style, isDraft, issue, ...places }: PageAbout): string {
  const ground: PageGround = { ...layout, ...places, period: periodOf(tree) }
  const { words, direction } = ground
  const [first] = tree.blocks
  const title = first?.block === 'cover' ? words.commas([first.campaign, words.say({ say: 'report.page.periodDays', with: { from: { is: 'day', day: first.period.from }, to: { is: 'day', day: first.period.to } } })]) : ''
  const page = h('html', { lang: words.locale, dir: direction, 'data-surface': 'report' },
    h('head', null,
      h('meta', { charSet: 'utf-8' }), h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }), h('meta', { name: 'color-scheme', content: 'light dark' }),
      h('meta', { property: 'og:title', content: title }), h('meta', { property: 'og:type', content: 'article' }), h('meta', { property: 'og:description', content: words.say({ say: 'report.standing' }) }), h('meta', { property: 'og:site_name', content: 'Terrain' }),
      ...(issue === undefined ? [] : [h('meta', { property: 'og:url', content: issue.url }), h('meta', { property: 'og:image', content: issue.preview }), ...Object.entries(previewSize).map(([side, pixels]) => h('meta', { property: `og:image:${side}`, content: String(pixels) })), h('meta', { property: 'og:image:alt', content: title }), h('meta', { name: 'twitter:card', content: 'summary_large_image' }), h('link', { rel: 'canonical', href: issue.url }), h('link', { rel: 'icon', href: '/icons/icon.svg', type: 'image/svg+xml' }), ...issue.languages.map(({ locale, href }) => h('link', { rel: 'alternate', hrefLang: locale, href }))]), h('meta', { name: 'description', content: words.say({ say: 'report.standing' }) }),
      h('title', null, title)),
    h('body', null, hatching(), ...headed(tree.blocks, ground, { isDraft, issue }), h('footer', null, h('p', null, words.say({ say: 'report.page.foot' })))))
  // The sheet is our own file, and no element may hold it: the library would escape its quotes, which nothing undoes within a style.
  return `<!doctype html>${renderToStaticMarkup(page)}`.replace('</head>', () => `<style>${style}</style></head>`)
}

function headed(blocks: readonly Block[], ground: PageGround, { isDraft, issue }: { readonly isDraft: boolean; readonly issue: IssueAbout | undefined }): readonly Part[] {
  return [
    issue === undefined ? null : languageLinks(ground, issue),
    ...blocks.map((block) => (block.block === 'cover' ? cover(ground, block, isDraft) : null)),
    h('main', null, issue === undefined ? null : changesSince(ground, issue), ...blocks.map((block) => partOf(block, ground)), issue === undefined ? null : imprint(ground, issue)),
  ]
}

function partOf(block: Block, ground: PageGround): Part {
  switch (block.block) {
    case 'cover':
      return null
    case 'standing':
      return standing(ground, block)
    case 'highlights':
      return highlights(ground, block)
    case 'keyFigures':
      return keyFigures(ground, block)
    case 'map':
      return whereFrom(ground, block)
    case 'challenges':
      return challenges(ground, block)
    case 'mobilization':
      return mobilization(ground, block)
    case 'consequences':
      return consequences(ground, block)
    case 'evolution':
      return evolution(ground, block)
    case 'rumours':
      return rumours(ground, block)
    case 'method':
      return method(ground, block)
    case 'silence':
      return silence(ground, block)
    case 'annex':
      return annex(ground, block)
  }
}

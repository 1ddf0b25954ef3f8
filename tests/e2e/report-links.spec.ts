import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import { countryOutlines } from '#chart/country-outlines.ts'
import { directionOf } from '#i18n/direction.ts'
import { loadLanguage, loadScreens } from '#i18n/load.ts'
import { loadReport } from '#i18n/load-report.ts'
import { composeReport } from '#report/compose.ts'
import { reportPage } from '#report/page/report-page.ts'
import { reportWords } from '#report/say-report.ts'
import { madeCampaign } from '../support/report-campaign.ts'

const style = ['ui/tokens', 'report/page/page', 'report/page/tables', 'report/page/drawings'].map((name) => readFileSync(`src/${name}.css`, 'utf8')).join('\n')

for (const [locale, width] of [['en', 390], ['ar', 390], ['en', 1280]] as const) {
  test(`[RE88] on a screen of ${width} pixels in ${locale} each link ends where it leads, and the room of a late part is no smaller than what it needs`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 })
    const [messages, { labels }] = [await loadReport(locale), await loadScreens(await loadLanguage(locale))]
    const { input } = madeCampaign(3)
    const { campaign } = input
    const html = reportPage(composeReport(input).tree, { words: reportWords({ locale, messages, labels, campaign }), direction: directionOf(locale), countries: campaign.countries, areas: campaign.areas, outlines: countryOutlines() }, { style, isDraft: false })
    await page.route('**/report', (route) => route.fulfill({ contentType: 'text/html', body: html }))
    await page.goto('http://localhost/report')
    const links = await page.locator('a.ref').evaluateAll((all) => [...new Set(all.map((link) => link.getAttribute('href') ?? ''))])
    expect(links.length).toBeGreaterThan(10)
    const off: number[] = []
    for (const link of links.filter((_, index) => index % 5 === 0)) {
      await page.goto('http://localhost/report')
      await page.locator(`a.ref[href="${link}"]`).first().evaluate((one: HTMLAnchorElement) => one.click())
      off.push(await restsAt(page, link))
    }
    expect(Math.max(...off)).toBeLessThan(2)

    const rooms = await page.locator('.late').evaluateAll((all) => all.map((part) => {
      const room = Number.parseFloat(getComputedStyle(part).containIntrinsicBlockSize.replace('auto ', ''));
      (part as HTMLElement).style.contentVisibility = 'visible'
      return { part: part.getAttribute('aria-labelledby'), lacks: Math.max(0, part.getBoundingClientRect().height - room) }
    }))
    expect(rooms.length).toBeGreaterThan(3)
    expect(rooms.filter(({ lacks }) => lacks > 0)).toEqual([])
  })
}

/** How far below the top a place stands once nothing moves; none where the page ends before. */
async function restsAt(page: Page, link: string): Promise<number> {
  let before = NaN
  await expect.poll(async () => {
    const now = await page.evaluate(() => window.scrollY)
    const isStill = now === before
    before = now
    return isStill
  }).toBe(true)
  return page.locator(link).evaluate((place) => {
    const { top } = place.getBoundingClientRect()
    const { scrollHeight } = document.documentElement
    const isAtEnd = scrollHeight - window.innerHeight - window.scrollY < 3
    return isAtEnd && top >= 0 && top < window.innerHeight ? 0 : Math.abs(top)
  })
}

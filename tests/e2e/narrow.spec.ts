import { expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import { startAppServer } from '../support/app-server.ts'
import type { AppServer } from '../support/app-server.ts'
import { joinOn, recordOn } from '../support/people.ts'
import { createProfile } from '../support/profiles.ts'

// Russian has the longest words; the others are looked at when there is time.
const locales = process.env['TERRAIN_TEST'] === 'deep' ? ['ru-RU', 'es-MX', 'zh-CN', 'fr-FR', 'ar-LB', 'en-GB'] : ['ru-RU']

test.describe('the narrowest phone', () => {
  let server: AppServer
  test.beforeAll(async () => void (server = await startAppServer()))
  test.afterAll(() => server.stop())

  for (const locale of locales) {
    test(`[UI30] at 320 px nothing is cut and no word is torn in ${locale}`, async () => {
      test.setTimeout(300_000)
      const profile = await createProfile({ size: 'phone', locale })
      try {
        const page = await profile.open()
        // As high as a screen can get, so that nothing that is to be tapped lies under the bar.
        await page.setViewportSize({ width: 320, height: 1800 })
        await page.goto(await server.invite('volunteer'))
        await expect(page.getByRole('textbox').first()).toBeVisible()
        await look(page, 'join')
        await joinOn(page)
        for await (const step of recordOn(page, 'challenge')) await look(page, `challenge: ${step}`)
        for await (const step of recordOn(page, 'action')) await look(page, `action: ${step}`)
        await look(page, 'home')
        await page.locator('a[href^="/entry/"]').first().click()
        await expect(page.locator('main h2').first()).toBeVisible()
        await look(page, 'entry')
        await page.goto(`${server.url}/settings`)
        await expect(page.getByRole('combobox').first()).toBeVisible()
        await look(page, 'settings')
        await page.locator('a[href="/campaigns"]').click()
        await expect(page.getByRole('listitem').first()).toBeVisible()
        await look(page, 'campaigns')
      } finally {
        await profile.close()
      }
    })
  }
})

async function look(page: Page, screen: string): Promise<void> {
  expect(await page.evaluate(faultsOn), screen).toEqual([])
}

/** Runs in the page: text outside of the window or of its own box, and words that stand on two lines. */
function faultsOn(): readonly string[] {
  const width = document.documentElement.clientWidth
  const faults = document.documentElement.scrollWidth > width ? [`the page is ${document.documentElement.scrollWidth} px wide`] : []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const { parentElement: parent, textContent: text } = node
    if (parent === null || text === null || parent.closest('.visually-hidden, [hidden]') !== null || parent.checkVisibility() === false) continue
    for (const { 0: word, index } of text.matchAll(/[\p{L}\p{M}]+/gu)) {
      const range = document.createRange()
      range.setStart(node, index)
      range.setEnd(node, index + word.length)
      const boxes = [...range.getClientRects()]
      // An entry's first words are shortened with dots on purpose, and Chinese breaks between any two characters.
      if (getComputedStyle(parent).textOverflow !== 'ellipsis' && boxes.some(({ left, right }) => left < -1 || right > width + 1)) faults.push(`outside: ${word}`)
      if (!/\p{Script=Han}/u.test(word) && new Set(boxes.map(({ top }) => Math.round(top))).size > 1) faults.push(`torn: ${word}`)
    }
  }
  return faults
}

import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import { startFilledServer } from '../support/filled-server.ts'
import { joinOn, recordOn } from '../support/people.ts'
import { createProfile } from '../support/profiles.ts'
import type { Profile } from '../support/profiles.ts'

/** Both directions and both themes. */
const modes = [
  { name: 'light', locale: 'en-GB', colorScheme: 'light' },
  { name: 'dark, right to left', locale: 'ar-LB', colorScheme: 'dark' },
] as const
/** Looked at when there is time: each language in both themes, as far as the gate has not. */
const further = [
  { name: 'dark', locale: 'en-GB', colorScheme: 'dark' },
  { name: 'right to left', locale: 'ar-LB', colorScheme: 'light' },
  ...(['fr-FR', 'es-MX', 'ru-RU', 'zh-CN'] as const).flatMap((locale) => [{ name: `${locale}, light`, locale, colorScheme: 'light' }, { name: `${locale}, dark`, locale, colorScheme: 'dark' }] as const),
] as const
const isDeep = process.env['TERRAIN_TEST'] === 'deep'

test.describe('every screen, looked at by axe', () => {
  let server: Awaited<ReturnType<typeof startFilledServer>>
  test.beforeAll(async () => void (server = await startFilledServer()))
  test.afterAll(() => server.stop())

  for (const { name, locale, colorScheme } of isDeep ? [...modes, ...further] : modes) {
    test(`[AP21] the volunteer's screens have no violation in ${name}`, async () => {
      test.setTimeout(300_000)
      await withProfile(await createProfile({ size: 'phone', locale, colorScheme }), async (page) => {
        await page.goto(await server.invite('volunteer'))
        await page.waitForSelector('h1')
        await inspect(page, 'join')
        await joinOn(page)
        await inspect(page, 'empty home')
        for await (const step of recordOn(page, 'challenge')) await inspect(page, `challenge: ${step}`)
        for await (const step of recordOn(page, 'action')) await inspect(page, `action: ${step}`)
        await page.goto(`${server.url}/`)
        await page.waitForSelector('h1')
        await inspect(page, 'home with entries')
        await page.locator('a[href^="/entry/"]').first().click()
        await page.waitForURL(/\/entry\//)
        await page.waitForSelector('h1')
        await inspect(page, 'entry')
        for (const path of ['/entries', '/settings', '/carry', '/help', '/install', '/practice', '/nowhere']) {
          await page.goto(`${server.url}${path}`)
          await page.waitForSelector('h1')
          await inspect(page, path)
        }
      })
    })

    test(`[AP21] the desk has no violation in ${name}`, async () => {
      test.setTimeout(300_000)
      await withProfile(await createProfile({ size: 'desk', locale, colorScheme }), async (page) => {
        await page.goto(await server.invite('coordinator'))
        await page.waitForSelector('h1')
        await joinOn(page)
        for (const path of ['/desk', `/desk/entry/${server.entryId}`, '/desk/overview', '/desk/aside', '/desk/people', '/desk/data', '/desk/audit', '/desk/campaign', '/desk/report', '/desk/report/publish', `/api/v1/reports/working?from=2026-01-01&to=2026-12-31&language=${locale.slice(0, 2)}`, '/desk/nowhere']) {
          await page.goto(`${server.url}${path}`)
          await page.waitForSelector('h1')
          await page.waitForLoadState('networkidle')
          await inspect(page, path)
        }
      })
    })
  }
})

async function withProfile(profile: Profile, look: (page: Page) => Promise<void>): Promise<void> {
  try {
    await look(await profile.open())
  } finally {
    await profile.close()
  }
}

/** In a window as long as the screen: what lies under the bar at the bottom can be scrolled free, which axe cannot know. */
async function inspect(page: Page, screen: string): Promise<void> {
  const { width, height } = page.viewportSize() ?? { width: 360, height: 740 }
  await page.setViewportSize({ width, height: Math.max(height, await page.evaluate(() => document.documentElement.scrollHeight)) + 200 })
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze()
  await page.setViewportSize({ width, height })
  expect(violations.map(({ id, nodes }) => ({ screen, id, nodes: nodes.map(({ target, failureSummary }) => [target, failureSummary]) }))).toEqual([])
}

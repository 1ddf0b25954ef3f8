import { test } from '@playwright/test'
import type { Page } from '@playwright/test'
import { expectNoViolation } from '../support/axe.ts'
import { startFilledServer } from '../support/filled-server.ts'
import { deviceOn } from '../support/device-on.ts'
import { joinOn, recordOn } from '../support/people.ts'
import { createProfile } from '../support/profiles.ts'
import type { Profile } from '../support/profiles.ts'

/**
 * Each screen is looked at in both themes. Arabic shows what right to left does; English goes a shorter way, for what left to right
 * could do differently. When there is time every language goes the whole way.
 */
const languages = process.env['TERRAIN_TEST'] === 'deep' ? ['ar-LB', 'en-GB', 'fr-FR', 'es-MX', 'ru-RU', 'zh-CN'] : ['ar-LB']

test.describe('every screen, looked at by axe in light and in dark', () => {
  let server: Awaited<ReturnType<typeof startFilledServer>>
  test.beforeAll(async () => void (server = await startFilledServer()))
  test.afterAll(() => server.stop())

  for (const locale of languages) {
    test(`[AP21] the volunteer's screens have no violation in ${locale}`, async () => {
      test.setTimeout(300_000)
      await withProfile(await createProfile({ size: 'phone', locale }), async (page) => {
        await page.goto(await server.invite('volunteer'))
        await page.waitForSelector('h1')
        await expectNoViolation(page, 'join')
        await joinOn(page)
        await expectNoViolation(page, 'empty home')
        for await (const step of recordOn(page, 'challenge')) await expectNoViolation(page, `challenge: ${step}`)
        for await (const step of recordOn(page, 'action')) await expectNoViolation(page, `action: ${step}`)
        await page.goto(`${server.url}/`)
        await page.waitForSelector('h1')
        await expectNoViolation(page, 'home with entries')
        await page.locator('a[href^="/entry/"]').first().click()
        await page.waitForURL(/\/entry\//)
        await page.waitForSelector('h1')
        await expectNoViolation(page, 'entry')
        await visit(page, ['/entries', '/settings', '/campaigns', '/carry', '/help', '/install', '/practice', '/nowhere'])
      })
    })

    test(`[AP21] the desk has no violation in ${locale}`, async () => {
      test.setTimeout(300_000)
      await withProfile(await createProfile({ size: 'desk', locale }), async (page) => {
        await page.goto(await server.invite('coordinator'))
        await page.waitForSelector('h1')
        await joinOn(page)
        await visit(page, ['/desk', `/desk/entry/${server.entryId}`, '/desk/overview', '/desk/aside', '/desk/people', '/desk/data', '/desk/audit', '/desk/campaign', '/desk/report', '/desk/report/publish', '/desk/report/figure?id=challenges', `${server.reportPath}?language=${locale.slice(0, 2)}`, `/api/v1/reports/working?from=2026-01-01&to=2026-12-31&language=${locale.slice(0, 2)}&device=${await deviceOn(page)}`, '/desk/nowhere'])
      })
    })
  }

  if (!languages.includes('en-GB')) {
    test('[AP21] from left to right neither recording nor the desk has a violation', async () => {
      test.setTimeout(300_000)
      await withProfile(await createProfile({ size: 'desk', locale: 'en-GB' }), async (page) => {
        await page.goto(await server.invite('coordinator'))
        await page.waitForSelector('h1')
        await joinOn(page)
        await visit(page, ['/desk', `/desk/entry/${server.entryId}`])
        await page.setViewportSize({ width: 360, height: 740 })
        await visit(page, ['/'])
        for await (const step of recordOn(page, 'challenge')) await expectNoViolation(page, `challenge: ${step}`)
      })
    })
  }

  async function visit(page: Page, paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      await page.goto(`${server.url}${path}`)
      await page.waitForSelector('h1')
      await page.waitForLoadState('networkidle')
      await expectNoViolation(page, path)
    }
  }
})

async function withProfile(profile: Profile, look: (page: Page) => Promise<void>): Promise<void> {
  try {
    await look(await profile.open())
  } finally {
    await profile.close()
  }
}

import { expect, test } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'
import { startAppServer } from '../support/app-server.ts'
import type { AppServer } from '../support/app-server.ts'
import { joinOn, pick, recordOn } from '../support/people.ts'
import { createProfile } from '../support/profiles.ts'

/** The screen of a cheap phone. */
const screen = { width: 360, height: 640 }

test.describe('what a cheap phone shows at a glance', () => {
  let server: AppServer
  test.beforeAll(async () => void (server = await startAppServer()))
  test.afterAll(() => server.stop())

  test('[UI41] [UI42] a long question is read from its beginning, and the word after a save covers nothing that is tapped', async () => {
    await onPhone(server, async (page) => {
      for await (const _ of recordOn(page, 'challenge')) continue
      const [word, notice] = [page.getByText('Saved on this phone.', { exact: true }), page.getByText('Terrain now opens without a connection, too.')]
      await expect(word).toBeVisible()
      await expect(notice).toBeVisible()
      const [saved, news, dock] = [await boxOf(word), await boxOf(notice), await boxOf(page.locator('a[href="/new/challenge"]'))]
      expect([saved.bottom <= dock.top, news.bottom <= saved.top]).toEqual([true, true])

      await page.locator('main a[href^="/entry/"]').first().click()
      await page.getByTitle(/^More:/).click()
      await page.getByRole('button', { name: 'Erase for good' }).click()
      const dialog = page.getByRole('dialog')
      expect(await dialog.evaluate((element) => element.scrollHeight > element.clientHeight), 'longer than the screen').toBe(true)
      await expect(dialog.getByRole('button', { name: 'Keep it' })).toBeFocused()
      expect((await boxOf(dialog.getByRole('heading'))).top).toBeGreaterThan((await boxOf(dialog)).top)
    })
  })

  test('[UI40] in forced colours only what was chosen has a tick', async () => {
    await onPhone(server, async (page) => {
      await page.emulateMedia({ forcedColors: 'active' })
      for await (const step of recordOn(page, 'challenge')) {
        if (step !== 'source') continue
        const ticks = page.locator('main input[type=radio] + * > :first-child > svg')
        const shown = () => ticks.evaluateAll((all) => all.filter((tick) => tick.checkVisibility({ visibilityProperty: true })).length)
        expect(await ticks.count()).toBeGreaterThan(3)
        expect(await shown()).toBe(0)
        await pick(page.getByRole('radio').first())
        expect(await shown()).toBe(1)
        break
      }
    })
  })
})

async function onPhone(server: AppServer, run: (page: Page) => Promise<void>): Promise<void> {
  const profile = await createProfile({ size: 'phone' })
  try {
    const page = await profile.open()
    await page.setViewportSize(screen)
    await page.goto(await server.invite('volunteer'))
    await joinOn(page)
    await run(page)
  } finally {
    await profile.close()
  }
}

async function boxOf(of: Locator): Promise<{ readonly top: number; readonly bottom: number }> {
  return of.evaluate((element) => {
    const { top, bottom } = (element.closest('[data-toast]') ?? element).getBoundingClientRect()
    return { top, bottom }
  })
}

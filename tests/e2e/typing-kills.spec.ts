import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'
import { startAppServer } from '../support/app-server.ts'
import type { AppServer } from '../support/app-server.ts'
import { joinOn } from '../support/people.ts'
import { createProfile, readyOffline } from '../support/profiles.ts'
import type { Profile } from '../support/profiles.ts'

const kills = process.env['TERRAIN_TEST'] === 'deep' ? 100 : 5
/** What a killed browser may cost: the author reads their last second again. */
const lostMs = 1000
const text = 'The kiosk sells water only until ten, and the queue begins before the sun is up. '.repeat(20)

test.describe('a browser that is killed while somebody types', () => {
  let server: AppServer
  let phone: Profile

  test.beforeAll(async () => {
    server = await startAppServer()
    phone = await createProfile({ size: 'phone' })
  })
  test.afterAll(async () => {
    await phone.close()
    await server.stop()
  })

  test(`[VO80] loses at most a second of typing in ${kills} kills, and comes back to the field with the caret at its end`, async () => {
    test.setTimeout(90_000 + kills * 15_000)
    let page = await phone.open()
    await page.goto(await server.invite('volunteer'))
    await joinOn(page)
    await readyOffline(page)
    await phone.context().setOffline(true)
    let field = await openWords(page)
    let before = ''
    for (let kill = 0; kill < kills; kill += 1) {
      const typed = await typeUntilKilled(phone, field, before, 1300 + ((kill * 769) % 2200))
      page = await phone.open({ offline: true })
      await page.goto(server.url)
      await page.getByText('Continue', { exact: true }).click()
      field = page.getByRole('textbox', { name: /What happens/ })
      await expect(field).toBeFocused()
      const found = await field.inputValue()
      expect(typed.all.startsWith(found), `after kill ${kill}`).toBe(true)
      expect(found.length, `after kill ${kill}: of ${typed.all.length} signs`).toBeGreaterThanOrEqual(typed.due)
      expect(await field.evaluate((area: HTMLTextAreaElement) => [area.selectionStart, area.selectionEnd])).toEqual([found.length, found.length])
      // Long texts type slower, and the field has an end.
      if (found.length > 1200) await field.fill('')
      before = await field.inputValue()
    }
  })
})

/** Types on from where the caret is, kills the browser in the middle, and tells what must be there afterwards. */
async function typeUntilKilled(phone: Profile, field: Locator, before: string, ms: number): Promise<{ readonly all: string; readonly due: number }> {
  const marks: { readonly at: number; readonly length: number }[] = []
  let all = before
  let isKilled = false
  const typing = (async () => {
    for (const sign of text.slice(before.length)) {
      if (isKilled) return
      await field.pressSequentially(sign)
      all += sign
      marks.push({ at: Date.now(), length: all.length })
    }
  })().catch(() => undefined)
  await wait(ms)
  isKilled = true
  const killedAt = Date.now()
  await phone.kill()
  await typing
  // The sign that was on its way may have come or not.
  const due = marks.findLast(({ at }) => at <= killedAt - lostMs)?.length ?? before.length
  return { all: text.slice(0, all.length + 1), due }
}

async function openWords(page: Page): Promise<Locator> {
  await page.getByRole('link', { name: /What is hard here/ }).click()
  await page.waitForURL(/\/record\/.+\/topic/)
  await page.goto(page.url().replace(/topic$/, 'words'))
  const field = page.getByRole('textbox', { name: /What happens/ })
  await field.click()
  return field
}

import { expect, test } from '@playwright/test'
import { hashContent } from '#protocol/chain.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import { ScriptDevice, systemDeps } from '../../demo/script-device.ts'
import { startAppServer } from '../support/app-server.ts'
import type { AppServer } from '../support/app-server.ts'
import { aChallenge } from '../support/contents.ts'
import { joinOn } from '../support/people.ts'

let server: AppServer
test.beforeAll(async () => {
  server = await startAppServer()
})
test.afterAll(() => server.stop())

const topics = ['EDU', 'HEA', 'WSH', 'FSC', 'SHL', 'PRO', 'INF'] as const
const monday = (week: number) => new Date(Date.UTC(2025, 9, 6 + week * 7)).toISOString().slice(0, 10)

/** Half a year with a report in each week, all approved. */
async function halfYear(): Promise<void> {
  const deps = systemDeps(server.url)
  const [coordinator, author] = [await ScriptDevice.join(deps, server.coordinatorLink, { name: 'Ruth', language: 'en' }), await ScriptDevice.join(deps, await server.invite('volunteer'), { name: 'Awa', language: 'en' })]
  const records = Array.from({ length: 26 }, (_, week) => author.change('record', { content: aChallenge({ observedOn: monday(week), topic: topics[week % topics.length] ?? 'EDU', severity: ((week % 5) + 1) as 1 }) }))
  await author.push(records)
  const hashes = await Promise.all(records.map(({ body }) => hashContent({ content: body.content, corrections: {} }, (text) => Promise.resolve(sha256Of(text)))))
  await coordinator.push(records.map(({ id, entryId }, n) => coordinator.change('decide', { revision: id, contentHash: hashes[n] ?? sha256Of(''), verdict: 'approve', questions: [] }, { entryId, base: id })))
}

test('[CO256] on paper nothing of the overview is cut off: its tables are as wide as the page', async ({ page }) => {
  test.setTimeout(120_000)
  await halfYear()
  await page.goto(await server.invite('coordinator'))
  await joinOn(page)
  // A4 with a margin of a centimetre, and a third more: so much a browser makes a page smaller before it cuts.
  await page.setViewportSize({ width: 957, height: 1300 })
  await page.goto(`${server.url}/desk/overview`)
  await expect(page.getByRole('table', { name: 'Reports by topic and week' })).toBeVisible()
  await page.emulateMedia({ media: 'print' })
  const wide = await page.evaluate(() => [...document.querySelectorAll('table, svg')].filter((part) => {
    const { right, left } = part.getBoundingClientRect()
    const frame = part.parentElement?.getBoundingClientRect()
    return right > document.documentElement.clientWidth + 1 || left < -1 || (frame !== undefined && part.scrollWidth > frame.width + 1 && getComputedStyle(part.parentElement ?? part).overflowX !== 'visible')
  }).map((part) => part.textContent.slice(0, 60)))
  expect(wide).toEqual([])
  // Upright topics made each row as high as its name is long: the table went over three pages.
  const table = page.getByRole('table', { name: 'Reports by topic and week' })
  const upright = (part: string) => table.locator(`${part} th button`).evaluateAll((heads) => [...new Set(heads.map((head) => getComputedStyle(head).writingMode))])
  expect([await upright('thead'), await upright('tbody')]).toEqual([['vertical-rl'], ['horizontal-tb']])
})

test('[CO603] the queue on paper holds every row that was read, in all of its words', async ({ page }) => {
  test.setTimeout(120_000)
  const author = await ScriptDevice.join(systemDeps(server.url), await server.invite('volunteer'), { name: 'Samir', language: 'en' })
  await author.push(Array.from({ length: 40 }, (_, number) => author.change('record', { content: aChallenge({ country: 'LBN', placeName: 'Zahle', description: `Row ${number} tells of the wells, ${'which have been dry for weeks, '.repeat(5)}and ends here.` }) })))
  await page.goto(await server.invite('coordinator'))
  await joinOn(page)
  await page.setViewportSize({ width: 957, height: 800 })
  await page.goto(`${server.url}/desk?country=LBN`)
  await expect(page.locator('li[data-entry]').first()).toBeVisible()
  expect(await page.locator('li[data-entry]').count()).toBeLessThan(40)
  await page.emulateMedia({ media: 'print' })
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
  await expect(page.locator('li[data-entry]')).toHaveCount(40)
  const cut = await page.locator('li[data-entry] span').evaluateAll((parts) => parts.filter((part) => part.clientWidth > 1 && part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).overflowX === 'hidden').map(({ textContent }) => textContent))
  expect(cut).toEqual([])
  await expect(page.getByRole('combobox', { name: 'Sort' })).toBeHidden()
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
  await page.emulateMedia({ media: 'screen' })
  await expect.poll(() => page.locator('li[data-entry]').count()).toBeLessThan(40)
})

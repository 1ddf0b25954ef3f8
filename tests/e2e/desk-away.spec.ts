import { readdirSync, statSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { startAppServer } from '../support/app-server.ts'
import { expectNoViolation } from '../support/axe.ts'
import { joinOn } from '../support/people.ts'
import { createProfile, readyOffline } from '../support/profiles.ts'

test('[AP63] [AP64] [CO302] [CO303] the desk that is opened for the first time while the server is away says so and opens by itself; its seldom pages are there afterwards, and a language comes when the server does', async () => {
  test.setTimeout(120_000)
  const server = await startAppServer()
  const profile = await createProfile({ size: 'desk' })
  try {
    const page = await profile.open()
    await page.goto(await server.invite('coordinator'))
    await joinOn(page)
    await readyOffline(page)
    await server.kill()
    await page.goto(`${server.url}/desk`)
    await expect(page.getByRole('heading', { name: 'This part of Terrain is not on this device yet' })).toBeVisible()
    await expect(page.getByText('It opens by itself as soon as it answers.')).toBeVisible()
    await expectNoViolation(page, 'a desk that is not here')
    await server.restart()
    await expect(page.getByRole('link', { name: 'Terrain: back to my own entries' })).toBeVisible({ timeout: 30_000 })
    const wanted = ['audit-page', 'report-page', 'campaign-page'].flatMap(filesOf)
    const kept = (): Promise<readonly string[]> => page.evaluate(async () => (await (await caches.open('terrain-on-demand')).keys()).map(({ url }) => new URL(url).pathname))
    let before = 0
    await expect.poll(async () => {
      const paths = await kept()
      // What the pages say comes behind them.
      const isWhole = paths.length === before && wanted.every((file) => paths.some((path) => path.endsWith(`/${file}`)))
      before = paths.length
      return isWhole
    }, { intervals: [2000], timeout: 40_000 }).toBe(true)
    await server.kill()
    for (const [address, heading] of [['audit', 'Every act'], ['campaign', 'Campaign'], ['report', 'Report']] as const) {
      await page.goto(`${server.url}/desk/${address}`)
      await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible()
      await expect(page.getByText('This part of Terrain is not on this device yet')).toHaveCount(0)
      await expect(page.getByText('Terrain has stopped here')).toHaveCount(0)
      await expect(page.getByRole('status').filter({ hasText: 'The server does not answer' })).toBeVisible()
    }
    await page.getByRole('combobox', { name: 'Language' }).selectOption('ar')
    await expect(page.getByRole('status').filter({ hasText: 'العربية comes when the server answers, at the latest when Terrain is opened again.' })).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('dir', 'ltr')
    await server.restart()
    await expect(page.locator('html')).toHaveAttribute('dir', 'rtl', { timeout: 30_000 })
    await expect(page.getByRole('combobox', { name: 'اللغة' })).toHaveValue('ar')
    await page.getByRole('combobox', { name: 'اللغة' }).selectOption('en')
    await expect(page.getByRole('heading', { level: 1, name: 'Report, issue 1' })).toBeVisible({ timeout: 30_000 })
    await expect(page.getByRole('status').filter({ hasText: 'Connected' })).toBeVisible()
  } finally {
    await profile.close()
    await server.stop()
  }
})

/** Of a page its code and its look: without either it does not open. Its words in each language are files of its name too, and smaller. */
function filesOf(page: string): readonly string[] {
  const files = readdirSync('dist/assets').filter((file) => file.startsWith(`${page}-`))
  const largest = files.filter((file) => file.endsWith('.js')).toSorted((one, other) => statSync(`dist/assets/${other}`).size - statSync(`dist/assets/${one}`).size).slice(0, 1)
  return [...largest, ...files.filter((file) => file.endsWith('.css'))]
}

import { readFile } from 'node:fs/promises'
import { expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import { joinOn, recordOn } from '../support/people.ts'
import { createProfile, readyOffline } from '../support/profiles.ts'
import type { Profile } from '../support/profiles.ts'
import { startAppServer } from '../support/app-server.ts'
import type { AppServer } from '../support/app-server.ts'

test.describe('weeks without a connection', () => {
  let server: AppServer
  let author: Profile
  let courier: Profile
  let coordinator: Profile

  test.beforeAll(async () => {
    server = await startAppServer()
    author = await createProfile({ size: 'phone' })
    courier = await createProfile({ size: 'phone', locale: 'ar-LB' })
    coordinator = await createProfile({ size: 'desk' })
  })
  test.afterAll(async () => {
    await Promise.all([author.close(), courier.close(), coordinator.close()])
    await server.stop()
  })

  test('[VO46] an entry goes from a phone without connection by another phone that cannot read it to the desk, which takes the same file without harm', async () => {
    test.setTimeout(120_000)
    const writer = await author.open()
    await writer.goto(await server.invite('volunteer'))
    await joinOn(writer)
    await readyOffline(writer)
    await author.context().setOffline(true)
    for await (const _ of recordOn(writer, 'challenge')) { /* the quick path with the first answers */ }
    await writer.waitForURL((url) => url.pathname === '/')
    await writer.locator('a[href="/settings"]').click()
    await writer.locator('a[href="/carry"]').click()
    const download = writer.waitForEvent('download')
    await writer.getByRole('button', { name: 'Hand over as a file' }).click()
    const file = await download
    expect(file.suggestedFilename()).toMatch(/^terrain-.*\.terrain$/)
    const path = await file.path()
    expect((await readFile(path)).subarray(0, 17).toString()).toBe('terrain-bundle/2\n')
    await expect(writer.getByText(/is in this phone’s downloads/)).toBeVisible()

    // Another phone, in another language, takes it along without a connection, and brings it when there is one.
    const carrier = await courier.open()
    await carrier.goto(await server.invite('volunteer'))
    await joinOn(carrier)
    await readyOffline(carrier)
    await courier.context().setOffline(true)
    await carrier.locator('a[href="/settings"]').click()
    await carrier.locator('a[href="/carry"]').click()
    await carrier.locator('input[type=file]').setInputFiles(path)
    await expect(carrier.getByText('أُخذ معك')).toBeVisible()
    await courier.context().setOffline(false)
    await expect(carrier.getByText('وصل: هو عند الخادم')).toBeVisible({ timeout: 30_000 })

    const desk = await coordinator.open()
    await desk.goto(server.coordinatorLink)
    await joinOn(desk)
    await bringIn(desk, path)
    await expect(desk.getByText('Nothing new, 1 was here already, none set aside.')).toBeVisible()

    // Back in reach the author learns that it has arrived.
    await author.context().setOffline(false)
    await writer.goto(server.url)
    await expect(writer.getByText('Received', { exact: true })).toBeVisible({ timeout: 30_000 })
  })
})

async function bringIn(desk: Page, path: string): Promise<void> {
  await desk.goto(new URL('/desk/data', desk.url()).href)
  await desk.getByLabel('File', { exact: true }).setInputFiles(path)
  await desk.getByRole('button', { name: 'Bring in' }).click()
}

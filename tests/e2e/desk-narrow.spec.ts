import { expect, test } from '@playwright/test'
import { ScriptDevice, systemDeps } from '../../demo/script-device.ts'
import { startAppServer } from '../support/app-server.ts'
import type { AppServer } from '../support/app-server.ts'
import { aChallenge } from '../support/contents.ts'
import { joinOn } from '../support/people.ts'
import { createProfile } from '../support/profiles.ts'

let server: AppServer
test.beforeAll(async () => {
  server = await startAppServer()
  const phone = await ScriptDevice.join(systemDeps(server.url), await server.invite('volunteer'), { name: 'Mirlande', organisation: 'Fanm Vanyan', language: 'fr' })
  const places = [['HTI', 'Ouest'], ['KEN', 'Kisumu'], ['LBN', 'Bekaa'], ['JOR', 'Mafraq'], ['ETH', 'Tigray'], ['PAK', 'Sindh']] as const
  await phone.push(places.map(([country, adm1Name]) => phone.change('record', { content: aChallenge({ country, adm1Name, placeName: adm1Name }) })))
})
test.afterAll(() => server.stop())

for (const locale of ['ru-RU', 'ar-LB']) {
  test(`[CO306] no page of the desk is wider than a window of 320 px in ${locale}`, async () => {
    test.setTimeout(120_000)
    const profile = await createProfile({ size: 'phone', locale })
    try {
      const page = await profile.open()
      await page.setViewportSize({ width: 320, height: 800 })
      await page.goto(await server.invite('coordinator'))
      await joinOn(page)
      for (const path of ['', '/overview?of=open', '/people', '/data', '/audit', '/aside', '/campaign', '/report']) {
        await page.goto(`${server.url}/desk${path}`)
        await expect(page.locator('main').first()).toBeVisible()
        if (path.startsWith('/overview')) await expect(page.getByRole('table').first()).toBeVisible()
        expect([path, await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)]).toEqual([path, 0])
      }
    } finally {
      await profile.close()
    }
  })
}

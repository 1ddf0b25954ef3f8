import { expect, test } from '@playwright/test'
import type { Browser, Page } from '@playwright/test'
import * as v from 'valibot'
import { moveResponseSchema } from '#protocol/membership.ts'
import { systemDeps } from '../../demo/script-device.ts'
import type { ScriptDevice } from '../../demo/script-device.ts'
import { startAppServer } from '../support/app-server.ts'
import type { AppServer } from '../support/app-server.ts'
import { deviceOn } from '../support/device-on.ts'
import { injectionCount, injections } from '../support/injections/all.ts'
import { seeSettings as seeSettingsAtDesk, walkDesk } from '../support/injections/desk-walk.ts'
import { seeSettings, walkPhone } from '../support/injections/phone-walk.ts'
import { plantedOn } from '../support/injections/planted-server.ts'
import { readReports, readUnguarded } from '../support/injections/report-walk.ts'
import { callAs, fromEverywhere } from '../support/injections/world-ground.ts'
import type { WorldGround } from '../support/injections/world-ground.ts'
import { setCampaign } from '../support/injections/world-report.ts'
import { fillWorld } from '../support/injections/world.ts'
import type { World } from '../support/injections/world.ts'
import { watchPages } from '../support/page-watch.ts'
import type { PageWatch } from '../support/page-watch.ts'
import { joinOn } from '../support/people.ts'

/*
 * Words that would run if any page took them for anything but words, in all that people can write. In the gate each place gets three of
 * fifty; when there is time each gets all five hundred, in worlds one after the other that are as large as their lists are long.
 */
const isDeep = process.env['TERRAIN_TEST'] === 'deep'
const texts = injections(injectionCount)
const turns = isDeep ? 40 : 3
const worlds = isDeep ? Math.ceil(injectionCount / turns) : 1

interface Opened {
  readonly page: Page
  readonly watch: PageWatch
  readonly close: () => Promise<void>
}

for (let number = 0; number < worlds; number += 1) {
  test(`[AP60] hostile words in every field, file name and address are words on every screen and in the report, world ${number + 1} of ${worlds}`, async ({ browser }) => {
    test.setTimeout(isDeep ? 30 * 60_000 : 180_000)
    const server = await startAppServer()
    try {
      const deps = systemDeps(server.url)
      const ground: WorldGround = { deps: { ...deps, send: fromEverywhere(deps.send) }, coordinatorLink: server.coordinatorLink }
      const world = await fillWorld(ground, { texts, turns, first: number * turns })
      await lookEverywhere(browser, { server, ground, world })
    } finally {
      await server.stop()
    }
  })
}

async function lookEverywhere(browser: Browser, { server, ground, world }: { readonly server: AppServer; readonly ground: WorldGround; readonly world: World }): Promise<void> {
  const [phone, desk] = await Promise.all([
    openAs(browser, world.author, { server, ground, viewport: { width: 360, height: 740 } }),
    openAs(browser, world.coordinator, { server, ground, viewport: { width: 1440, height: 900 } }),
  ])
  try {
    const device = await deviceOn(desk.page)
    const [report, unguarded] = await Promise.all([desk.page.context().newPage().then((page) => readReports(page, world, { url: server.url, device })), readUnguarded(browser, world, server)])
    // From here on the desk writes in it, too.
    const [onPhone, atDesk] = await Promise.all([walkPhone(phone.page, world, turns), walkDesk(desk.page, world, turns)])
    for (let turn = 1; turn < turns; turn += 1) {
      const settings = await setCampaign({ ground, spread: world.spread, coordinator: world.coordinator }, { turn, areas: turns })
      await phone.page.reload()
      await Promise.all([seeSettings(onPhone, onPhone.draft, settings), seeSettingsAtDesk(atDesk, settings)])
    }
    expect([...phone.watch.faults, ...desk.watch.faults, ...report.foreign, ...unguarded]).toEqual([])
    expect([...onPhone.unshown, ...atDesk.unshown, ...report.unshown]).toEqual([])
    expect(world.spread.left()).toEqual([])
  } finally {
    await Promise.all([phone.close(), desk.close()])
  }
}

/** Another browser of a member, watched from its first page on. */
async function openAs(browser: Browser, device: ScriptDevice, { server, ground, viewport }: { readonly server: AppServer; readonly ground: WorldGround; readonly viewport: { readonly width: number; readonly height: number } }): Promise<Opened> {
  const context = await browser.newContext({ viewport, locale: 'en-GB', serviceWorkers: 'allow' })
  const watch = await watchPages(context, server.url)
  const page = await context.newPage()
  const { invite } = v.parse(moveResponseSchema, await callAs(ground, device, 'POST', ['/devices/move', {}]))
  await page.goto(`${server.url}/join#${invite}`)
  await joinOn(page)
  return { page, watch, close: () => context.close() }
}

test('[AP61] on pages that take no care each of these words is seen to run, and where a policy stops it that is seen', async ({ browser }) => {
  test.setTimeout(isDeep ? 15 * 60_000 : 120_000)
  const dangerous = texts.filter(({ sink }) => sink !== null && sink !== 'sheet')
  expect(dangerous.length).toBeGreaterThan(texts.length * 0.75)
  expect(await plantedOn(browser, { texts: dangerous, policy: null })).toEqual([])
  // Code that stands in the page, and is not listed by its hash: as in the shell of the app.
  const scripts = dangerous.filter(({ sink }) => sink === 'element').slice(0, 12)
  expect(await plantedOn(browser, { texts: scripts, policy: "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; require-trusted-types-for 'script'" })).toEqual([])
})

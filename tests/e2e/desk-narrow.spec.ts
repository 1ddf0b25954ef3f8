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
  test(`[CO306] [CO841] no page of the desk is wider than a window of 320 px in ${locale}, and its tab is in sight`, async () => {
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
        await expect(page.locator('header nav a[aria-current=page]')).toBeInViewport({ ratio: 0.99 })
      }
    } finally {
      await profile.close()
    }
  })
}

test('[CO308] in forced colours the open tab, the view, the row that is read and the chosen verdict are told from the others, and the legend of a drawing keeps its colours', async () => {
  test.setTimeout(60_000)
  const profile = await createProfile({ size: 'desk', locale: 'en-GB' })
  try {
    const page = await profile.open()
    await page.emulateMedia({ forcedColors: 'active' })
    await page.goto(await server.invite('coordinator'))
    await joinOn(page)
    await page.goto(`${server.url}/desk`)
    await expect(page.locator('li[data-entry][aria-current]')).toBeVisible()
    const drawn = (selector: string, property: string) => page.locator(selector).first().evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property)
    await page.locator('input[value=approve]').press('Space')
    const pairs = [
      [await drawn('nav a[aria-current=page]', 'border-bottom-color'), await drawn('nav a[href^="/desk/"]:not([aria-current])', 'border-bottom-color')],
      [await drawn('li[data-entry][aria-current] > a', 'border-left-color'), await drawn('li[data-entry]:not([aria-current]) > a', 'border-left-color')],
      [await drawn('a[aria-current=true]', 'background-color'), await drawn('a[href*="view="]:not([aria-current])', 'background-color')],
      [await drawn('label:has(input[value=approve])', 'outline-style'), await drawn('label:has(input[value=reject])', 'outline-style')],
    ]
    for (const [chosen, other] of pairs) expect(chosen).not.toBe(other)
    await page.goto(`${server.url}/desk/overview?of=open`)
    await expect(page.getByRole('table').first()).toBeVisible()
    const markOf = (words: RegExp) => page.getByRole('listitem').filter({ hasText: words }).locator('i').first().evaluate((mark) => getComputedStyle(mark).backgroundColor)
    expect(await markOf(/^challenges$/)).not.toBe(await markOf(/^actions$/))
  } finally {
    await profile.close()
  }
})

for (const locale of ['fr-FR', 'ru-RU']) {
  test(`[CO770] in a window of a laptop the name of the campaign lies on no tab, nor is it wider than the window, in ${locale}`, async () => {
    test.setTimeout(90_000)
    const profile = await createProfile({ size: 'desk', locale })
    try {
      const page = await profile.open()
      await page.goto(await server.invite('coordinator'))
      await joinOn(page)
      await page.goto(`${server.url}/desk/data`)
      const [name, tab] = [page.locator('header a[href="/campaigns?desk"] svg'), page.locator('header nav a').first()]
      for (const width of [1160, 1200, 1230, 1290, 1340]) {
        await page.setViewportSize({ width, height: 800 })
        const [left, right] = [await name.boundingBox(), await tab.boundingBox()]
        expect([width, (left?.x ?? 0) + (left?.width ?? 0) <= (right?.x ?? 0) + 1]).toEqual([width, true])
        expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
      }
    } finally {
      await profile.close()
    }
  })
}

test('[CO604] in a window that is magnified fourfold no bar stands over the words, and a verdict that a key chose comes into sight', async () => {
  test.setTimeout(60_000)
  const profile = await createProfile({ size: 'desk', locale: 'en-GB' })
  try {
    const page = await profile.open()
    await page.goto(await server.invite('coordinator'))
    await joinOn(page)
    await page.goto(`${server.url}/desk`)
    const entry = await page.locator('li[data-entry]').first().getAttribute('data-entry')
    await page.setViewportSize({ width: 320, height: 256 })
    await page.goto(`${server.url}/desk/entry/${entry ?? ''}`)
    const form = page.getByRole('form', { name: /^Decision on/ })
    await expect(form).toBeVisible()
    await page.evaluate(() => window.scrollTo(0, 200))
    await expect(form).not.toBeInViewport()
    await page.keyboard.press('a')
    await expect(page.locator('label:has(input[value=approve])')).toBeInViewport()
    await page.keyboard.press('r')
    await expect(page.getByRole('textbox', { name: 'Why it is not used' })).toBeInViewport()
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight))
    // Whole, one after the other: a bar that sticks and is higher than the window hides its own upper end for ever.
    for (const part of ['textbox', 'button'] as const) {
      await form.getByRole(part).last().scrollIntoViewIfNeeded()
      await expect(form.getByRole(part).last()).toBeInViewport({ ratio: 1 })
    }
  } finally {
    await profile.close()
  }
})

test('[CO503] in the table of what no action answers the topics and the sums stay in sight with many areas, and every page of the report is as high as its window', async () => {
  test.setTimeout(60_000)
  const profile = await createProfile({ size: 'desk', locale: 'en-GB' })
  try {
    const page = await profile.open()
    await page.setViewportSize({ width: 680, height: 800 })
    await page.goto(await server.invite('coordinator'))
    await joinOn(page)
    await page.goto(`${server.url}/desk/overview?of=open`)
    const table = page.getByRole('table', { name: 'What no action answers' })
    await expect(table).toBeVisible()
    const sticksOut = () => table.evaluate((element) => {
      const frame = element.parentElement?.getBoundingClientRect()
      const edges = [...element.querySelectorAll('tbody tr > :first-child, tbody tr > :last-child')].map((cell) => cell.getBoundingClientRect())
      return { isWider: element.scrollWidth > (frame?.width ?? 0), out: edges.filter(({ left, right }) => left < (frame?.left ?? 0) - 1 || right > (frame?.right ?? 0) + 1).length }
    })
    expect(await sticksOut()).toEqual({ isWider: true, out: 0 })
    await table.evaluate((element) => element.parentElement?.scrollBy(60, 0))
    expect((await sticksOut()).out).toBe(0)
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.goto(`${server.url}/desk/report/figure?id=challenges`)
    await expect(page.getByRole('link', { name: 'Report', exact: true })).toHaveAttribute('aria-current', 'page')
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(900)
  } finally {
    await profile.close()
  }
})

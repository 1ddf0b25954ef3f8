import { expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import { startAppServer } from '../support/app-server.ts'
import type { AppServer } from '../support/app-server.ts'
import { joinOn, recordOn } from '../support/people.ts'
import { createProfile } from '../support/profiles.ts'

// Russian has the longest words; the others are looked at when there is time.
const locales = process.env['TERRAIN_TEST'] === 'deep' ? ['ru-RU', 'es-MX', 'zh-CN', 'fr-FR', 'ar-LB', 'en-GB'] : ['ru-RU']

test.describe('the narrowest phone', () => {
  let server: AppServer
  test.beforeAll(async () => void (server = await startAppServer()))
  test.afterAll(() => server.stop())

  for (const locale of locales) {
    test(`[UI30] at 320 px nothing is cut and no word is torn in ${locale}`, async () => {
      test.setTimeout(300_000)
      const profile = await createProfile({ size: 'phone', locale })
      try {
        const page = await profile.open()
        // As high as a screen can get, so that nothing that is to be tapped lies under the bar.
        await page.setViewportSize({ width: 320, height: 1800 })
        await page.goto(await server.invite('volunteer'))
        await expect(page.getByRole('textbox').first()).toBeVisible()
        await look(page, 'join')
        await joinOn(page)
        for await (const step of recordOn(page, 'challenge')) await look(page, `challenge: ${step}`)
        for await (const step of recordOn(page, 'action')) await look(page, `action: ${step}`)
        await look(page, 'home')
        await page.locator('a[href^="/entry/"]').first().click()
        await expect(page.locator('main h2').first()).toBeVisible()
        await look(page, 'entry')
        await page.goto(`${server.url}/settings`)
        await expect(page.getByRole('combobox').first()).toBeVisible()
        await look(page, 'settings')
        await page.locator('a[href="/campaigns"]').click()
        await expect(page.getByRole('listitem').first()).toBeVisible()
        await look(page, 'campaigns')
      } finally {
        await profile.close()
      }
    })
  }

  test('[UI47] no setting tears a word at 360 px, and no answer does for its signs with letters twice as large', async () => {
    test.setTimeout(120_000)
    const profile = await createProfile({ size: 'phone', locale: 'ru-RU' })
    try {
      const page = await profile.open()
      await page.setViewportSize({ width: 360, height: 1800 })
      await page.goto(await server.invite('volunteer'))
      await joinOn(page)
      await page.goto(`${server.url}/settings`)
      await expect(page.getByRole('combobox').first()).toBeVisible()
      await look(page, 'settings')
      await page.goto(`${server.url}/`)
      await page.setViewportSize({ width: 320, height: 1800 })
      const large = await page.context().newCDPSession(page)
      await large.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } })
      for await (const step of recordOn(page, 'challenge')) {
        // Ten letters have room in a line of their own in every font; “пострадавшие” has none in a wide one.
        if (step === 'source' || step === 'consent') expect((await page.evaluate(faultsOn, 'label')).filter((fault) => /^torn: .{1,10}$/.test(fault)), step).toEqual([])
      }
    } finally {
      await profile.close()
    }
  })

  test('[UI641] with letters twice as large no French word of up to twelve letters is torn, and a longer one may be parted', async () => {
    test.setTimeout(120_000)
    const profile = await createProfile({ size: 'phone', locale: 'fr-FR' })
    try {
      const page = await profile.open()
      await page.setViewportSize({ width: 320, height: 1800 })
      await page.goto(await server.invite('volunteer'))
      await joinOn(page)
      const large = await page.context().newCDPSession(page)
      await large.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } })
      for await (const step of recordOn(page, 'challenge')) await lookForShort(page, step)
      await page.locator('a[href^="/entry/"]').first().click()
      await expect(page.locator('main h2').first()).toBeVisible()
      await lookForShort(page, 'entry')
      for (const path of ['/settings', '/campaigns', '/carry']) {
        await page.goto(`${server.url}${path}`)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await lookForShort(page, path)
      }
      // Chromium has no words of any language here, so what parts them is asked for by its setting.
      expect(await page.evaluate(() => getComputedStyle(document.body).hyphens)).toBe('auto')
      await page.setViewportSize({ width: 640, height: 1800 })
      expect(await page.evaluate(() => getComputedStyle(document.body).hyphens)).toBe('manual')
    } finally {
      await profile.close()
    }
  })

  test('[UI642] behind a keyboard on a phone on its side the bar leaves its place to what is written', async () => {
    const profile = await createProfile({ size: 'phone' })
    try {
      const page = await profile.open()
      await page.goto(await server.invite('volunteer'))
      await joinOn(page)
      await page.locator('a[href="/new/challenge"]').click()
      const bar = page.locator('footer')
      await expect(bar).toBeInViewport()
      await page.setViewportSize({ width: 640, height: 180 })
      await expect(bar).not.toBeInViewport()
    } finally {
      await profile.close()
    }
  })

  test('[UI47] two acts of a question stand one above the other where a word would be torn', async () => {
    const profile = await createProfile({ size: 'phone', locale: 'es-MX' })
    try {
      const page = await profile.open()
      await page.goto(await server.invite('volunteer'))
      await joinOn(page)
      await page.locator('a[href="/new/challenge"]').click()
      await page.getByRole('radio').first().press('Space')
      await expect(page.locator('header').getByText('Borrador guardado')).toBeVisible()
      await page.goto(`${server.url}/`)
      await page.locator('main li > button').click()
      await expect(page.getByRole('dialog')).toBeVisible()
      expect(await page.evaluate(faultsOn, 'dialog')).toEqual([])
    } finally {
      await profile.close()
    }
  })

  test('[UI48] the way out of the practice is as wide as a finger where its word is short', async () => {
    const profile = await createProfile({ size: 'phone', locale: 'ar-LB' })
    try {
      const page = await profile.open()
      await page.goto(await server.invite('volunteer'))
      await joinOn(page)
      await page.goto(`${server.url}/practice`)
      const box = await page.getByRole('link', { name: 'إنهاء' }).boundingBox()
      expect([(box?.width ?? 0) >= 48, (box?.height ?? 0) >= 48]).toEqual([true, true])
    } finally {
      await profile.close()
    }
  })

  test('[UI43] with letters twice as large, in Arabic and on a full phone, no word is torn either', async () => {
    test.setTimeout(180_000)
    const profile = await createProfile({ size: 'phone', locale: 'ar-LB' })
    try {
      const page = await profile.open()
      await page.addInitScript(fullWhenTold)
      await page.setViewportSize({ width: 320, height: 1800 })
      await page.goto(await server.invite('volunteer'))
      await joinOn(page)
      // What is here alone is said in more words than a name.
      await page.route('**/api/v1/sync', (route) => route.abort())
      const large = await page.context().newCDPSession(page)
      // As the setting of the browser does: the size of letters, not of pixels.
      await large.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } })
      for await (const step of recordOn(page, 'challenge')) {
        if (step !== 'words') continue
        await look(page, 'words')
        await tellFull(page, true)
        await page.getByRole('textbox').first().fill('المدرسة مغلقة منذ السادس عشر.')
        await expect(page.getByRole('alert')).toBeVisible()
        await look(page, 'words that are not kept')
        await tellFull(page, false)
      }
      await expect(page.locator('a[href^="/entry/"]')).toBeVisible()
      await look(page, 'home')
      await page.locator('a[href^="/entry/"]').first().click()
      await expect(page.locator('main h2').first()).toBeVisible()
      await look(page, 'entry that is only here')
      await page.unroute('**/api/v1/sync')
      await page.reload()
      await expect(page.locator('header').getByText(/^C-\d{6}$/)).toBeVisible({ timeout: 15_000 })
      await look(page, 'entry')
      await page.goBack()
      await page.locator('a[href="/new/challenge"]').click()
      await page.getByRole('radio').first().press('Space')
      await expect(page.locator('header').getByText('المسودة محفوظة')).toBeVisible()
      await page.goto(`${server.url}/`)
      await expect(page.locator('a[href^="/record/"]')).toBeVisible()
      await look(page, 'home with a draft')
      await tellFull(page, true)
      await page.locator('a[href="/new/challenge"]').click()
      await expect(page.getByRole('alert')).toBeVisible()
      await look(page, 'no room for a new entry')
    } finally {
      await profile.close()
    }
  })
})

/** Runs in the page before the app: from when it is told so, the storage takes nothing any more. */
function fullWhenTold(): void {
  for (const name of ['put', 'add'] as const) {
    const real = IDBObjectStore.prototype[name]
    IDBObjectStore.prototype[name] = function (this: IDBObjectStore, ...row: Parameters<typeof real>) {
      if (document.documentElement.hasAttribute('data-full')) throw new DOMException('full', 'QuotaExceededError')
      return real.apply(this, row)
    }
  }
}

async function tellFull(page: Page, isFull: boolean): Promise<void> {
  await page.evaluate((full) => document.documentElement.toggleAttribute('data-full', full), isFull)
}

/** Twelve letters have room in a line of their own in every font. */
async function lookForShort(page: Page, screen: string): Promise<void> {
  const faults = await page.evaluate(faultsOn, 'body')
  expect(faults.filter((fault) => !/^torn: .{13,}$/.test(fault)), screen).toEqual([])
}

async function look(page: Page, screen: string): Promise<void> {
  expect(await page.evaluate(faultsOn, undefined), screen).toEqual([])
}

/** Runs in the page: text outside of the window or of its own box, and words that stand on two lines; in what fits `within` alone, when that is given. */
function faultsOn(within: string | undefined): readonly string[] {
  const width = document.documentElement.clientWidth
  const faults = document.documentElement.scrollWidth > width ? [`the page is ${document.documentElement.scrollWidth} px wide`] : []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const { parentElement: parent, textContent: text } = node
    if (parent === null || text === null || parent.closest('.visually-hidden, [hidden]') !== null || parent.checkVisibility() === false || (within !== undefined && parent.closest(within) === null)) continue
    for (const { 0: word, index } of text.matchAll(/[\p{L}\p{M}]+/gu)) {
      const range = document.createRange()
      range.setStart(node, index)
      range.setEnd(node, index + word.length)
      const boxes = [...range.getClientRects()]
      // An entry's first words are shortened with dots on purpose, and Chinese breaks between any two characters.
      if (getComputedStyle(parent).textOverflow !== 'ellipsis' && boxes.some(({ left, right }) => left < -1 || right > width + 1)) faults.push(`outside: ${word}`)
      if (!/\p{Script=Han}/u.test(word) && new Set(boxes.map(({ top }) => Math.round(top))).size > 1) faults.push(`torn: ${word}`)
    }
  }
  return faults
}

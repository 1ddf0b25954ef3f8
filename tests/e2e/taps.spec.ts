import { expect, test } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'
import { startAppServer } from '../support/app-server.ts'
import type { AppServer } from '../support/app-server.ts'
import { joinOn, recordOn } from '../support/people.ts'
import { pictureWithFaces } from '../support/picture-with-faces.ts'
import { createProfile } from '../support/profiles.ts'
import type { Profile } from '../support/profiles.ts'

/** What domain 2.2 and the issue allow, besides typing. */
const most = { challenge: 12, action: 14 } as const

test.describe('how much a volunteer has to do', () => {
  let server: AppServer
  test.beforeAll(async () => void (server = await startAppServer()))
  test.afterAll(() => server.stop())

  test('[VO74] a challenge takes at most 12 taps besides typing, an action at most 14', async () => {
    test.setTimeout(180_000)
    await withPhone(async (page, profile) => {
      await profile.context().grantPermissions(['geolocation'])
      await profile.context().setGeolocation({ latitude: -0.091702, longitude: 34.767957, accuracy: 18 })
      // The first entry of each kind names country and group; from the second on they stand there.
      await challenge(page, { country: 'KEN', where: 'Nyalenda' })
      await action(page, { country: 'KEN', where: 'Manyatta', group: 'Mama Taa' })
      const counts = {
        'challenge, place written': await challenge(page, { where: 'Kajulu' }),
        'challenge, place found by the phone': await challenge(page, { where: 'phone' }),
        'challenge, place of last time': await challenge(page, { where: 'last' }),
        'action, place written': await action(page, { where: 'Kibuye' }),
        'action, place of last time': await action(page, { where: 'last' }),
      }
      for (const [path, taps] of Object.entries(counts)) console.log(`taps, ${path}: ${taps}`)
      for (const [path, taps] of Object.entries(counts)) expect.soft(taps, path).toBeLessThanOrEqual(path.startsWith('challenge') ? most.challenge : most.action)
    })
  })

  test('[VO503] a finger that taps twice goes one screen on, and begins nothing after the save', async () => {
    test.setTimeout(120_000)
    await withPhone(async (page) => {
      await page.locator('a[href="/new/challenge"]').click()
      await tapTwice(page, page.locator('label:has(input[value=EDU])'), 350)
      await expect(page).toHaveURL(/\/severity$/)
      await expect(page.locator('input:checked')).toHaveCount(0)
      await page.locator('input[type=radio]').nth(2).press('Space')
      await tapTwice(page, page.getByRole('button', { name: 'Next' }), 150)
      await expect(page).toHaveURL(/\/who$/)
      // Whoever looks first goes on as ever.
      await looked(page)
      await page.getByRole('button', { name: 'Next' }).tap()
      await expect(page).toHaveURL(/\/place$/)
      await page.getByRole('combobox').first().selectOption('KEN')
      await page.getByRole('textbox').nth(1).fill('Kisumu')
      await tapTwice(page, page.getByRole('button', { name: 'Next' }), 150)
      await expect(page).toHaveURL(/\/date$/)
      await tapTwice(page, page.getByRole('button', { name: 'Back' }), 150)
      await expect(page).toHaveURL(/\/who$/)
      for (const step of ['place', 'date', 'words']) {
        await page.getByRole('button', { name: 'Next' }).click()
        await expect(page).toHaveURL(new RegExp(`/${step}$`))
      }
      await page.getByRole('textbox').first().fill('The well is dry since Monday.')
      await page.getByRole('button', { name: 'Next' }).click()
      await page.locator('input[type=radio]').first().press('Space')
      await page.getByRole('button', { name: 'Next' }).click()
      await page.locator('input[type=radio]').first().press('Space')
      await page.getByRole('button', { name: 'Next' }).click()
      await tapTwice(page, page.getByRole('button', { name: 'Save on this phone' }), 300)
      await expect(page.getByText('Saved on this phone.', { exact: true })).toBeVisible()
      await expect(page.locator('a[href^="/record/"]')).toHaveCount(0)
      expect(new URL(page.url()).pathname).toBe('/')
    })
  })

  test('[VO75] at 320 px, and with letters twice as large, no screen of recording loses anything', async () => {
    test.setTimeout(180_000)
    for (const locale of ['es-MX', 'ar-LB']) {
      await withPhone(async (page) => {
        await page.setViewportSize({ width: 320, height: 640 })
        const large = await page.context().newCDPSession(page)
        // As the setting of the browser does: the size of letters, not of pixels.
        await large.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } })
        const lost: string[] = []
        for (const kind of ['challenge', 'action'] as const) {
          for await (const step of recordOn(page, kind)) {
            if (step === 'review') await page.locator('main details > summary').first().press('Enter')
            if (step === 'place') await openMap(page)
            if (step === 'words' && kind === 'challenge') lost.push(...(await lostWithPhoto(page)).map((what) => `${locale} ${what}`))
            lost.push(...(await lostOn(page)).map((what) => `${locale} ${kind} ${step}: ${what}`))
          }
        }
        expect(lost).toEqual([])
      }, locale)
    }
  })

  async function withPhone(run: (page: Page, profile: Profile) => Promise<void>, locale = 'en-GB'): Promise<void> {
    const profile = await createProfile({ size: 'phone', locale })
    try {
      const page = await profile.open()
      await page.goto(await server.invite('volunteer'))
      await joinOn(page)
      await run(page, profile)
    } finally {
      await profile.close()
    }
  }
})

/** Two taps of one finger at one place, whatever stands there by the second. */
async function tapTwice(page: Page, control: Locator, betweenMs: number): Promise<void> {
  await looked(page)
  const { x, y, width, height } = (await control.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  const touchPoints = [{ x: x + width * 0.6, y: y + height / 2 }]
  const finger = await page.context().newCDPSession(page)
  const tap = () => [finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints }), finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })]
  // A finger does not wait until a busy page has taken its first tap.
  const first = tap()
  await page.waitForTimeout(betweenMs)
  await Promise.all([...first, ...tap()])
  await finger.detach()
  await looked(page)
}

/** Nobody reads a screen faster, and whatever the last taps began has come. */
async function looked(page: Page): Promise<void> {
  await page.waitForTimeout(700)
}

interface Where {
  /** A name that is written, `phone` or `last`. */
  readonly where: string
  readonly country?: string
  readonly group?: string
}

/** A thumb that counts. */
function thumb(page: Page) {
  let taps = 0
  const tap = async (control: Locator): Promise<void> => {
    taps += 1
    await control.click()
  }
  return {
    count: () => taps,
    tap,
    radio: (name: RegExp) => tap(page.getByRole('radio', { name })),
    next: () => tap(page.getByRole('button', { name: 'Next', exact: true })),
    at: (name: string) => expect(page.getByRole('heading', { level: 1, name })).toBeVisible(),
  }
}

async function challenge(page: Page, where: Where): Promise<number> {
  const { tap, radio, next, at, count } = thumb(page)
  await tap(page.getByRole('link', { name: /What is hard here/ }))
  await at('What is it about?')
  await radio(/^Education and learning/)
  await at('How serious is it?')
  await radio(/People lack some essentials/)
  await at('Who is it about?')
  await next()
  await at('Where is it?')
  await placed(page, where, tap)
  await next()
  await at('When was it?')
  await next()
  await page.getByRole('textbox', { name: 'What happens?' }).fill('The lessons come by radio, but we do not receive it.')
  await next()
  await at('How do you know?')
  await radio(/I saw it myself/)
  await at('Do the people agree?')
  await radio(/Nobody can be recognised/)
  await at('Read it once more')
  await tap(page.getByRole('button', { name: 'Save on this phone' }))
  await at('My notebook')
  return count()
}

async function action(page: Page, where: Where): Promise<number> {
  const { tap, radio, next, at, count } = thumb(page)
  await tap(page.getByRole('link', { name: /What people do/ }))
  await at('What do people do?')
  await tap(page.getByRole('checkbox', { name: /Making things/ }))
  await next()
  await at('What is it about?')
  await radio(/^Health/)
  await at('Where does it stand?')
  await radio(/Ongoing/)
  await next()
  await at('Where, and who does it?')
  await placed(page, where, tap)
  await next()
  await at('Whom does it reach?')
  await page.getByRole('textbox', { name: /How many people/ }).fill('140')
  await next()
  await page.getByRole('textbox', { name: 'What was done?' }).fill('Fourteen women sew masks from old sheets.')
  await next()
  await at('Which challenge does it answer?')
  await tap(page.getByRole('checkbox', { name: /None listed/ }))
  await at('How do you know, and do the people agree?')
  await radio(/I saw it myself/)
  await radio(/Nobody can be recognised/)
  await at('Read it once more')
  await tap(page.getByRole('button', { name: 'Save on this phone' }))
  await at('My notebook')
  return count()
}

async function placed(page: Page, { where, country, group }: Where, tap: (control: Locator) => Promise<void>): Promise<void> {
  if (country !== undefined) await page.getByRole('combobox', { name: 'Country' }).selectOption(country)
  if (where === 'phone') {
    await tap(page.getByRole('button', { name: 'Find where I am' }))
    await expect(page.getByText('-0.09, 34.77')).toBeVisible()
  } else if (where === 'last') await tap(page.getByRole('button', { name: /^As last time/ }))
  else await page.getByRole('textbox', { name: 'Place', exact: true }).fill(where)
  if (group === undefined) return
  await page.getByRole('textbox', { name: 'Who does it?' }).fill(group)
  await page.getByRole('combobox', { name: /kind of group/ }).selectOption('504')
}

async function openMap(page: Page): Promise<void> {
  await page.locator('main button[aria-expanded]').press('Enter')
  await expect(page.locator('main svg path').nth(20)).toBeAttached()
}

/** With a photo on its card, and while faces in it are being hidden. */
async function lostWithPhoto(page: Page): Promise<readonly string[]> {
  await page.locator('input[type=file]').last().setInputFiles({ name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer: await pictureWithFaces() })
  await expect(page.locator('main li img')).toBeVisible()
  const onCard = await lostOn(page)
  await page.locator('main li button').first().press('Enter')
  await expect(page.locator('dialog[open] canvas')).toBeVisible()
  const onTool = await lostOn(page)
  await page.keyboard.press('Escape')
  return [...onCard.map((what) => `card: ${what}`), ...onTool.map((what) => `tool: ${what}`)]
}

/** What sticks out of the screen to the side, and words that are cut off. */
function lostOn(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const wide = document.documentElement.scrollWidth > innerWidth ? [`the page is ${document.documentElement.scrollWidth} px wide`] : []
    const cut = [...document.querySelectorAll<HTMLElement>('main h1, main h2, main label, main legend, main button, main p, footer button, main summary')].filter((element) => {
      const box = element.getBoundingClientRect()
      if (box.width <= 1 || element.closest('.visually-hidden') !== null) return false
      return box.left < -1 || box.right > innerWidth + 1 || element.scrollWidth > element.clientWidth + 2 && getComputedStyle(element).overflow !== 'visible'
    })
    // What stays in place at the bottom must leave the page to be read.
    const bar = document.querySelector<HTMLElement>('footer')
    const covered = bar !== null && getComputedStyle(bar).position === 'sticky' && bar.offsetHeight > innerHeight / 3 ? [`the bar is ${bar.offsetHeight} px high`] : []
    return [...wide, ...covered, ...cut.map((element) => `${element.tagName} "${element.textContent?.slice(0, 40)}"`)]
  })
}

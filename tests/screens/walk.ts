import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import type { Page } from '@playwright/test'
import { ScriptDevice, systemDeps } from '../../demo/script-device.ts'
import { startAppServer } from '../support/app-server.ts'
import type { AppServer } from '../support/app-server.ts'
import { joinOn, recordOn } from '../support/people.ts'
import { createProfile, readyOffline } from '../support/profiles.ts'
import type { ProfileOptions } from '../support/profiles.ts'
import { walkDetails } from './details.ts'
import { reviewNew } from './reviewed.ts'

/*
 * `npm run screens`: pictures of every screen of the phone, walked in the real app on the real server. Things are found by role and
 * place, never by words, so that one walk serves every language.
 */

const modes = [
  { name: 'en-light', locale: 'en-GB', colorScheme: 'light' },
  { name: 'ar-dark', locale: 'ar-LB', colorScheme: 'dark' },
] as const satisfies readonly (Pick<ProfileOptions, 'locale' | 'colorScheme'> & { readonly name: string })[]

async function main(): Promise<void> {
  const folder = process.argv[2] ?? 'screens'
  const server = await startAppServer()
  try {
    const ruth = await ScriptDevice.join(systemDeps(server.url), server.coordinatorLink, { name: 'Ruth', organisation: 'Solidarity Network', language: 'en' })
    let after = 0
    for (const mode of modes) {
      const out = join(folder, mode.name)
      await mkdir(out, { recursive: true })
      const profile = await createProfile({ size: 'phone', ...mode })
      try {
        const page = await profile.open()
        const camera = cameraFor(page, out)
        await walkIn(page, server, camera)
        after = await reviewNew(ruth, server.url, after)
        await walkAbout(page, server, camera)
        await walkDetails(page, server.url, camera)
        await walkMove(page, server, camera)
        await profile.context().setOffline(true)
        await page.goto(`${server.url}/`)
        await camera('home-offline')
      } finally {
        await profile.close()
      }
      process.stdout.write(`${out}\n`)
    }
  } finally {
    await server.stop()
  }
}

type Camera = (name: string) => Promise<void>

/** Numbered, so that the pictures stand in the order of the walk. */
function cameraFor(page: Page, folder: string): Camera {
  let count = 0
  return async (name) => {
    count += 1
    await page.waitForSelector('main')
    // What comes in motion, and the words that go by themselves, have come.
    await page.waitForTimeout(350)
    await page.screenshot({ path: join(folder, `${String(count).padStart(2, '0')}-${name}.png`), fullPage: true })
  }
}

/** From the invite to three saved entries. */
async function walkIn(page: Page, server: AppServer, camera: Camera): Promise<void> {
  await page.goto(`${server.url}/`)
  await page.locator('main details > summary').click()
  await camera('no-link')
  await page.goto(await server.invite('volunteer'))
  await camera('join')
  await joinOn(page)
  await readyOffline(page)
  await camera('home-empty')
  for await (const step of recordOn(page, 'challenge')) await camera(`challenge-${step}`)
  await camera('home-saved')
  for await (const step of recordOn(page, 'action')) await camera(`action-${step}`)
  for await (const _ of recordOn(page, 'challenge')) continue
  await page.waitForFunction(() => document.querySelectorAll('a[href^="/entry/"]').length === 3)
  // All of it is on the server before Ruth reads.
  await page.waitForTimeout(4000)
}

/** Everything that there is to see once Ruth has read. */
async function walkAbout(page: Page, server: AppServer, camera: Camera): Promise<void> {
  await page.goto(`${server.url}/`)
  await page.locator('section[aria-labelledby], section').first().waitFor()
  await page.waitForTimeout(2500)
  await page.locator('a[href="/new/challenge"]').click()
  await page.waitForURL(/\/record\//)
  await page.locator('input[type=radio]').first().check({ force: true })
  await page.goto(`${server.url}/`)
  await camera('home')
  const hrefs = await page.locator('main a[href^="/entry/"]').evaluateAll((links) => [...new Set(links.map((link) => (link.getAttribute('href') ?? '').split('#')[0] ?? ''))])
  for (const [index, href] of hrefs.entries()) {
    await page.goto(`${server.url}${href}`)
    await camera(`entry-${index + 1}`)
  }
  await walkEntryActs(page, camera)
  for (const path of ['entries', 'settings', 'campaigns', 'install', 'practice', 'nowhere']) {
    await page.goto(`${server.url}/${path}`)
    await camera(path)
  }
  await walkHelp(page, server, camera)
  await walkPractice(page, server, camera)
}

/** What an iPhone is shown, and the other end of the move. */
async function walkMove(page: Page, server: AppServer, camera: Camera): Promise<void> {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'userAgent', { get: () => 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1' })
  })
  await page.goto(`${server.url}/`)
  await camera('home-iphone')
  await page.goto(`${server.url}/install`)
  await camera('install-iphone')
  await page.locator('main section button').last().click()
  await page.locator('main textarea').waitFor()
  await camera('install-code')
}

/** Each topic opened. */
async function walkHelp(page: Page, server: AppServer, camera: Camera): Promise<void> {
  await page.goto(`${server.url}/help`)
  await page.locator('main details').first().waitFor()
  await camera('help')
  for (const summary of await page.locator('main details > summary').all()) await summary.click()
  await camera('help-open')
}

/** A practice entry to its end. */
async function walkPractice(page: Page, server: AppServer, camera: Camera): Promise<void> {
  await page.goto(`${server.url}/practice`)
  await page.locator('a[href$="/new/challenge"]').waitFor()
  for await (const step of recordOn(page, 'challenge', '/practice')) if (step === 'topic' || step === 'review') await camera(`practice-${step}`)
  await camera('practice-end')
}

/** The forms and the dialog of the entry that is open. */
async function walkEntryActs(page: Page, camera: Camera): Promise<void> {
  const menu = page.locator('header details summary')
  await menu.click()
  await camera('entry-menu')
  await page.locator('header details button').first().click()
  await page.locator('dl button, main button').first().waitFor()
  await camera('entry-changing')
  await menu.click()
  await page.locator('header details button').last().click()
  await page.locator('dialog[open]').waitFor()
  await camera('entry-take-back')
  await page.keyboard.press('Escape')
}

await main()

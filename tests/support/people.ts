import { expect } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'

/*
 * A person on a page in any language: found by role and place, never by words, so that every screen of every language can be
 * visited by one walk. The stories find things by their words instead.
 */

/** Joins on the open join page. */
export async function joinOn(page: Page): Promise<void> {
  await page.getByRole('textbox').first().fill('Awa')
  await page.locator('button[type=submit]').click()
  await page.waitForURL((url) => !url.pathname.startsWith('/join'))
  await expect(page.locator('a[href="/new/challenge"]')).toBeVisible()
}

/** Walks the quick path with the first answer that each screen offers, and stops at each screen for a look. */
export async function* recordOn(page: Page, kind: 'challenge' | 'action', base = '', words = 'The school is closed since the sixteenth. Call +254 700 123 456.'): AsyncGenerator<string> {
  await page.locator(`a[href="${base}/new/${kind}"]`).click()
  for (;;) {
    await page.waitForURL(/\/record\//)
    const step = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    await expect(page.locator('main h1')).toBeVisible()
    yield step
    if (step === 'review') break
    await answer(page, step, words)
    await mainButton(page).click()
    await page.waitForURL((url) => !url.pathname.endsWith(`/${step}`))
  }
  await mainButton(page).click()
  await page.waitForURL((url) => url.pathname === `${base}/`)
}

/** Chooses with the keyboard: a tap may go on to the next screen by itself, and a walk wants to look before it goes. */
export async function pick(control: Locator): Promise<void> {
  if (!(await control.isChecked())) await control.press('Space')
}

/** The one ink button of the bar at the bottom. */
function mainButton(page: Page) {
  return page.locator('button[type=submit], footer button').last()
}

async function answer(page: Page, step: string, words: string): Promise<void> {
  if (step === 'place') {
    await page.getByRole('combobox').first().selectOption('KEN')
    const boxes = page.getByRole('textbox')
    for (let index = 0; index < (await boxes.count()); index += 1) await boxes.nth(index).fill(`Kajulu ${index}`)
    if ((await page.getByRole('combobox').count()) > 1) await page.getByRole('combobox').nth(1).selectOption('504')
    return
  }
  if (step === 'words') return page.getByRole('textbox').first().fill(words)
  for (const group of await page.getByRole('radiogroup').or(page.locator('fieldset')).all()) {
    const first = group.locator('input[type=radio], input[type=checkbox]').first()
    if ((await first.count()) > 0 && (await group.locator('input:checked').count()) === 0) await pick(first)
  }
  if (step === 'reached') await pick(page.locator('input[type=checkbox]').first())
}

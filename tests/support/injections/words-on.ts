import type { Page } from '@playwright/test'
import type { Placed } from './spread.ts'

/** Where words ought to have been and were not. */
export interface Unshown extends Placed {
  readonly scene: string
}

/** How long a screen may take until its words are there. */
const patienceMs = 10_000

/** Those of the texts that a page does not show as words: in its text, in an attribute that is read out, in what a field holds. Waits until all are there. */
export async function unshownOn(page: Page, scene: string, texts: readonly Placed[]): Promise<readonly Unshown[]> {
  let left = texts
  let waitMs = 20
  for (const began = Date.now(); left.length > 0; await page.waitForTimeout((waitMs *= 1.3))) {
    const words = await wordsOn(page)
    left = left.filter(({ text }) => !words.includes(plain(text)))
    if (left.length === 0 || Date.now() - began > patienceMs) break
  }
  return left.map((one) => ({ scene, ...one }))
}

/** Blanks are told apart neither by a page nor here. */
const plain = (text: string): string => text.replace(/\s+/g, ' ').trim()

async function wordsOn(page: Page): Promise<string> {
  const words = await page.evaluate(() => {
    const read = ['aria-label', 'title', 'alt', 'placeholder', 'value', 'content']
    const found = [document.documentElement.textContent]
    for (const element of document.querySelectorAll('*')) {
      for (const name of read) found.push(element.getAttribute(name) ?? '')
      if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) found.push(element.value)
    }
    return found.join('\n')
  }).catch(() => '')
  return plain(words)
}

/** Goes on within the app, as a tap on a link does: without loading it anew. False where no screen comes. */
export async function goTo(page: Page, path: string): Promise<boolean> {
  await page.evaluate((to) => history.pushState(null, '', to), path)
  const heading = page.locator('h1').first().waitFor()
  // Lines where words are still to come.
  const awaited = page.locator('output > .visually-hidden + span').first().waitFor({ state: 'detached' })
  return Promise.all([heading, awaited]).then(() => true, () => false)
}

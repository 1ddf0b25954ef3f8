import type { Page } from '@playwright/test'
import type { Placed } from './spread.ts'
import { goTo, unshownOn } from './words-on.ts'
import type { Unshown } from './words-on.ts'

/** A look at screens one after the other, that notes which words were not there to be read. */
export class Walk {
  readonly page: Page
  readonly unshown: Unshown[] = []
  readonly #typed: () => string

  /** `typed` gives what is typed into the fields of each screen. */
  constructor(page: Page, typed: () => string) {
    this.page = page
    this.#typed = typed
  }

  /** A screen of the app, with all that is folded away opened, and something typed into every field. */
  async see(path: string, texts: readonly Placed[] = []): Promise<void> {
    if (!(await goTo(this.page, path))) this.unshown.push({ scene: path, place: 'the screen', text: (await this.page.locator('body').innerText()).slice(0, 500) })
    await unfold(this.page)
    await this.look(path, texts)
    await typeEverywhere(this.page, this.#typed())
  }

  /** Addresses with the text of each turn, each in a few of the turns: in the others it would show the same. */
  async seeEach(addressesOf: (turn: number) => readonly string[], turns: number): Promise<void> {
    const every = Math.min(turns, 5)
    for (let turn = 0; turn < turns; turn += 1) for (const [index, path] of addressesOf(turn).entries()) if (index % every === turn % every) await this.see(path)
  }

  /** What stands on the page now, or on another one. */
  async look(scene: string, texts: readonly Placed[], page = this.page): Promise<void> {
    this.unshown.push(...(await unshownOn(page, scene, texts)))
  }
}

async function unfold(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const summary of document.querySelectorAll<HTMLElement>('main details:not([open]) > summary')) summary.click()
  })
}

/** As the browser tells of typing; sends nothing off. */
async function typeEverywhere(page: Page, text: string): Promise<void> {
  await page.evaluate((typed) => {
    for (const field of document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('textarea, input:not([type]), input[type=text], input[type=search]')) {
      // Past React, which keeps what it set itself: as if the browser had.
      const descriptor = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field) as object, 'value')
      descriptor?.set?.call(field, field.maxLength > 0 ? typed.slice(0, field.maxLength) : typed)
      field.dispatchEvent(new Event('input', { bubbles: true }))
    }
  }, text)
}

import { setTimeout as pause } from 'node:timers/promises'

/** A browser of another engine, as far as W3C WebDriver and WebDriver BiDi have it in common. */
export interface Engine {
  /** As it calls itself, with its version. */
  readonly name: string
  readonly open: (url: string) => Promise<void>
  /** The value of an expression of the page, once it has one: a text, a number, true or false. */
  readonly ask: (expression: string) => Promise<unknown>
  /** By keys, into the field that the selector finds with that index. */
  readonly write: (selector: string, text: string, index?: number) => Promise<void>
  readonly giveFile: (selector: string, path: string) => Promise<void>
  readonly close: () => Promise<void>
}

/** A limit for what never comes, and no measure: the machine may be busy. */
const longestMs = 60_000

/** Waits until it is so; fails with what stood there instead. */
export async function until(engine: Engine, what: string, isSo: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + longestMs
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`${what} did not come. The page says:\n${(await words(engine)).slice(0, 1500)}`)
    await pause(250)
  }
}

/** What stands on the page, as a person reads it. */
export const words = async (engine: Engine): Promise<string> => String(await engine.ask('document.body.innerText'))
export const address = async (engine: Engine): Promise<URL> => new URL(String(await engine.ask('location.href')))
export const untilWords = (engine: Engine, text: string): Promise<void> => until(engine, `“${text}”`, async () => (await words(engine)).includes(text))
export const untilThere = (engine: Engine, selector: string): Promise<void> => until(engine, selector, async () => (await engine.ask(`document.querySelector(${JSON.stringify(selector)}) !== null`)) === true)

/** As a click of the page: drivers take what lies below a bar that stands for hidden, and do not scroll it out. */
export async function tap(engine: Engine, selector: string): Promise<void> {
  await untilThere(engine, selector)
  await engine.ask(`document.querySelector(${JSON.stringify(selector)}).click()`)
}

/** A driver listens a moment after it has begun. */
export async function whenReady<Value>(begin: () => Promise<Value>): Promise<Value> {
  for (let tries = 60; ; tries -= 1) {
    try {
      return await begin()
    } catch (error) {
      if (tries === 0) throw error
      await pause(500)
    }
  }
}

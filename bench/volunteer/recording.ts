import type { Locator, Page } from '@playwright/test'
import { seenMs } from '../../src/volunteer/record/use-tap-onward.ts'
import type { Benchmark, Samples } from '../runner/benchmark.ts'
import { fingerOn, openBrowser, slowPage } from './field-phone.ts'
import type { FieldPage } from './field-phone.ts'
import type { FilledPhone } from './filled-phone.ts'
import { readTaps, watchTaps } from './tap-watch.ts'

export const recording = (fill: () => Promise<FilledPhone>, entries: string): Benchmark => ({
  name: 'recording',
  about: `Recording challenges without a connection, ${entries} own entries: CPU ÷ 4`,
  warmUps: 1,
  rounds: 8,
  measures: [
    { name: 'tap on Next to the next step', unit: 'ms', goal: { of: 'p95', limit: 'at most', value: 100 } },
    { name: `tap on an answer to the next step, without the ${seenMs} ms in which it is seen`, unit: 'ms', goal: { of: 'p95', limit: 'at most', value: 100 } },
    { name: 'tap on Save to home with the entry', unit: 'ms' },
  ],
  prepare: async ({ chromium }) => {
    const filled = await fill()
    const { dir, remove } = await filled.copy()
    const context = await openBrowser(chromium, dir)
    await context.setOffline(true)
    const field = await slowPage(context, { network: 'as it is' })
    const { page } = field
    await page.addInitScript(watchTaps)
    await page.goto(`${filled.server.url}/`)
    return {
      round: () => recordOne(field),
      close: async () => {
        await context.close()
        await remove()
      },
    }
  },
})

/** What a test tool asks of a page costs it time of its own: it asks nothing while a step is on its way. */
const untouchedMs = 400

/** By thumb, the whole way; the watch in the page takes the time of each tap. */
async function recordOne(field: FieldPage): Promise<Samples> {
  const { page } = field
  await page.locator('a[href="/new/challenge"]').tap()
  await answer(field, 'topic', page.getByRole('radio', { name: /^Education and learning/ }))
  await answer(field, 'severity', page.getByRole('radio', { name: /People lack some essentials/ }))
  await at(page, 'who')
  const group = page.getByRole('checkbox', { name: /General population/ })
  if (!(await group.isChecked())) await group.tap()
  await next(field, 'who')
  await fillPlace(page)
  await next(field, 'place')
  await next(field, 'date')
  await at(page, 'words')
  await page.getByRole('textbox', { name: 'What happens?' }).fill('The lessons come by radio, but we do not receive it.')
  await next(field, 'words')
  await answer(field, 'source', page.getByRole('radio', { name: /I saw it myself/ }))
  await answer(field, 'consent', page.getByRole('radio', { name: /Nobody can be recognised/ }))
  await at(page, 'review')
  await page.getByRole('button', { name: 'Save on this phone' }).tap()
  await page.waitForURL((url) => url.pathname === '/')
  await page.locator('main a[href^="/entry/"]').first().waitFor()
  const taps = await readTaps(page)
  const took = (kind: 'answer' | 'next' | 'save'): readonly number[] => taps.filter((tap) => tap.kind === kind).map(({ ms }) => ms)
  const [nextTaps, answers, saves] = [took('next'), took('answer'), took('save')]
  if (nextTaps.length !== 4 || answers.length !== 4 || saves.length !== 1) throw new Error(`taps were missed: ${JSON.stringify(taps)}`)
  return {
    'tap on Next to the next step': nextTaps,
    [`tap on an answer to the next step, without the ${seenMs} ms in which it is seen`]: answers.map((ms) => ms - seenMs),
    'tap on Save to home with the entry': saves,
  }
}

async function at(page: Page, step: string): Promise<void> {
  await page.waitForURL(new RegExp(`/record/[^/]+/${step}`))
  await page.locator('main h1').waitFor()
}

/** What was chosen last time is not chosen yet: each round begins a draft of its own. */
async function answer(field: FieldPage, step: string, control: Locator): Promise<void> {
  const { page } = field
  await at(page, step)
  await fingerOn(field, control)
  await page.waitForTimeout(seenMs + untouchedMs)
  await page.waitForURL((url) => !url.pathname.endsWith(`/${step}`))
}

async function next(field: FieldPage, step: string): Promise<void> {
  const { page } = field
  await at(page, step)
  await fingerOn(field, page.getByRole('button', { name: 'Next', exact: true }))
  await page.waitForTimeout(untouchedMs)
  await page.waitForURL((url) => !url.pathname.endsWith(`/${step}`))
}

async function fillPlace(page: Page): Promise<void> {
  await at(page, 'place')
  await page.getByRole('combobox', { name: /^Country/ }).selectOption('KEN')
  await page.getByRole('textbox', { name: /^Region/ }).fill('Kisumu')
  await page.getByRole('textbox', { name: /^Place/ }).fill('Kajulu')
}

import { setTimeout as wait } from 'node:timers/promises'
import { renderersOf } from '../../tests/support/renderer-memory.ts'
import type { Benchmark, Samples } from '../runner/benchmark.ts'
import { inBareBrowser } from './bare-page.ts'
import type { BarePage } from './bare-page.ts'
import { workOf } from './field-phone.ts'
import type { FilledPhone } from './filled-phone.ts'
import { firstPaint, firstTapBare } from './first-tap.ts'

interface About extends Pick<Benchmark, 'name' | 'rounds'> {
  readonly start: string
  readonly entries: string
}

export const reopenOffline = (fill: () => Promise<FilledPhone>, { start, entries, ...about }: About): Benchmark => ({
  ...about,
  about: `${start} without a connection, ${entries} own entries: CPU ÷ 4`,
  warmUps: 1,
  measures: [
    { name: 'shell painted', unit: 'ms' },
    { name: 'ways into a new entry stand', unit: 'ms' },
    { name: 'one of them takes a tap', unit: 'ms', goal: { of: 'median', limit: 'at most', value: 900 } },
    { name: 'the form that was tapped for stands', unit: 'ms' },
    { name: 'home stands with its entries', unit: 'ms' },
    { name: 'home answers a tap', unit: 'ms', goal: { of: 'median', limit: 'at most', value: 900 } },
    { name: 'main thread at work until then', unit: 'ms' },
    { name: 'of it script', unit: 'ms' },
    { name: 'memory of the page alone', unit: 'MB', goal: { of: 'median', limit: 'at most', value: 200 } },
  ],
  prepare: async ({ chromium }) => {
    const filled = await fill()
    const opened = async <Value>(look: (page: BarePage, dir: string) => Promise<Value>): Promise<Value> => {
      const { dir, remove } = await filled.copy()
      try {
        return await inBareBrowser(chromium, dir, async (page) => {
          // The browser's own start is no part of it.
          await wait(2000)
          return look(page, dir)
        })
      } finally {
        await remove()
      }
    }
    const tapped = (page: BarePage, standsWhen: string) => firstTapBare(page, `${filled.server.url}/`, { standsWhen, tap: 'a[href="/new/challenge"]' })
    return {
      // Twice: who taps as soon as there is something to tap does not wait for home.
      round: async (): Promise<Samples> => {
        const early = await opened(async (page) => {
          const { stands, answers } = await tapped(page, 'a[href="/new/challenge"]')
          const form = await page.until("location.pathname.startsWith('/record/') && document.querySelector('main h1') !== null && performance.now()")
          return { 'ways into a new entry stand': [stands], 'one of them takes a tap': [answers], 'the form that was tapped for stands': [Number(form)] }
        })
        const home = await opened(async (page, dir) => {
          const { stands, answers } = await tapped(page, 'main a[href^="/entry/"]')
          const { task, script } = await workOf({ cdp: page })
          await page.until("location.pathname.startsWith('/record/')")
          const memory = Math.max(...renderersOf(dir).map(({ own }) => own))
          return {
            'shell painted': [await firstPaint(page)], 'home stands with its entries': [stands], 'home answers a tap': [answers],
            'main thread at work until then': [task], 'of it script': [script], 'memory of the page alone': [memory / 1e6],
          }
        })
        return { ...early, ...home }
      },
      close: async () => undefined,
    }
  },
})

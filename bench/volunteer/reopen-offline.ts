import { setTimeout as wait } from 'node:timers/promises'
import { renderersOf } from '../../tests/support/renderer-memory.ts'
import type { Benchmark, Samples } from '../runner/benchmark.ts'
import { openBrowser, slowPage, workOf } from './field-phone.ts'
import type { FieldPage } from './field-phone.ts'
import type { FilledPhone } from './filled-phone.ts'
import { firstPaint, firstTap } from './first-tap.ts'

export const reopenOffline = (fill: () => Promise<FilledPhone>, entries: string): Benchmark => ({
  name: 'reopen-offline',
  about: `Cold start without a connection, ${entries} own entries: CPU ÷ 4`,
  warmUps: 1,
  rounds: 9,
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
    const opened = async <Value>(look: (slow: FieldPage, dir: string) => Promise<Value>): Promise<Value> => {
      const { dir, remove } = await filled.copy()
      const context = await openBrowser(chromium, dir)
      try {
        await context.setOffline(true)
        const slow = await slowPage(context, { network: 'as it is' })
        await slow.cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
        // The browser's own start is no part of it.
        await wait(2000)
        return await look(slow, dir)
      } finally {
        await context.close()
        await remove()
      }
    }
    const tapped = (slow: FieldPage, standsWhen: string) => firstTap(slow, `${filled.server.url}/`, { standsWhen, tap: 'a[href="/new/challenge"]' })
    return {
      // Twice: who taps as soon as there is something to tap does not wait for home.
      round: async (): Promise<Samples> => {
        const early = await opened(async (slow) => {
          const { stands, answers } = await tapped(slow, 'a[href="/new/challenge"]')
          const form = await slow.page.waitForFunction(() => location.pathname.startsWith('/record/') && document.querySelector('main h1') !== null && performance.now())
          return { 'ways into a new entry stand': [stands], 'one of them takes a tap': [answers], 'the form that was tapped for stands': [Number(await form.jsonValue())] }
        })
        const home = await opened(async (slow, dir) => {
          const { stands, answers } = await tapped(slow, 'main a[href^="/entry/"]')
          const { task, script } = await workOf(slow)
          await slow.page.waitForURL(/\/record\//)
          const memory = Math.max(...renderersOf(dir).map(({ own }) => own))
          return {
            'shell painted': [await firstPaint(slow)], 'home stands with its entries': [stands], 'home answers a tap': [answers],
            'main thread at work until then': [task], 'of it script': [script], 'memory of the page alone': [memory / 1e6],
          }
        })
        return { ...early, ...home }
      },
      close: async () => undefined,
    }
  },
})

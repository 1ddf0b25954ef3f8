import { setTimeout as wait } from 'node:timers/promises'
import { renderersOf } from '../../tests/support/renderer-memory.ts'
import type { Benchmark, Samples } from '../runner/benchmark.ts'
import { openBrowser, slowPage, workOf } from './field-phone.ts'
import type { FilledPhone } from './filled-phone.ts'
import { firstPaint, firstTap } from './first-tap.ts'

export const reopenOffline = (fill: () => Promise<FilledPhone>, entries: string): Benchmark => ({
  name: 'reopen-offline',
  about: `Cold start without a connection, ${entries} own entries: CPU ÷ 4`,
  warmUps: 1,
  rounds: 9,
  measures: [
    { name: 'shell painted', unit: 'ms' },
    { name: 'home stands with its entries', unit: 'ms' },
    { name: 'home answers a tap', unit: 'ms', goal: { of: 'median', limit: 'at most', value: 900 } },
    { name: 'main thread at work until then', unit: 'ms' },
    { name: 'of it script', unit: 'ms' },
    { name: 'memory of the page alone', unit: 'MB', goal: { of: 'median', limit: 'at most', value: 200 } },
  ],
  prepare: async ({ chromium }) => {
    const filled = await fill()
    return {
      round: async (): Promise<Samples> => {
        const { dir, remove } = await filled.copy()
        const context = await openBrowser(chromium, dir)
        try {
          await context.setOffline(true)
          const slow = await slowPage(context, { network: 'as it is' })
          await slow.cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
          // The browser's own start is no part of it.
          await wait(2000)
          const { stands, answers } = await firstTap(slow, `${filled.server.url}/`, { standsWhen: 'main a[href^="/entry/"]', tap: 'a[href="/new/challenge"]' })
          const { task, script } = await workOf(slow)
          await slow.page.waitForURL(/\/record\//)
          const memory = Math.max(...renderersOf(dir).map(({ own }) => own))
          return {
            'shell painted': [await firstPaint(slow)], 'home stands with its entries': [stands], 'home answers a tap': [answers],
            'main thread at work until then': [task], 'of it script': [script], 'memory of the page alone': [memory / 1e6],
          }
        } finally {
          await context.close()
          await remove()
        }
      },
      close: async () => undefined,
    }
  },
})

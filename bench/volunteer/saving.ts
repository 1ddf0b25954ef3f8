import type { Benchmark, Samples } from '../runner/benchmark.ts'
import { openBrowser, slowPage } from './field-phone.ts'
import { openStorePage } from './filled-phone.ts'
import type { FilledPhone, StorePage } from './filled-phone.ts'

const saves = 20

export const saving = (fill: () => Promise<FilledPhone>, entries: string): Benchmark => ({
  name: 'saving',
  about: `Save of a draft in the phone’s store, ${entries} own entries, strict durability: CPU ÷ 4`,
  warmUps: 1,
  rounds: 5,
  measures: [
    { name: 'asked to durable', unit: 'ms', goal: { of: 'p95', limit: 'at most', value: 40 }, against: 'bare IndexedDB, one strict transaction over four stores' },
    { name: 'bare IndexedDB, one strict transaction over four stores', unit: 'ms' },
  ],
  prepare: async ({ chromium }) => {
    const filled = await fill()
    const { dir, remove } = await filled.copy()
    const context = await openBrowser(chromium, dir)
    const { page } = await slowPage(context, { network: 'as it is' })
    await openStorePage(page, filled.server.url)
    await context.setOffline(true)
    return {
      round: async (): Promise<Samples> => ({
        'asked to durable': await page.evaluate((count) => (Reflect.get(window, 'store') as StorePage).timeSaves(count), saves),
        'bare IndexedDB, one strict transaction over four stores': await page.evaluate((count) => (Reflect.get(window, 'store') as StorePage).timeRawWrites(count), saves),
      }),
      close: async () => {
        await context.close()
        await remove()
      },
    }
  },
})

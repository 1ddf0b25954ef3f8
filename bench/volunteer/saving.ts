import type { Benchmark, Samples } from '../runner/benchmark.ts'
import { openBrowser, slowPage } from './field-phone.ts'
import { fillPhone, openStorePage } from './filled-phone.ts'
import type { StorePage } from './filled-phone.ts'

const [entries, saves] = [1000, 40]

export const saving: Benchmark = {
  name: 'saving',
  about: `Save of a draft in the phone’s store, ${entries.toLocaleString('en')} own entries, strict durability: CPU ÷ 4`,
  warmUps: 1,
  rounds: 5,
  measures: [
    { name: 'asked to durable', unit: 'ms', goal: { of: 'p95', limit: 'at most', value: 40 }, against: 'bare IndexedDB, one strict transaction over four stores' },
    { name: 'bare IndexedDB, one strict transaction over four stores', unit: 'ms' },
  ],
  prepare: async ({ chromium }) => {
    const filled = await fillPhone(chromium, entries)
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
        await filled.remove()
      },
    }
  },
}

import type { Benchmark, Samples } from '../runner/benchmark.ts'
import { slowdown as cheapPhone, openBrowser, slowPage } from '../volunteer/field-phone.ts'
import { openStorePage } from '../volunteer/filled-phone.ts'
import type { FilledPhone, StorePage } from '../volunteer/filled-phone.ts'
import { openPeer, slowed } from './peer-browser.ts'
import { slowdown } from './slowdown.ts'

const saves = 10
const bare = 'bare IndexedDB, one strict transaction over four stores'

/** The store alone, at full speed and slowed down, beside PouchDB with as many documents. */
export const savingMany = (fill: () => Promise<FilledPhone>, entries: number): Benchmark => ({
  name: 'saving-many',
  about: `Save of a draft in the phone’s store with ${entries.toLocaleString('en')} own entries, strict durability`,
  warmUps: 1,
  rounds: 3,
  measures: [
    { name: 'asked to durable', unit: 'ms', against: bare, goal: { of: 'median', limit: 'at most', value: 4 } },
    { name: 'asked to durable, the slow ones', unit: 'ms', goal: { of: 'p95', limit: 'at most', value: 10 } },
    { name: bare, unit: 'ms' },
    { name: 'PouchDB: put', unit: 'ms' },
    { name: `asked to durable, CPU ÷ ${cheapPhone}`, unit: 'ms', goal: { of: 'p95', limit: 'at most', value: 40 } },
    { name: `asked to durable, CPU ÷ ${slowdown}`, unit: 'ms', against: `PouchDB: put, CPU ÷ ${slowdown}` },
    { name: `${bare}, CPU ÷ ${slowdown}`, unit: 'ms' },
    { name: `PouchDB: put, CPU ÷ ${slowdown}`, unit: 'ms' },
  ],
  prepare: async ({ chromium }) => {
    const { server, copy } = await fill()
    const { dir, remove } = await copy()
    const context = await openBrowser(chromium, dir)
    const [own, peer] = [await slowPage(context, { network: 'as it is', cpu: 1 }), await openPeer(chromium, server.url, entries)]
    await openStorePage(own.page, server.url)
    await context.setOffline(true)
    const ownSaves = (rate: number) => slowed(own, rate, () => own.page.evaluate((count) => (Reflect.get(window, 'store') as StorePage).timeSaves(count), saves))
    const times = async (suffix: string, rate: number): Promise<Samples> => {
      const saved = await ownSaves(rate)
      const raw = await slowed(own, rate, () => own.page.evaluate((count) => (Reflect.get(window, 'store') as StorePage).timeRawWrites(count), saves))
      return { [`asked to durable${suffix}`]: saved, [`${bare}${suffix}`]: raw, [`PouchDB: put${suffix}`]: await slowed(peer, rate, () => peer.pouch.puts(saves)) }
    }
    return {
      round: async () => {
        const fast = await times('', 1)
        const cheap = await ownSaves(cheapPhone)
        return { ...fast, 'asked to durable, the slow ones': fast['asked to durable'] ?? [], [`asked to durable, CPU ÷ ${cheapPhone}`]: cheap, ...(await times(`, CPU ÷ ${slowdown}`, slowdown)) }
      },
      close: async () => {
        await peer.close()
        await context.close()
        await remove()
      },
    }
  },
})

import { fieldEntries } from '../load/field-entries.ts'
import { KeepAlive } from '../load/keep-alive.ts'
import type { DatabaseName } from '../load/databases.ts'
import { SealedPhone } from '../load/sealed-phone.ts'
import type { FilledStores } from '../desk/filled-store.ts'
import type { Benchmark, Measure, Samples } from '../runner/benchmark.ts'

const [few, many] = [10_000, 1_000_000]
const [alone, inRuns] = [150, 2500]
const [rounds, warmUps] = [5, 1]

/** What a new change costs a server that holds much, beside one that holds little, in turn. */
export const growth = (stores: FilledStores, database: DatabaseName): Benchmark => ({
  name: `growth-${database}`,
  about: `New entries on a campaign of ${many.toLocaleString('en')}, beside one of ${few.toLocaleString('en')}: ${database}`,
  warmUps,
  rounds,
  measures: [
    ...['alone', 'in runs'].flatMap((how): readonly Measure[] => [
      { name: `processor per change, ${how}, of ${many.toLocaleString('en')}, by that of ${few.toLocaleString('en')}`, unit: 'times', goal: { of: 'median', limit: 'at most', value: 1.25 } },
      ...[few, many].map((entries): Measure => ({ name: `processor per change, ${how}, of ${entries.toLocaleString('en')}`, unit: 'ms' })),
    ]),
  ],
  prepare: async () => {
    const open = async (entries: number) => {
      const started = await stores.start(database, entries, async (context) => {
        const [campaign] = await context.store.campaigns.list()
        if (campaign === undefined) throw new Error('nothing was filled in')
        return { phone: await SealedPhone.join(context, campaign) }
      })
      return { ...started, entries, client: new KeepAlive(started.server.url) }
    }
    const [entry, small, large] = [fieldEntries(), await open(few), await open(many)]
    let written = 0
    // The first request of a phone looks through everything that it may see, once.
    for (const { phone, client } of [small, large]) await readAll(phone, client)
    return {
      round: async (): Promise<Samples> => {
        const costs: Record<string, number> = {}
        for (const { server, phone, client, entries } of [small, large]) {
          for (const { how, count, runSize } of [{ how: 'alone', count: alone, runSize: 1 }, { how: 'in runs', count: inRuns, runSize: 500 }]) {
            const requests = await phone.seal(Array.from({ length: count }, () => entry((written += 1))), runSize)
            const before = server.used()
            for (const request of requests) await phone.send(client, request)
            const used = server.used()
            costs[`processor per change, ${how}, of ${entries.toLocaleString('en')}`] = (used.server - before.server + used.database - before.database) / count
          }
        }
        const ratios = ['alone', 'in runs'].map((how) => {
          const [base, grown] = [few, many].map((entries) => costs[`processor per change, ${how}, of ${entries.toLocaleString('en')}`] ?? NaN)
          return [`processor per change, ${how}, of ${many.toLocaleString('en')}, by that of ${few.toLocaleString('en')}`, [(grown ?? NaN) / (base ?? NaN)]] as const
        })
        return { ...Object.fromEntries(Object.entries(costs).map(([name, cost]) => [name, [cost]])), ...Object.fromEntries(ratios) }
      },
      close: async () => {
        for (const { client, stop } of [small, large]) {
          client.close()
          await stop()
        }
      },
    }
  },
})

async function readAll(phone: SealedPhone, client: KeepAlive): Promise<void> {
  while ((await phone.send(client, phone.nothing())).more);
}

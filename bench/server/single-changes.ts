import { fieldEntries } from '../load/field-entries.ts'
import { KeepAlive } from '../load/keep-alive.ts'
import type { DatabaseName, Databases } from '../load/databases.ts'
import { startMeasuredServer } from '../load/measured-server.ts'
import type { MeasuredServer } from '../load/measured-server.ts'
import type { SealedPhone } from '../load/sealed-phone.ts'
import { startBare } from '../peers/bare.ts'
import type { Benchmark, Measure, Samples } from '../runner/benchmark.ts'
import { campaignOfPhones } from './campaign.ts'
import { openLimits, singleCommitsOn } from './limits.ts'

/** How many changes each client saves, one after the other, by how many clients do so at once. */
const loads = [{ clients: 1, each: 200 }, { clients: 8, each: 40 }, { clients: 32, each: 15 }] as const

const raw = { SQLite: 'bare node:sqlite, synchronous=FULL, one row a commit', PostgreSQL: 'bare PostgreSQL, one row a commit, one connection' } as const

export const singleChanges = (database: DatabaseName, databases: Databases): Benchmark => ({
  name: `single-changes-${database}`,
  about: `One new entry a request, stored for good before it is answered: ${database}`,
  // A server that runs for weeks has its code compiled; after two thousand changes it still does that, for a tenth of what it needs.
  warmUps: 10,
  rounds: 5,
  measures: measuresOn(database),
  prepare: async () => {
    const { server, made: { phones } } = await startMeasuredServer({ database, databases, fill: (context) => campaignOfPhones(context, 32) })
    const postgres = database === 'PostgreSQL' ? await databases.create() : null
    const bare = await startBare()
    const [entry, limits] = [fieldEntries(), openLimits()]
    const [clients, bareClients] = [server, bare].map(({ url }) => phones.map(() => new KeepAlive(url))) as [KeepAlive[], KeepAlive[]]
    let written = 0
    const next = () => entry((written += 1))
    return {
      round: async () => {
        const samples: Record<string, readonly number[]> = {}
        server.forgetPeak()
        for (const { clients: count, each } of loads) {
          const load = { phones: phones.slice(0, count), each, next }
          Object.assign(samples, await loadOf(server, { ...load, clients }), named(await loadOf(bare, { ...load, phones: phones.slice(0, count).map((phone) => phone.unchained()), clients: bareClients })))
        }
        samples['memory of the server, at most'] = [server.peakMB()]
        const most = postgres === null ? limits.singleCommits() : await singleCommitsOn(postgres.url)
        samples[raw[database]] = [most]
        samples['append and fsync of one row'] = [limits.fsyncs()]
        samples['share of the bare commits, 32 clients'] = [(samples['changes, 32 clients']?.[0] ?? NaN) / most]
        return samples
      },
      close: async () => {
        for (const client of [...clients, ...bareClients]) client.close()
        limits.close()
        await bare.stop()
        await server.stop()
      },
    }
  },
})

function measuresOn(database: DatabaseName): readonly Measure[] {
  const apart = database === 'PostgreSQL' ? ['processor of PostgreSQL per change'] : []
  return [
    ...loads.flatMap(({ clients }): readonly Measure[] => [
      { name: `changes, ${of(clients)}`, unit: 'per second', against: raw[database], ...(clients === 1 ? { goal: { of: 'median', limit: 'at least', value: 700 } } : {}) },
      { name: `answer, ${of(clients)}`, unit: 'ms', ...(clients === 1 ? { goal: { of: 'median', limit: 'at most', value: 1.5 } } : {}) },
      { name: `processor of the server per change, ${of(clients)}`, unit: 'ms', against: `50 lines: processor of the server per change, ${of(clients)}`, goal: { of: 'median', limit: 'at most', value: 0.8 } },
      ...apart.map((name): Measure => ({ name: `${name}, ${of(clients)}`, unit: 'ms' })),
      { name: `50 lines: changes, ${of(clients)}`, unit: 'per second' },
      { name: `50 lines: processor of the server per change, ${of(clients)}`, unit: 'ms' },
    ]),
    { name: 'share of the bare commits, 32 clients', unit: 'times', goal: { of: 'median', limit: 'at least', value: 0.5 } },
    { name: 'memory of the server, at most', unit: 'MB', goal: { of: 'p95', limit: 'at most', value: 200 } },
    { name: raw[database], unit: 'per second' },
    { name: 'append and fsync of one row', unit: 'per second' },
  ]
}

interface Load {
  readonly phones: readonly SealedPhone[]
  readonly clients: readonly KeepAlive[]
  readonly each: number
  readonly next: () => Parameters<SealedPhone['seal']>[0][number]
}

/** Everything is sealed first; then all phones send at once, each its next change when the last one was answered. */
async function loadOf(server: Pick<MeasuredServer, 'used'>, { phones, clients, each, next }: Load): Promise<Samples> {
  const sealed = await Promise.all(phones.map((phone) => phone.seal(Array.from({ length: each }, next), 1)))
  const times: number[] = []
  const [before, began] = [server.used(), performance.now()]
  await Promise.all(phones.map(async (phone, n) => {
    for (const request of sealed[n] ?? []) {
      const sent = performance.now()
      await phone.send(clients[n] as KeepAlive, request)
      times.push(performance.now() - sent)
    }
  }))
  const [took, used] = [performance.now() - began, server.used()]
  const label = of(phones.length)
  return {
    [`changes, ${label}`]: [(times.length * 1000) / took], [`answer, ${label}`]: times,
    [`processor of the server per change, ${label}`]: [(used.server - before.server) / times.length],
    ...(used.database > 0 ? { [`processor of PostgreSQL per change, ${label}`]: [(used.database - before.database) / times.length] } : {}),
  }
}

/** As those of a server without seals or checks (`peers/bare-server.ts`). */
function named(samples: Samples): Samples {
  return Object.fromEntries(Object.entries(samples).filter(([name]) => !name.startsWith('answer')).map(([name, values]) => [`50 lines: ${name}`, values]))
}

function of(clients: number): string {
  return clients === 1 ? '1 client' : `${clients} clients`
}

import { fieldEntries } from '../load/field-entries.ts'
import { KeepAlive } from '../load/keep-alive.ts'
import type { DatabaseName, Databases } from '../load/databases.ts'
import { startMeasuredServer } from '../load/measured-server.ts'
import type { MeasuredServer } from '../load/measured-server.ts'
import { forgetPeak, peakMB, processorMs } from '../load/process-cost.ts'
import type { SealedPhone, SealedRequest } from '../load/sealed-phone.ts'
import { startBare } from '../peers/bare.ts'
import { startPouch } from '../peers/pouch.ts'
import type { PouchPair } from '../peers/pouch.ts'
import type { Benchmark, Measure, Samples } from '../runner/benchmark.ts'
import { campaignOfPhones } from './campaign.ts'
import { openLimits } from './limits.ts'

const [rounds, warmUps] = [3, 1]
/** As many as a phone sends at once (`protocol/sync.ts`). */
const runSize = 500
const bare = 'bare node:sqlite, synchronous=FULL, rows in commits of 100'

/** A phone comes back from the field: all that it holds, in runs. With SQLite, a PouchDB beside it does the same. */
export const waitingChanges = (database: DatabaseName, databases: Databases): Benchmark => ({
  name: `waiting-changes-${database}`,
  about: `A phone with many new entries sends them in runs of ${runSize} and takes back what the server tells of them: ${database}`,
  warmUps, rounds,
  measures: measuresOn(database),
  prepare: async () => {
    const { server, made: { phones } } = await startMeasuredServer({ database, databases, fill: (context) => campaignOfPhones(context, 2 * (rounds + warmUps)) })
    const pouch = database === 'SQLite' ? await startPouch() : null
    const bareServer = await startBare()
    const [entry, limits, client, bareClient, fresh] = [fieldEntries(), openLimits(), new KeepAlive(server.url), new KeepAlive(bareServer.url), [...phones]]
    let [written, round] = [0, 0]
    return {
      round: async () => {
        round += 1
        const samples: Record<string, readonly number[]> = {}
        for (const count of [1000, 10_000]) {
          const phone = fresh.pop()
          if (phone === undefined) throw new Error('there are more rounds than phones')
          const contents = Array.from({ length: count }, () => entry((written += 1)))
          const requests = await phone.seal(contents, runSize)
          Object.assign(samples, await sendAll(server, { phone, client, requests, count }))
          Object.assign(samples, await sendBare(bareServer, { phone: phone.unchained(), client: bareClient, requests, count }))
          if (pouch !== null) Object.assign(samples, withRatio(samples, await replicate(pouch, { count, round }), count))
        }
        samples[bare] = [limits.rowsInHundreds()]
        return samples
      },
      close: async () => {
        client.close()
        bareClient.close()
        await bareServer.stop()
        limits.close()
        await pouch?.stop()
        await server.stop()
      },
    }
  },
})

function measuresOn(database: DatabaseName): readonly Measure[] {
  const hasPeer = database === 'SQLite'
  return [
    ...[1000, 10_000].flatMap((count): readonly Measure[] => [
      { name: `all ${told(count)}`, unit: 'ms', ...(hasPeer ? { against: `PouchDB: all ${told(count)}` } : {}), ...(count === 10_000 ? { goal: { of: 'median', limit: 'at most', value: 2000 } } : {}) },
      { name: `changes, of ${told(count)}`, unit: 'per second', ...(count === 10_000 ? { against: bare } : {}) },
      { name: `processor of the server per change, of ${told(count)}`, unit: 'ms', goal: { of: 'median', limit: 'at most', value: 0.2 }, against: `50 lines: processor of the server per change, of ${told(count)}` },
      ...(hasPeer ? [] : [{ name: `processor of PostgreSQL per change, of ${told(count)}`, unit: 'ms' } as const]),
      { name: `memory of the server, at most, of ${told(count)}`, unit: 'MB', goal: { of: 'p95', limit: 'at most', value: 200 } },
      ...(hasPeer ? peerMeasures(count) : []),
      { name: `50 lines: all ${told(count)}`, unit: 'ms' },
      { name: `50 lines: processor of the server per change, of ${told(count)}`, unit: 'ms' },
    ]),
    { name: bare, unit: 'per second' },
  ]
}

function peerMeasures(count: number): readonly Measure[] {
  return [
    { name: `rate by that of PouchDB, of ${told(count)}`, unit: 'times', ...(count === 10_000 ? { goal: { of: 'median', limit: 'at least', value: 2 } } : {}) },
    { name: `PouchDB: all ${told(count)}`, unit: 'ms' },
    { name: `PouchDB: processor of the server per document, of ${told(count)}`, unit: 'ms' },
    { name: `PouchDB: processor of the phone per document, of ${told(count)}`, unit: 'ms' },
    { name: `PouchDB: memory of the server, at most, of ${told(count)}`, unit: 'MB' },
    { name: `PouchDB: requests, of ${told(count)}`, unit: 'count' },
  ]
}

interface Sending {
  readonly phone: SealedPhone
  readonly client: KeepAlive
  readonly requests: readonly SealedRequest[]
  readonly count: number
}

async function sendAll(server: MeasuredServer, { phone, client, requests, count }: Sending): Promise<Samples> {
  server.forgetPeak()
  const [before, began] = [server.used(), performance.now()]
  for (const request of requests) await phone.send(client, request)
  const [took, used] = [performance.now() - began, server.used()]
  return {
    [`all ${told(count)}`]: [took], [`changes, of ${told(count)}`]: [(count * 1000) / took],
    [`processor of the server per change, of ${told(count)}`]: [(used.server - before.server) / count],
    [`memory of the server, at most, of ${told(count)}`]: [server.peakMB()],
    ...(used.database > 0 ? { [`processor of PostgreSQL per change, of ${told(count)}`]: [(used.database - before.database) / count] } : {}),
  }
}

/** The same requests to a server without seals or checks: what the machine gives in this minute. */
async function sendBare({ used }: Pick<MeasuredServer, 'used'>, { phone, client, requests, count }: Sending): Promise<Samples> {
  const [before, began] = [used().server, performance.now()]
  for (const request of requests) await phone.send(client, request)
  return { [`50 lines: all ${told(count)}`]: [performance.now() - began], [`50 lines: processor of the server per change, of ${told(count)}`]: [(used().server - before) / count] }
}

/** A database of its own on both ends, filled before the clock runs. */
async function replicate(pouch: PouchPair, { count, round }: { readonly count: number; readonly round: number }): Promise<Samples> {
  const name = `entries-${count}-${round}`
  await pouch.run({ act: 'fill', name, docs: count })
  forgetPeak(pouch.serverPid)
  const [server, phone, requests] = [processorMs(pouch.serverPid), processorMs(pouch.phonePid), await pouch.requests()]
  const { ms, written } = await pouch.run({ act: 'to', name, url: `http://127.0.0.1:${pouch.port}/${name}` })
  if (written !== count) throw new Error(`PouchDB wrote ${written} of ${count}`)
  return {
    [`PouchDB: all ${told(count)}`]: [ms],
    [`PouchDB: processor of the server per document, of ${told(count)}`]: [(processorMs(pouch.serverPid) - server) / count],
    [`PouchDB: processor of the phone per document, of ${told(count)}`]: [(processorMs(pouch.phonePid) - phone) / count],
    [`PouchDB: memory of the server, at most, of ${told(count)}`]: [peakMB(pouch.serverPid)],
    [`PouchDB: requests, of ${told(count)}`]: [(await pouch.requests()) - requests],
  }
}

function withRatio(own: Samples, peer: Samples, count: number): Samples {
  const took = (samples: Samples, name: string) => samples[name]?.[0] ?? NaN
  return { ...peer, [`rate by that of PouchDB, of ${told(count)}`]: [took(peer, `PouchDB: all ${told(count)}`) / took(own, `all ${told(count)}`)] }
}

function told(count: number): string {
  return count.toLocaleString('en')
}

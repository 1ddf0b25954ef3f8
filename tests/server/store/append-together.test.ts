import { describe, expect, it } from 'vitest'
import type { AppendRun, ChangeStore } from '#server/store/store.ts'
import { appendTogether } from '#server/store/sql/append-together.ts'
import { CampaignOnStore } from '../../support/campaign-on-store.ts'
import { stores } from '../../support/contracts/stores.ts'

type Answer = Awaited<ReturnType<ChangeStore['append']>>

/** A run as far as it is looked at here: of one device, with one change of one entry. */
function aRun(name: string, { device = name, entry = name, campaign = 'campaign', count = 1 } = {}): AppendRun {
  const changes = Array.from({ length: count }, (_, at) => ({ id: `${name}${at}`, entryId: `${entry}${at}`, changeHash: `${name}${at}`, change: null }))
  return { name, campaignId: campaign, deviceId: device, changes } as unknown as AppendRun
}

const nameOf = (run: AppendRun) => String(Reflect.get(run, 'name'))

/** Transactions that end when the test says so, or fail. */
function transactions() {
  const begun: { readonly names: readonly string[]; readonly end: () => void; readonly fail: (error: Error) => void }[] = []
  const append = appendTogether((_campaign, runs) => new Promise((resolve, reject) => {
    begun.push({ names: runs.map(nameOf), end: () => resolve(runs.map((run) => ({ results: [{ id: nameOf(run), status: 'stored' }] }) as unknown as Answer)), fail: reject })
  }))
  /** The names of the transaction that is under way, once nothing else can happen. */
  const underWay = async () => {
    await settled()
    return begun.at(-1)?.names
  }
  const end = async () => {
    await settled()
    begun.at(-1)?.end()
    await settled()
  }
  /** A transaction is under way, so that what comes now waits. */
  const busy = async () => {
    void append(aRun('first'))
    await settled()
  }
  return { begun, append, underWay, end, busy }
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
}

describe('runs that are appended together', () => {
  it('[ST202] one that comes alone begins at once, and those that come meanwhile share the next transaction, each with its own answer', async () => {
    const { begun, append, underWay, end } = transactions()
    const alone = append(aRun('a'))
    expect(await underWay()).toEqual(['a'])
    const answers = [alone, ...['b', 'c'].map((name) => append(aRun(name)))]
    expect(await underWay()).toEqual(['a'])
    await end()
    expect(await underWay()).toEqual(['b', 'c'])
    await end()
    expect((await Promise.all(answers)).map(({ results }) => results[0]?.id)).toEqual(['a', 'b', 'c'])
    void append(aRun('d'))
    expect(await underWay()).toEqual(['d'])
    expect(begun).toHaveLength(3)
  })

  it('[ST202] a campaign does not wait for another one', async () => {
    const { begun, append } = transactions()
    void append(aRun('a'))
    void append(aRun('b', { campaign: 'other' }))
    await settled()
    expect(begun.map(({ names }) => names)).toEqual([['a'], ['b']])
  })

  it('[ST202] no more than sixteen, and no more changes than one run may have', async () => {
    const { append, underWay, end, busy } = transactions()
    await busy()
    for (let n = 0; n < 20; n += 1) void append(aRun(`n${n}-`))
    void append(aRun('large', { count: 499 }))
    void append(aRun('largest', { count: 500 }))
    await end()
    expect(await underWay()).toHaveLength(16)
    await end()
    expect(await underWay()).toEqual(['n16-', 'n17-', 'n18-', 'n19-'])
    await end()
    expect(await underWay()).toEqual(['large'])
    await end()
    expect(await underWay()).toEqual(['largest'])
  })

  it('[ST203] what shares a device, an entry or a change with one before it comes in a later transaction, in the order in which it came', async () => {
    const { append, underWay, end, busy } = transactions()
    await busy()
    for (const run of [aRun('a'), aRun('b', { device: 'a' }), aRun('c', { device: 'a' }), aRun('d', { entry: 'e' }), aRun('f', { entry: 'e' }), aRun('g'), aRun('a', { device: 'h', entry: 'i' })]) void append(run)
    await end()
    expect(await underWay()).toEqual(['a', 'd', 'g'])
    await end()
    expect(await underWay()).toEqual(['b', 'f', 'a'])
    await end()
    expect(await underWay()).toEqual(['c'])
  })

  it('[ST203] a release waits for the change that it names', async () => {
    const { append, underWay, end, busy } = transactions()
    await busy()
    void append(aRun('a'))
    const release = aRun('b')
    void append({ ...release, changes: release.changes.map((one) => ({ ...one, change: { type: 'release', body: { change: 'a0' } } as never })) })
    await end()
    expect(await underWay()).toEqual(['a'])
    await end()
    expect(await underWay()).toEqual(['b'])
  })

  it('[ST204] when a transaction fails by what one of them holds, each is tried by itself, and the others are stored', async () => {
    const { begun, append, end, busy } = transactions()
    await busy()
    const answers = ['a', 'b', 'c'].map((name) => append(aRun(name)).then(() => 'stored', String))
    await end()
    for (const fails of [true, false, true, false]) {
      await settled()
      if (fails) begun.at(-1)?.fail(new Error('planted'))
      else begun.at(-1)?.end()
    }
    expect(await Promise.all(answers)).toEqual(['stored', 'Error: planted', 'stored'])
    expect(begun.map(({ names }) => names)).toEqual([['first'], ['a', 'b', 'c'], ['a'], ['b'], ['c']])
  })

  it('[ST204] when the database cannot be asked, all are told so at once', async () => {
    const { begun, append, end, busy } = transactions()
    await busy()
    const answers = ['a', 'b'].map((name) => append(aRun(name)).catch((error: Error) => error.message))
    await end()
    await settled()
    begun.at(-1)?.fail(new Error('Connection terminated'))
    expect(await Promise.all(answers)).toEqual(['Connection terminated', 'Connection terminated'])
    expect(begun).toHaveLength(2)
  })
})

describe.each(stores)('many who push at once, on $name', ({ open }) => {
  it('[ST202] [ST204] are stored as if each had been alone: no place is missing or given twice, and the projection is what the changes say', async () => {
    const opened = await open()
    try {
      const campaign = await CampaignOnStore.create(opened.store)
      const devices = await Promise.all(Array.from({ length: 24 }, () => campaign.join('volunteer')))
      const known = devices.map((device) => device.record())
      for (const [at, device] of devices.entries()) await device.push(known[at] as never)
      const failing = (device: (typeof devices)[number]) => opened.store.changes.append({
        campaignId: campaign.campaign.id, deviceId: device.person.device.id, memberId: device.person.member.id, carriedBy: device.person.member.id, receivedAt: '2026-03-01T08:00:00Z' as never, seal: null,
        changes: [{ id: null, entryId: device.person.device.id as never, deviceSeq: null, type: null, changeHash: 'd'.repeat(64) as never, link: null, text: '', change: { type: 'record' } as never, refused: null }],
        judge: () => { throw new Error('planted') },
      })
      const outcomes = await Promise.all(devices.map(async (device, at) => {
        if (at === 7) return failing(device).then(() => [], (error: Error) => [error.message])
        const { entryId } = known[at] ?? device.record()
        const revisions = at % 2 === 0 ? [device.change('revise', { set: { severity: 5 }, unset: [], answers: [] }, { entryId })] : []
        return (await device.push(...revisions, device.record())).results.map(({ status }) => status)
      }))
      expect(outcomes[7]).toEqual(['planted'])
      expect(outcomes.filter((_, at) => at !== 7).flat().every((status) => status === 'stored')).toBe(true)
      const rows = await opened.store.changes.scan(campaign.campaign.id, 0, 1000)
      expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 24 + 12 + 23 }, (_, at) => at + 1))
      const refs = rows.flatMap(({ ref }) => (ref === null ? [] : [ref]))
      expect([new Set(refs).size, refs.length]).toEqual([47, 47])
      expect(await opened.store.entries.rebuild(campaign.campaign.id)).toEqual({ entries: 47, differing: [] })
      for (const [at, device] of devices.entries()) {
        const places = at === 7 ? 1 : at % 2 === 0 ? 3 : 2
        expect(await opened.store.changes.chain(campaign.campaign.id, device.person.device.id)).toMatchObject({ highDeviceSeq: places, missing: [] })
      }
      expect(await opened.store.changes.seals(campaign.campaign.id)).toHaveLength(24 + 23)
    } finally {
      await opened.remove()
    }
  })
})

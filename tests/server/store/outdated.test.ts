import { describe, expect, it } from 'vitest'
import { adviceOn } from '#server/advice.ts'
import { problemOf } from '#server/http/problem-error.ts'
import { OutdatedProcess } from '#server/store/outdated.ts'
import { toldInWords } from '#server/told-error.ts'
import { CampaignOnStore } from '../../support/campaign-on-store.ts'
import { stores } from '../../support/contracts/stores.ts'

describe.each(stores)('a process beside which one of another version was started, on $name', ({ open }) => {
  it('[ST870] stores nothing more and is not ready; when it is alone again, it goes on', async () => {
    const opened = await open()
    const on = await CampaignOnStore.create(opened.store)
    const phone = await on.join('volunteer')
    const run = phone.seal([phone.record()])
    await opened.store.check()
    await opened.damage(`insert into meta (key, value) select 'before', value from meta where key = 'projection'`)
    await opened.damage(`update meta set value = 'another' where key = 'projection'`)
    const refused = await phone.send(run).catch((error: unknown) => error)
    expect([refused instanceof OutdatedProcess, toldInWords(refused), problemOf(refused).status, adviceOn(refused, { host: '127.0.0.1', port: 8080, dataDir: '/data' })]).toEqual([true, 'a Terrain of another version has been started on this database: end this process', 503, expect.stringContaining('another version')])
    await expect(opened.store.check()).rejects.toBeInstanceOf(OutdatedProcess)
    expect(await opened.store.changes.headSeq(on.campaign.id)).toBe(0)

    await opened.damage(`update meta set value = (select value from meta where key = 'before') where key = 'projection'`)
    await opened.store.check()
    expect((await phone.send(run)).results.map(({ status }) => status)).toEqual(['stored'])
    await opened.remove()
  })
})

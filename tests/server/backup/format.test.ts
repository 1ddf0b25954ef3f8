import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readDump, writeDump } from '#server/backup/dump-file.ts'
import { backupTables } from '#server/store/backup-store.ts'
import type { BackupRow } from '#server/store/backup-store.ts'
import type { Store } from '#server/store/store.ts'
import { verifyCampaign } from '#server/sync/verify.ts'
import { CampaignOnStore } from '../../support/campaign-on-store.ts'
import type { SealingDevice } from '../../support/campaign-on-store.ts'
import { aChallenge, anAction } from '../../support/contents.ts'
import { openSqliteInFolder, stores } from '../../support/contracts/stores.ts'
import type { OpenedStore } from '../../support/contracts/stores.ts'

const words = 'Le point d’eau\u2028est loin ; "\\n"\n\t👩🏽‍🌾 نقطة المياه \u0001'

describe.each(stores)('a dump of $name', ({ open }) => {
  let [from, to]: readonly OpenedStore[] = []
  let dir = ''
  beforeEach(async () => {
    [from, to] = [await open(), await openSqliteInFolder()]
    dir = await mkdtemp(join(tmpdir(), 'terrain-dump-'))
  })
  afterEach(async () => {
    await Promise.all([from?.remove(), to?.remove(), rm(dir, { recursive: true })])
  })

  it('[BA1] comes out of a fresh store byte for byte as it went in, with its proofs and its projection', async () => {
    const [source, target] = both(from, to)
    const { campaign } = await filled(source.store)
    const path = join(dir, 'dump.ndjson.gz')
    const sha256 = await source.store.backup.dump((rows) => writeDump(path, rows, () => undefined))
    expect(await target.store.backup.load(readDump(path, sha256), null)).toEqual({ kind: 'loaded' })
    expect(await rowsOf(target.store)).toEqual(await rowsOf(source.store))
    expect((await target.store.changes.scan(campaign.id, 0, 100)).map(({ text }) => text)).toEqual((await source.store.changes.scan(campaign.id, 0, 100)).map(({ text }) => text))
    expect(await verifyCampaign(target.store, campaign.id)).toMatchObject({ changes: 4, faults: [] })
    expect((await target.store.entries.rebuild(campaign.id)).differing).toEqual([])
    expect(await target.store.backup.load(readDump(path, sha256), null)).toEqual({ kind: 'not-empty' })
  })

  it('[BA1] is one state, and keeps nobody waiting who writes', async () => {
    const [source] = both(from, to)
    const { volunteer, campaign } = await filled(source.store)
    const seen = await source.store.backup.dump(async (rows) => {
      const tables: string[] = []
      for await (const { table } of rows) {
        // In the middle of the dump, and it is committed before the dump goes on.
        if (tables.length === 0) await volunteer.push(volunteer.record(aChallenge({ description: 'A later one.' })))
        tables.push(table)
      }
      return tables
    })
    expect([seen.filter((table) => table === 'changes').length, await source.store.changes.headSeq(campaign.id)]).toEqual([4, 5])
  })
})

describe('the tables of a backup', () => {
  it('[BA2] every table is in the dump, or can be made anew', async () => {
    const opened = await openSqliteInFolder()
    const database = new DatabaseSync(opened.path)
    const tables = database.prepare("select name from sqlite_master where type = 'table'").all().map(({ name }) => String(name))
    database.close()
    await opened.remove()
    // Sessions are renewed by the device's key, files of erased campaigns are not brought by a restore, locks, limits and unfinished uploads are begun again, projections come from the fold, and with them SQLite's index of words, which is several tables.
    const madeAnew = ['migrations', 'sessions', 'entries', 'act_entries', 'entry_files', 'entry_links', 'disclosed_entries', 'upload_locks', 'rate_limits', 'orphans', 'word_spaces']
    expect(tables.filter((name) => !madeAnew.includes(name) && !name.startsWith('entry_words')).toSorted()).toEqual([...backupTables].toSorted())
  })
})

async function filled(store: Store): Promise<{ readonly campaign: CampaignOnStore['campaign']; readonly volunteer: SealingDevice }> {
  const on = await CampaignOnStore.create(store)
  const [volunteer, coordinator] = [await on.join('volunteer'), await on.join('coordinator')]
  const record = volunteer.record(aChallenge({ description: words }))
  await volunteer.push(record, volunteer.record(anAction()))
  await coordinator.push(await coordinator.decide(record.entryId, { verdict: 'approve' }))
  // Quarantined: it stays as it came.
  await volunteer.push(volunteer.change('decide', { revision: record.id, contentHash: '0'.repeat(64) as never, verdict: 'approve', questions: [] }, { entryId: record.entryId, base: record.id }))
  return { campaign: on.campaign, volunteer }
}

function rowsOf(store: Store): Promise<readonly BackupRow[]> {
  return store.backup.dump(async (rows) => Array.fromAsync(rows))
}

function both(from: OpenedStore | undefined, to: OpenedStore | undefined): readonly [OpenedStore, OpenedStore] {
  if (from === undefined || to === undefined) throw new Error('the stores are not open')
  return [from, to]
}

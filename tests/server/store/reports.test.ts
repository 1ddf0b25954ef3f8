import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CampaignId, Instant, Sha256 } from '#domain/ids.ts'
import { canonicalJson } from '#protocol/jcs.ts'
import type { BackupRow } from '#server/store/backup-store.ts'
import type { Publishing } from '#server/store/report-store.ts'
import { aChallenge } from '../../support/contents.ts'
import { CampaignOnStore } from '../../support/campaign-on-store.ts'
import type { SealingDevice } from '../../support/campaign-on-store.ts'
import { openSqliteInFolder, stores } from '../../support/contracts/stores.ts'
import type { OpenedStore } from '../../support/contracts/stores.ts'

describe.each(stores)('reports, on $name', ({ open }) => {
  let opened: OpenedStore
  let campaign: CampaignOnStore
  let author: SealingDevice
  let ruth: SealingDevice
  let id: CampaignId
  let entries: Publishing['issue']['entries']

  beforeEach(async () => {
    opened = await open()
    campaign = await CampaignOnStore.create(opened.store)
    id = campaign.campaign.id
    author = await campaign.join('volunteer')
    ruth = await campaign.join('coordinator')
    const records = [author.record(aChallenge()), author.record(aChallenge())]
    await author.push(...records)
    entries = records.map((record, n) => ({ entryId: record.entryId, revision: record.id, contentHash: 'a'.repeat(64) as Sha256, ref: `C-00000${n + 1}` as never, isNamed: n === 0 }))
  })
  afterEach(() => opened.remove())

  const by = () => ({ memberId: ruth.person.member.id, deviceId: ruth.person.device.id, at: '2026-03-02T08:00:00Z' as Instant })
  const publishing = (slug: string, number = 1): Publishing => ({
    settings: 0, parts: [], next: { from: '2026-03-01', to: '2026-03-31' }, by: by(),
    issue: { number, slug, from: '2026-02-01', to: '2026-02-28', document: documentWith({ text: 'We have one phone.', role: 'mother', lang: 'en', area: { country: 'HTI', code: null, name: 'Ouest' }, month: '2026-02' }, [{ ref: 'C-000001' }]), digest: 'b'.repeat(64) as Sha256, written: [], entries },
  })

  it('[ST128] of two who publish at once one does, and what counts in the issue is kept by its revision', async () => {
    const { reports } = opened.store
    const done = await Promise.all([reports.publish(id, publishing('one')), reports.publish(id, publishing('two'))])
    expect(done.filter((one) => one !== null)).toHaveLength(1)
    const issues = await reports.issues(id)
    expect(issues.map(({ number, from, by: who }) => [number, from, who?.id])).toEqual([[1, '2026-02-01', ruth.person.member.id]])
    expect(await reports.namedIn(id, 1)).toEqual(entries.slice(0, 1))
    expect(await reports.usedOf(id, author.person.member.id)).toHaveLength(2)
    expect(await reports.usedOf(id, ruth.person.member.id)).toEqual([])
    expect((await reports.draft(id)).settings).toEqual({ from: '2026-03-01', to: '2026-03-31', next: null, version: 1 })
  })

  it('[SE270] one that is asked for twice at once under one id is one issue, and both are told it', async () => {
    const { reports } = opened.store
    const asked = '70000000-0000-7000-8000-000000000901'
    const [one, two] = await Promise.all(['one', 'two'].map((slug) => reports.publish(id, { ...publishing(slug), id: asked })))
    expect([one, await reports.publishedAs(id, asked)]).toEqual([two, two])
    expect(await reports.issues(id)).toHaveLength(1)
    expect(await reports.publish(id, { ...publishing('three', 2), settings: 1, id: '70000000-0000-7000-8000-000000000902' })).toMatchObject({ number: 2, slug: 'three' })
  })

  it('[ST127] they are in the backup, stay through a rebuild, and lose the words of what is erased', async () => {
    const { reports, entries: kept, backup } = opened.store
    await reports.publish(id, publishing('one'))
    await reports.correct(id, 1, { id: 'c', sentence: null, text: 'It has opened.', lang: 'en', by: by() })
    await author.push(author.change('erase', { reason: 'my wish' }, { entryId: entries[0]?.entryId as never }))
    await kept.rebuild(id)
    const issue = await reports.issueAt('one')
    expect([issue?.document, issue?.digest, issue?.corrections.map(({ text }) => text)]).toEqual([documentWith(gone, []), 'b'.repeat(64), ['It has opened.']])
    const rows: BackupRow[] = []
    await backup.dump(async (all) => {
      for await (const row of all) rows.push(row)
    })
    const other = await openSqliteInFolder()
    try {
      await other.store.backup.load(rowsOf(rows), null)
      expect(await other.store.reports.issueAt('one')).toEqual(issue)
      expect(await other.store.reports.draft(id)).toEqual(await reports.draft(id))
    } finally {
      await other.remove()
    }
  })

  it('[ST127] what is erased while the report is composed leaves no words in the issue that is kept then', async () => {
    const { reports } = opened.store
    const composed = publishing('one')
    await author.push(author.change('erase', { reason: 'my wish' }, { entryId: entries[0]?.entryId as never }))
    expect(await reports.publish(id, composed)).toMatchObject({ number: 1, digest: 'b'.repeat(64) })
    const issue = await reports.issueAt('one')
    expect([issue?.document, issue?.isRedacted]).toEqual([documentWith(gone, []), true])
  })
})

/** An issue with one quotation and these rows of evidence. */
/** What is left of a quotation whose entry is gone. */
const gone = { text: '', role: null, lang: 'und', area: null, month: null } as const

function documentWith(quotation: object, rows: readonly { readonly ref: string }[]): string {
  return canonicalJson({ format: 'terrain-report', version: 1, number: 1, tree: { version: 1, blocks: [{ block: 'consequences', quotation: { ref: 'C-000001', ...quotation } }, { block: 'annex', rows }] } })
}

async function* rowsOf(rows: readonly BackupRow[]): AsyncGenerator<BackupRow> {
  yield* rows
}

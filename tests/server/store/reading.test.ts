import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EntryId, Instant } from '#domain/ids.ts'
import type { EntriesFilter } from '#server/store/entry-filters.ts'
import { aChallenge, anAction } from '../../support/contents.ts'
import { CampaignOnStore } from '../../support/campaign-on-store.ts'
import type { SealingDevice } from '../../support/campaign-on-store.ts'
import { stores } from '../../support/contracts/stores.ts'
import type { OpenedStore } from '../../support/contracts/stores.ts'

const everything: EntriesFilter = { chosen: {}, from: null, to: null, q: null, sort: 'oldest', after: null, limit: 50, facets: [] }

/** An entry by the seq of its record. */
interface Listed {
  readonly n: number
  readonly severity: number
}

describe.each(stores)('reading from the store on $name', ({ open }) => {
  let opened: OpenedStore
  let campaign: CampaignOnStore
  let author: SealingDevice
  let coordinator: SealingDevice

  beforeEach(async () => {
    opened = await open()
    campaign = await CampaignOnStore.create(opened.store)
    author = await campaign.join('volunteer')
    coordinator = await campaign.join('coordinator')
  })
  afterEach(() => opened.remove())

  const list = (about: Partial<EntriesFilter>) => opened.store.entries.list(campaign.campaign.id, { ...everything, ...about })
  const pull = (device: SealingDevice, see: 'own' | 'ownAndPublic' | 'all', after = 0, limit = 500) =>
    opened.store.changes.pull({ campaignId: campaign.campaign.id, memberId: device.person.member.id, see, after, limit })
  const approve = async (entryId: EntryId) => coordinator.push(await coordinator.decide(entryId, { verdict: 'approve' }))

  const orders = [
    ['oldest', (rows: readonly Listed[]) => rows.toSorted((a, b) => a.n - b.n)],
    ['newest', (rows: readonly Listed[]) => rows.toSorted((a, b) => b.n - a.n)],
    ['severity', (rows: readonly Listed[]) => rows.toSorted((a, b) => b.severity - a.severity || a.n - b.n)],
  ] as const
  it.each(orders)('[ST10] pages in the order "%s" hold each entry once, in that order', async (sort, sorted) => {
    const { results } = await author.push(...Array.from({ length: 23 }, (_, index) => author.record(index % 4 === 0 ? anAction() : aChallenge({ severity: ((index % 5) + 1) as 1 }))))
    const numbers = new Map(results.map(({ ref, seq }) => [ref, seq ?? 0]))
    const listed: Listed[] = []
    for (let after: string | null = null, page = 0; page < 10; page += 1) {
      const answer = await list({ sort, after, limit: 5 })
      listed.push(...answer.entries.map(({ ref, severity }) => ({ n: numbers.get(ref) ?? 0, severity: severity ?? 0 })))
      expect(answer.total).toBe(23)
      after = answer.next
      if (after === null) break
    }
    expect(new Set(listed.map(({ n }) => n)).size).toBe(23)
    expect(listed).toEqual(sorted(listed))
  })

  it('[ST10] facets are counted under the other filters, and a cursor of another order begins anew', async () => {
    await author.push(author.record(), author.record(aChallenge({ topic: 'HEA' })), author.record(aChallenge({ topic: 'HEA', country: 'MLI' })), author.record(anAction()))
    const answer = await list({ chosen: { topic: ['HEA'], kind: ['challenge'] }, facets: ['topic', 'country', 'kind'], limit: 1 })
    expect(answer.facets).toEqual({ topic: { EDU: 1, HEA: 2 }, country: { HTI: 1, MLI: 1 }, kind: { challenge: 2 } })
    expect(answer.total).toBe(2)
    expect((await list({ sort: 'newest', after: answer.next })).entries).toHaveLength(4)
    expect((await list({ after: 'not a cursor' })).entries).toHaveLength(4)
  })

  it('[ST11] words are found without case, diacritics and Arabic spelling habits, and a wildcard is a letter', async () => {
    await author.push(author.record(aChallenge({ description: 'L’École est fermée à 100 % depuis mars.' })), author.record(aChallenge({ description: 'المدرسةُ مغلقة منذ شهر أبريل', lang: 'ar' })), author.record(aChallenge({ placeName: 'Gonaïves' })))
    const found = async (q: string) => (await list({ q })).entries.map(({ ref }) => ref)
    expect(await found('ecole FERMEE')).toEqual(['C-000001'])
    expect(await found('المدرسه ابريل')).toEqual(['C-000002'])
    expect(await found('gonaives')).toEqual(['C-000003'])
    expect(await found('C-000002')).toEqual(['C-000002'])
    expect(await found('100 %')).toEqual(['C-000001'])
    expect(await found('_')).toEqual([])
  })

  it('[ST10] an entry shows its author as the member is called, and warns of names in its words', async () => {
    await author.push(author.record(aChallenge({ description: 'Ask Mrs Baptiste, she is at 3705 1234 every day.' })))
    expect((await list({})).entries[0]).toMatchObject({ author: { name: 'Awa' }, warnings: ['personal-honorific', 'personal-phone'], sensitivity: 'moderate' })
    expect(await opened.store.entries.countByMember(campaign.campaign.id)).toEqual(new Map([[author.person.member.id, 1]]))
  })

  it('[ST12] a volunteer pulls the changes of their own entries, a coordinator all of them, and both learn how far was scanned', async () => {
    const neighbour = await campaign.join('volunteer')
    const [own, other] = [author.record(), neighbour.record()]
    await author.push(own)
    await neighbour.push(other)
    await coordinator.push(await coordinator.decide(own.entryId, { verdict: 'askBack', questions: [{ id: '00000000-0000-7000-8000-000000000001' as never, field: 'placeName', text: 'Where?' }] }))
    await neighbour.push(neighbour.change('comment', { text: 'I know them', lang: 'en' }, { entryId: own.entryId }))
    expect((await pull(author, 'ownAndPublic')).changes.map(({ seq }) => seq)).toEqual([1, 3])
    expect(await pull(author, 'own')).toMatchObject({ next: 4, more: false })
    expect((await pull(coordinator, 'all')).changes.map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
    expect(await pull(coordinator, 'all', 0, 2)).toMatchObject({ next: 2, more: true })
    expect((await pull(coordinator, 'own')).changes).toEqual([])
  })

  it('[ST13] an approval publishes, a withdrawal takes back, and only the latest answer is told', async () => {
    const record = author.record()
    await author.push(record)
    await approve(record.entryId)
    expect((await pull(coordinator, 'ownAndPublic')).changes.map(({ seq, publishes }) => [seq, publishes])).toEqual([[2, 'digest']])
    await author.push(author.change('withdraw', { reason: 'a mistake' }, { entryId: record.entryId }))
    expect((await pull(coordinator, 'ownAndPublic')).changes.map(({ seq, publishes }) => [seq, publishes])).toEqual([[3, 'gone']])
  })

  it.each([
    ['an action', anAction()],
    ['a sensitive topic', aChallenge({ topic: 'PRO' })],
    ['a group in danger', aChallenge({ focusGroup: ['LGB'] })],
  ])('[ST13] the approval of %s publishes nothing', async (_what, content) => {
    const record = author.record(content)
    await author.push(record)
    await approve(record.entryId)
    expect((await pull(coordinator, 'ownAndPublic')).changes.filter(({ publishes }) => publishes !== null)).toEqual([])
  })

  it('[ST13] a correction that raises the sensitivity takes back what was public', async () => {
    const record = author.record()
    await author.push(record)
    await approve(record.entryId)
    await coordinator.push(coordinator.change('correct', { set: { sensitivity: 'high' }, unset: [] }, { entryId: record.entryId }))
    expect((await pull(coordinator, 'ownAndPublic')).changes.map(({ publishes }) => publishes)).toEqual(['gone'])
  })

  it('[ST15] joining takes one use; the same device again by the same invite takes none; another key or a used invite is refused', async () => {
    const { members } = opened.store
    const at = '2026-03-01T08:00:00.000Z' as Instant
    const invite = { id: 'i1', campaignId: campaign.campaign.id, secretHash: 'f'.repeat(64) as never, role: 'volunteer' as const, uses: 1, note: null, createdAt: at, expiresAt: '2026-03-08T08:00:00.000Z' as Instant, createdBy: null }
    await members.createInvite(invite)
    const stranger = await (await CampaignOnStore.create(opened.store, 'two')).join('volunteer')
    const [device, other] = ['11111111-1111-7111-8111-111111111111', '22222222-2222-7222-8222-222222222222'].map((id) => ({ id: id as never, publicKey: author.person.device.publicKey, label: 'phone', createdAt: at }))
    const join = (what: object, inviteHash = invite.secretHash) => members.join({ inviteHash, at, member: { id: (what as { id: never }).id, name: 'Nia', language: 'fr', joinedAt: at, endedAt: null }, device: what as never })
    expect(await join(device as never)).toMatchObject({ kind: 'joined', member: { role: 'volunteer', name: 'Nia' } })
    expect(await join(device as never)).toMatchObject({ kind: 'again', member: { name: 'Nia' } })
    expect(await members.invites(campaign.campaign.id, at)).toEqual([])
    expect(await join(other as never)).toEqual({ kind: 'invite-invalid' })
    expect(await join({ ...device, publicKey: stranger.person.device.publicKey })).toEqual({ kind: 'device-key-differs' })
    expect(await join(device as never, '0'.repeat(64) as never)).toEqual({ kind: 'invite-invalid' })
    await members.createInvite({ ...invite, id: 'i2', secretHash: 'e'.repeat(64) as never })
    expect(await join(device as never, 'e'.repeat(64) as never)).toEqual({ kind: 'device-key-differs' })
    expect(await members.deleteInvite(campaign.campaign.id, 'i2', { memberId: null, deviceId: null, at })).toBe(true)
  })

  it('[ST16] a session ends with its time, with its use and with its device', async () => {
    const { members } = opened.store
    const session = { tokenHash: 'a'.repeat(64) as never, campaignId: campaign.campaign.id, memberId: author.person.member.id, deviceId: author.person.device.id, expiresAt: '2026-03-03T00:00:00.000Z' as Instant, usedAt: '2026-03-01T00:00:00.000Z' as Instant }
    const at = (now: string, idleSince: string) => members.session(session.tokenHash, `2026-03-${now}.000Z` as Instant, `2026-${idleSince}.000Z` as Instant)
    await members.createSession(session)
    expect(await at('02T23:59:59', '02-28T23:00:00')).toEqual({ ...session, epoch: await opened.store.epoch(), member: await members.get(session.campaignId, session.memberId), device: await members.device(session.deviceId), campaign: await opened.store.campaigns.get(session.campaignId) })
    expect(await at('03T00:00:00', '02-28T23:00:00')).toBeNull()
    expect(await at('02T00:00:00', '03-01T00:00:00')).toBeNull()
    await members.useSession(session.tokenHash, '2026-03-01T12:00:00.000Z' as Instant)
    expect(await at('02T00:00:00', '03-01T00:00:00')).not.toBeNull()
    // The next one sweeps up what has ended of the same device, and nothing else.
    await members.createSession({ ...session, tokenHash: 'b'.repeat(64) as never, usedAt: session.expiresAt, expiresAt: '2026-03-09T00:00:00.000Z' as Instant })
    expect([await at('02T00:00:00', '03-01T00:00:00'), (await members.session('b'.repeat(64) as never, session.expiresAt, session.usedAt))?.memberId]).toEqual([null, author.person.member.id])
    await members.revokeDevice(campaign.campaign.id, author.person.device.id, session.expiresAt)
    expect(await members.session('b'.repeat(64) as never, session.expiresAt, session.usedAt)).toBeNull()
  })
})

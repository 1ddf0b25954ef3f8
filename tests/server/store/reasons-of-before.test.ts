import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ChangeEnvelope } from '#domain/change.ts'
import type { Instant } from '#domain/ids.ts'
import { CampaignOnStore } from '../../support/campaign-on-store.ts'
import type { SealingDevice } from '../../support/campaign-on-store.ts'
import { stores } from '../../support/contracts/stores.ts'
import type { OpenedStore } from '../../support/contracts/stores.ts'

describe.each(stores)('reasons that an older version left beside what was erased, on $name', ({ open }) => {
  let opened: OpenedStore
  let campaign: CampaignOnStore
  let [awa, moussa, ruth]: readonly SealingDevice[] = []

  beforeEach(async () => {
    opened = await open()
    campaign = await CampaignOnStore.create(opened.store)
    ;[awa, moussa, ruth] = [await campaign.join('volunteer'), await campaign.join('volunteer', 'Moussa'), await campaign.join('coordinator')]
  })
  afterEach(() => opened.remove())

  const people = () => {
    if (awa === undefined || moussa === undefined || ruth === undefined) throw new Error('nobody has joined')
    return { awa, moussa, ruth }
  }
  /** As if the version before had stood here until now. */
  const upgraded = async () => {
    await opened.damage(`delete from migrations where name = '0041-erased-reasons'`)
    return opened.reopen()
  }

  it('[SE431] go with the first start of this one, and those beside what is still there stay', async () => {
    const { awa: author, moussa: other, ruth: desk } = people()
    const { id } = campaign.campaign
    const [gone, kept] = [author.record(), author.record()]
    await author.push(gone, kept)
    const aside = [gone, kept].map(({ entryId, id: base }) => other.change('revise', { set: { description: 'The bridge is gone since Friday.' }, unset: [], answers: [] }, { entryId, base })) as [ChangeEnvelope, ChangeEnvelope]
    const [wanted, unheard] = [gone, kept].map(({ entryId, id: base }) => other.change('erase', { reason: 'because' }, { entryId, base })) as [ChangeEnvelope, ChangeEnvelope]
    await other.push(...aside, wanted, unheard)
    await desk.push(desk.change('erase', { reason: 'They asked.' }, { entryId: gone.entryId, base: gone.id }))
    const { member, device } = other.person
    const by = { memberId: desk.person.member.id, deviceId: null, at: '2026-03-02T08:00:00.000Z' as Instant }
    await opened.store.erasures.member(id, member.id, { by, reason: 'They asked as well.' })
    const subjects = [...aside.map(({ id: change }) => `change:${change}`), `alarm:forked:${device.id}:x`, `alarm:forked:${author.person.device.id}:x`]
    for (const subject of subjects) await opened.store.settlements.add(id, { subject, act: 'settle', reason: 'A reason.', memberId: by.memberId, at: by.at })
    for (const subject of [member.id, author.person.member.id]) await opened.store.audit.add(id, { act: 'member.setAside', by, subject, words: 'A reason.' })
    await opened.damage(`update changes set text = '{"reason":"because"}', erased_at = null where id = '${wanted.id}'`)
    const store = await upgraded()
    const said = await store.settlements.latest(id)
    // What stands in the other entry was of the same person, whose words went with them.
    expect(subjects.map((subject) => said.get(subject)?.reason)).toEqual(['', '', '', 'A reason.'])
    const { lines } = await store.audit.page(id, { limit: 100 })
    const words = lines.flatMap((line) => (line.kind === 'act' && ['aside.settle', 'member.setAside'].includes(line.act.act) ? [[line.act.subject, line.act.words] as const] : []))
    expect(new Map(words)).toEqual(new Map([...subjects.map((subject, at) => [subject, at === 3 ? 'A reason.' : null] as const), [member.id, null], [author.person.member.id, 'A reason.']]))
    const changes = new Map((await store.changes.scan(id, 0, 100)).map((change) => [change.id, change] as const))
    expect([changes.get(wanted.id)?.text, changes.get(wanted.id)?.erasedAt === null]).toEqual(['', false])
  })
})

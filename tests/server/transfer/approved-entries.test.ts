import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ChangeEnvelope } from '#domain/change.ts'
import type { Ref } from '#domain/ids.ts'
import { disclosedContent, isHashSafe, reportSource } from '#domain/disclosure.ts'
import { kinds } from '#domain/kinds.ts'
import { exportFormats, formatsOfOneKind } from '#protocol/export-order.ts'
import type { ExportOrder } from '#protocol/export-order.ts'
import type { Store, StoredCampaign } from '#server/store/store.ts'
import { approvedEntries } from '#server/transfer/approved-entries.ts'
import { exportFile } from '#server/transfer/export-file.ts'
import { CampaignOnStore } from '../../support/campaign-on-store.ts'
import { aChallenge, anAction } from '../../support/contents.ts'
import { stores } from '../../support/contracts/stores.ts'
import type { OpenedStore } from '../../support/contracts/stores.ts'

/** A sequence of numbers below 1 that repeats itself. */
function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

/** More than two pages of a kind. */
const count = 520

describe.each(stores)('the approved entries of a store on $name', ({ open }) => {
  let opened: OpenedStore
  let campaign: CampaignOnStore
  beforeEach(async () => {
    opened = await open()
    campaign = await CampaignOnStore.create(opened.store)
    await fill(campaign)
  })
  afterEach(() => opened.remove())

  it('[SE35] read in pages they are what each entry gives alone, in the order of their references', async () => {
    const [all, expected] = [await collected(approvedEntries(opened, campaign.campaign)), await oneByOne(opened.store, campaign.campaign)]
    expect(all).toEqual(expected)
    expect(all.filter(({ subject }) => subject.kind === 'challenge').length).toBeGreaterThan(110)
    expect(all.filter(({ subject }) => subject.kind === 'action').length).toBeGreaterThan(110)
    const edited = await opened.store.entries.ids(campaign.campaign.id, { states: ['edited'] })
    const refs = new Set(await Promise.all(edited.map(async (id) => (await opened.store.entries.state(campaign.campaign.id, id))?.ref)))
    expect(all.filter(({ ref }) => refs.has(ref as Ref)).length).toBeGreaterThan(5)
    expect(all.filter(({ disclosed }) => disclosed?.['description'] === 'Other words.')).toEqual([])
    expect(await collected(approvedEntries(opened, campaign.campaign, 'action'))).toEqual(expected.filter(({ subject }) => subject.kind === 'action'))
  })

  it('[SE162] every file is the same after the projection was made anew, and comes in few pieces of which the first is short', async () => {
    const context = { store: opened.store, clock: { now: () => Date.UTC(2026, 2, 1) } }
    const whole = async (order: ExportOrder) => Buffer.concat((await collected((await exportFile(context, campaign.campaign, order)).body)).map((piece) => Buffer.from(piece)))
    const orders = exportFormats.flatMap((format) => (formatsOfOneKind.includes(format) ? kinds.map((kind) => ({ format, kind })) : [{ format }]))
    const before = await Promise.all(orders.map(whole))
    await opened.damage('delete from disclosed_entries')
    expect((await collected(approvedEntries(opened, campaign.campaign))).length).toBe(0)
    const { differing } = await opened.store.entries.rebuild(campaign.campaign.id)
    expect(differing.length).toBeGreaterThan(220)
    const after = await Promise.all(orders.map(whole))
    expect(orders.filter((_order, index) => before[index]?.equals(after[index] ?? Buffer.alloc(0)) !== true)).toEqual([])
    const pieces = await collected((await exportFile(context, campaign.campaign, { format: 'csv', kind: 'challenge' })).body)
    expect([pieces.length < 30, Buffer.byteLength(pieces[0] ?? '') < 10_000]).toEqual([true, true])
  })

  it('[ST201] of what was withdrawn, reopened or erased since none is left, of a later edit none is there, and an altered one is found and mended', async () => {
    const { id } = campaign.campaign
    const [author, coordinator] = [await campaign.join('volunteer'), await campaign.join('coordinator')]
    const records = [0, 1, 2, 3].map((n) => author.record(anAction({ description: `The ${n}th zebraquux stands here.`, output: [{ item: 'boxes', quantity: n }] })))
    await author.push(...records)
    const [kept, withdrawn, erased, reopened] = records
    if (kept === undefined || withdrawn === undefined || erased === undefined || reopened === undefined) throw new Error('four records')
    const standing = async () => (await collected(approvedEntries(opened, campaign.campaign, 'action'))).map(({ disclosed }) => String(disclosed?.['description'])).filter((words) => words.includes('zebraquux'))
    expect(await standing()).toEqual([])
    for (const { entryId } of records) await coordinator.push(await coordinator.decide(entryId, { verdict: 'approve' }))
    expect((await standing()).length).toBe(4)
    await author.push(author.change('withdraw', {}, { entryId: withdrawn.entryId, base: withdrawn.id }), author.change('erase', { reason: 'mine' }, { entryId: erased.entryId, base: erased.id }), author.change('revise', { set: { description: 'Other words stand here.' }, unset: [], answers: [] }, { entryId: kept.entryId, base: kept.id }))
    await coordinator.push(await coordinator.decide(reopened.entryId, { verdict: 'reopen', reason: 'It was not so.' }))
    expect(await standing()).toEqual(['The 0th zebraquux stands here.'])
    expect((await opened.store.entries.rebuild(id)).differing).toEqual([])
    await opened.damage(`update disclosed_entries set body = replace(body, 'zebraquux', 'zebra') where entry_id = '${kept.entryId}'`)
    expect((await opened.store.entries.rebuild(id)).differing).toEqual([kept.entryId])
    expect(await standing()).toEqual(['The 0th zebraquux stands here.'])
    // One of which nothing is known would otherwise be in every file for ever.
    await opened.damage(`update disclosed_entries set entry_id = 'nobody' where entry_id = '${kept.entryId}'`)
    expect([...(await opened.store.entries.rebuild(id)).differing].toSorted()).toEqual([kept.entryId, 'nobody'].toSorted())
    expect(await standing()).toEqual(['The 0th zebraquux stands here.'])
  })
})

async function collected<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const list: Item[] = []
  for await (const item of items) list.push(item)
  return list
}

/** The same by another way: each entry asked for by itself. */
async function oneByOne(store: Store, campaign: StoredCampaign): Promise<Awaited<ReturnType<typeof collected<unknown>>> & readonly { readonly subject: { readonly kind: string } }[]> {
  const entries = []
  for (const kind of kinds) {
    for (const id of await store.entries.ids(campaign.id, { kind })) {
      const entry = await store.entries.state(campaign.id, id)
      const source = entry === null ? null : reportSource(entry, campaign.defaultSensitivity)
      if (entry === null || source === null || entry.approved === null) continue
      const { content, sensitivity } = source
      const disclosed = disclosedContent(content, { sensitivity, purpose: 'export' })
      if (disclosed === null) continue
      const { revision, contentHash } = entry.approved
      entries.push({ ref: entry.ref, subject: { kind: content.kind, topic: content.topic }, disclosed, sensitivity, translation: null, translator: null, transcript: null, organisation: null, receivedOn: entry.receivedAt, contentHash: isHashSafe(entry.approved.content, disclosed) ? contentHash : null, revision })
    }
  }
  return entries
}

/** Entries of both kinds in all that can befall them: approved, corrected, edited, withdrawn, rejected, sensitive, erased, or waiting. */
async function fill(campaign: CampaignOnStore): Promise<void> {
  const roll = dice(11)
  const [author, coordinator] = [await campaign.join('volunteer'), await campaign.join('coordinator')]
  const shared = (n: number) => ({
    description: `Number ${n} of many${roll() < 0.1 ? ', call 3705-1234' : ''}${roll() < 0.1 ? ', ask marie@example.org' : ''}.`,
    ...(roll() < 0.3 ? { lat: 18.5 + n / 5000, lon: -72.3 } : {}), ...(roll() < 0.2 ? { quote: 'We wait.', consentQuote: true } : {}), ...(roll() < 0.1 ? { consentPlace: false } : {}),
  })
  const records = Array.from({ length: count }, (_, n) => author.record(n % 2 === 0 ? aChallenge({ ...shared(n), ...(roll() < 0.1 ? { topic: 'PRO' } : {}), ...(roll() < 0.05 ? { focusGroup: ['LGB'] } : {}) }) : anAction({ ...shared(n), ...(roll() < 0.2 ? { output: Array.from({ length: 1 + Math.floor(roll() * 3) }, (__, item) => ({ item: `boxes ${item}`, quantity: item })) } : {}) })))
  for (let at = 0; at < count; at += 130) await author.push(...records.slice(at, at + 130))
  const later: ChangeEnvelope[] = []
  const verdicts: ChangeEnvelope[] = []
  for (const { entryId, id } of records) {
    const fate = roll()
    if (fate < 0.7) verdicts.push(await coordinator.decide(entryId, { verdict: 'approve' }))
    else if (fate < 0.75) verdicts.push(await coordinator.decide(entryId, { verdict: 'reject', reason: 'Not of this crisis.' }))
    if (fate < 0.05) later.push(author.change('withdraw', {}, { entryId, base: id }))
    else if (fate < 0.1) later.push(author.change('revise', { set: { description: 'Other words.' }, unset: ['quote'], answers: [] }, { entryId, base: id }))
    else if (fate < 0.13) later.push(author.change('erase', { reason: 'mine' }, { entryId, base: id }))
  }
  await coordinator.push(...verdicts)
  await author.push(...later)
}

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ChangeEnvelope } from '#domain/change.ts'
import type { Ref } from '#domain/ids.ts'
import { disclosedContent, isHashSafe, reportSource } from '#domain/disclosure.ts'
import { kinds } from '#domain/kinds.ts'
import { exportFormats, formatsOfOneKind } from '#protocol/export-order.ts'
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
    expect(all.filter(({ content }) => content.kind === 'challenge').length).toBeGreaterThan(110)
    expect(all.filter(({ content }) => content.kind === 'action').length).toBeGreaterThan(110)
    const edited = await opened.store.entries.ids(campaign.campaign.id, { states: ['edited'] })
    const refs = new Set(await Promise.all(edited.map(async (id) => (await opened.store.entries.state(campaign.campaign.id, id))?.ref)))
    expect(all.filter(({ ref }) => refs.has(ref as Ref)).length).toBeGreaterThan(5)
    expect(all.filter(({ content }) => content.description === 'Other words.')).toEqual([])
    expect(await collected(approvedEntries(opened, campaign.campaign, 'action'))).toEqual(expected.filter(({ content }) => content.kind === 'action'))
  })

  it('[SE162] every file is the same whether entries come many together or one by one, and comes in few pieces of which the first is short', async () => {
    const context = { store: opened.store, clock: { now: () => Date.UTC(2026, 2, 1) } }
    const near = { ...opened.store.near, states: async (id: StoredCampaign['id'], asked: Parameters<Store['near']['states']>[1]) => {
      const states = await Promise.all(asked.map(async (one) => [one, await opened.store.entries.state(id, one)] as const))
      return new Map(states.flatMap(([one, state]) => (state === null ? [] : [[one, state] as const])))
    } }
    for (const order of exportFormats.flatMap((format) => (formatsOfOneKind.includes(format) ? kinds.map((kind) => ({ format, kind })) : [{ format }]))) {
      const [pages, alone] = [await collected((await exportFile(context, campaign.campaign, order)).body), await collected((await exportFile({ ...context, store: { ...opened.store, near } }, campaign.campaign, order)).body)]
      const whole = (pieces: readonly (string | Uint8Array)[]) => Buffer.concat(pieces.map((piece) => Buffer.from(piece)))
      expect([order, whole(pages).equals(whole(alone))]).toEqual([order, true])
    }
    const pieces = await collected((await exportFile(context, campaign.campaign, { format: 'csv', kind: 'challenge' })).body)
    expect([pieces.length < 30, Buffer.byteLength(pieces[0] ?? '') < 10_000]).toEqual([true, true])
  })
})

async function collected<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const list: Item[] = []
  for await (const item of items) list.push(item)
  return list
}

/** The same by another way: each entry asked for by itself. */
async function oneByOne(store: Store, campaign: StoredCampaign): Promise<Awaited<ReturnType<typeof collected<unknown>>> & readonly { readonly content: { readonly kind: string } }[]> {
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
      entries.push({ ref: entry.ref, content, disclosed, sensitivity, translation: null, translator: null, transcript: null, organisation: null, receivedOn: entry.receivedAt, contentHash: isHashSafe(entry.approved.content, disclosed) ? contentHash : null, revision })
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

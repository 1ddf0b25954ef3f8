import * as v from 'valibot'
import type { WrittenFinding } from '#domain/written-report.ts'
import { campaignResponseSchema } from '#protocol/campaign.ts'
import { draftResponseSchema, publishResponseSchema } from '#protocol/written-report.ts'
import type { ScriptDevice } from '../../../demo/script-device.ts'
import type { Placed, Spread } from './spread.ts'
import { areaCode, usedTopics } from './world-entries.ts'
import type { MadeEntry } from './world-entries.ts'
import { callAs } from './world-ground.ts'
import type { WorldGround } from './world-ground.ts'

interface Writing {
  readonly ground: WorldGround
  readonly spread: Spread
  readonly coordinator: ScriptDevice
}

const partId = (n: number): string => `70000000-0000-7000-8000-${String(n).padStart(12, '0')}`

/** The days of the report: those of the entries lie in them. */
export const reportPeriod = { from: '2026-02-01', to: '2026-02-28' } as const

export interface MadeReport {
  readonly slug: string
  readonly number: number
  /** What stands on the published page; the rest is for the desk. */
  readonly published: readonly Placed[]
  readonly atDesk: readonly Placed[]
  /** Each part with what is shown where it is written. */
  readonly parts: readonly { readonly id: string; readonly written: readonly Placed[] }[]
}

/** Findings with hostile sentences over approved entries, with their quotations and photos, published and corrected. */
export async function makeReport({ ground, spread, coordinator }: Writing, entries: readonly MadeEntry[], turns: number): Promise<MadeReport> {
  const challenges = entries.filter(({ kind, fate }) => kind === 'challenge' && fate === 'approved')
  const actions = entries.filter(({ kind, fate }) => kind === 'action' && fate === 'approved')
  const [published, atDesk, written]: [Placed[], Placed[], { readonly id: string; readonly written: readonly Placed[] }[]] = [[], [], []]
  await callAs(ground, coordinator, 'PUT', ['/reports/draft', { ...reportPeriod, next: '2026-04-01', was: 0 }])
  for (let turn = 0; turn < turns; turn += 1) {
    const [cited, other] = [challenges[turn], actions[turn]]
    if (cited === undefined || other === undefined) throw new Error('no entries to cite')
    const [sentence, settled, topic] = [spread.at('putPartRequest.part.sentences.*.text', turn), spread.at('putPartRequest.part.against.*.settled', turn), spread.at('putPartRequest.part.topic', turn)]
    const part: WrittenFinding = {
      kind: 'finding', id: partId(turn), question: 1, topic: turn % 2 === 0 ? 'EDU' : topic.text, quotes: [cited.citation], photos: [{ ...cited.citation, photo: cited.photo }], against: [{ ...other.citation, settled: settled.text }],
      sentences: [{ id: partId(turn + 1000), text: sentence.text, lang: 'en', cites: [cited.citation], figures: {} }],
    }
    await callAs(ground, coordinator, 'PUT', [`/reports/draft/parts/${part.id}`, { part, place: turn + 1, was: 0 }])
    published.push(sentence, ...cited.recorded.filter(({ place }) => /\.(?:quote|quoteRole|photos\.\*\.caption)$/.test(place)))
    atDesk.push(sentence)
    written.push({ id: part.id, written: [sentence, settled] })
  }
  const { settings, parts } = v.parse(draftResponseSchema, await callAs(ground, coordinator, 'GET', ['/reports/draft']))
  const { slug, number } = v.parse(publishResponseSchema, await callAs(ground, coordinator, 'POST', ['/reports/draft/publish', { settings: settings.version, parts: parts.map(({ part: { id }, version }) => ({ id, version })) }]))
  for (let turn = 0; turn < turns; turn += 1) {
    const correction = spread.at('correctionRequest.text', turn)
    await callAs(ground, coordinator, 'POST', [`/reports/issues/${number}/corrections`, { id: partId(turn + 2000), sentence: turn % 2 === 0 ? partId(turn + 1000) : null, text: correction.text, lang: 'en' }])
    published.push(correction)
    atDesk.push(correction)
  }
  return { slug, number, published, atDesk, parts: written }
}

/** The settings of a campaign, all that have words, with the texts of one turn; areas are as many as there are turns. */
export async function setCampaign({ ground, spread, coordinator }: Writing, { turn, areas }: { readonly turn: number; readonly areas: number }): Promise<Readonly<Record<'name' | 'urgentHelp' | 'consentNote' | 'areasSource', Placed>> & { readonly themes: readonly Placed[]; readonly areas: readonly Placed[] }> {
  const path = `/campaigns/${coordinator.joined.campaign.id}`
  const [name, urgentHelp, consentNote, areasSource] = ['name', 'urgentHelp', 'consentNote', 'areasSource'].map((setting) => spread.at(`campaignPatch.set.${setting}`, turn)) as [Placed, Placed, Placed, Placed]
  const themes = usedTopics.map((_, index) => spread.at('campaignPatch.set.topics.*.names.*', turn * usedTopics.length + index))
  const named = Array.from({ length: areas }, (_, index) => spread.at('campaignPatch.set.areas.*.name', turn + index))
  const outline = (index: number) => [[-73_000 + index * 20, 18_500, 15, 0, 0, 15, -15, 0]]
  const set = {
    name: name.text, urgentHelp: urgentHelp.text, consentNote: consentNote.text, areasSource: areasSource.text,
    topics: usedTopics.map((code, index) => ({ code, names: { en: themes[index]?.text ?? code } })),
    areas: named.map(({ text }, index) => ({ code: areaCode(index), name: text, country: 'HTI', outline: outline(index) })),
  }
  const { campaign } = v.parse(campaignResponseSchema, await callAs(ground, coordinator, 'GET', [path]))
  await callAs(ground, coordinator, 'PATCH', [path, { revision: campaign.revision ?? 0, set }])
  return { name, urgentHelp, consentNote, areasSource, themes, areas: named }
}

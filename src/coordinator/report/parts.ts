import type { Topic } from '#domain/codes/code-lists.ts'
import { topicTraits } from '#domain/codes/traits.ts'
import { besides, figureSlot, longestSentence } from '#domain/written-report.ts'
import type { Citation, CitedPhoto, WrittenFinding, WrittenPart, WrittenPriority, WrittenSentence } from '#domain/written-report.ts'

/** The three questions, and the priorities behind them. */
export const sections = ['1', '2', '3', 'priorities'] as const
export type Section = (typeof sections)[number]

export function sectionOf(part: WrittenPart): Section {
  return part.kind === 'priority' ? 'priorities' : (`${part.question}` as const)
}

export const blankSentence = (id: string, lang: string): WrittenSentence => ({ id, text: '', lang, cites: [], figures: {} })

export function blankPart(section: Section, newId: () => string, lang: string): WrittenPart {
  const common = { id: newId(), topic: null, sentences: [blankSentence(newId(), lang)], quotes: [], against: [] }
  if (section === 'priorities') return { ...common, kind: 'priority', horizon: 'now', addressees: [], programme: 'XX', sdgs: [] }
  return { ...common, kind: 'finding', question: Number(section) as WrittenFinding['question'] }
}

/** Another topic of a priority brings the programme and the goals that follow from it, unless somebody has chosen others than those of the topic before. */
export function withTopic(part: WrittenPart, topic: string | null): WrittenPart {
  if (part.kind === 'finding') return { ...part, topic }
  const [before, after] = [traitsOf(part.topic), traitsOf(topic)]
  const isUsual = part.programme === before.unesco && part.sdgs.join() === before.sdg.join()
  return isUsual ? { ...part, topic, programme: after.unesco, sdgs: after.sdg } : { ...part, topic }
}

function traitsOf(topic: string | null): { readonly unesco: WrittenPriority['programme']; readonly sdg: readonly number[] } {
  return topic !== null && Object.hasOwn(topicTraits, topic) ? topicTraits[topic as Topic] : { unesco: 'XX', sdg: [] }
}

export const withSentence = (part: WrittenPart, sentence: WrittenSentence): WrittenPart => ({ ...part, sentences: part.sentences.map((one) => (one.id === sentence.id ? sentence : one)) })

/** Where a part stands: a number between those of its neighbours. */
export interface Placed {
  readonly part: WrittenPart
  readonly place: number
}

export function inOrder<One extends Placed>(parts: readonly One[], section: Section): readonly One[] {
  return parts.filter(({ part }) => sectionOf(part) === section).toSorted((a, b) => a.place - b.place || (a.part.id < b.part.id ? -1 : 1))
}

const [lastPlace, step] = [1_000_000, 10] as const

/** Behind all others of its section. */
export function placeBehind(parts: readonly Placed[], section: Section): number {
  const last = inOrder(parts, section).at(-1)?.place ?? 0
  return last + step < lastPlace ? last + step : (last + lastPlace) / 2
}

/** Which places change when a part goes one up (-1) or down (1): its own, or both where no number lies between. None at the edge. */
export function placesAfter(parts: readonly Placed[], id: string, by: -1 | 1): readonly { readonly id: string; readonly place: number }[] {
  const own = parts.find(({ part }) => part.id === id)
  if (own === undefined) return []
  const row = inOrder(parts, sectionOf(own.part))
  const at = row.findIndex(({ part }) => part.id === id)
  const [near, far] = [row[at + by], row[at + 2 * by]]
  if (near === undefined) return []
  const edge = by === -1 ? 0 : Math.min(near.place + 2 * step, lastPlace)
  const place = (near.place + (far?.place ?? edge)) / 2
  const isBetween = place !== near.place && place !== far?.place
  return isBetween ? [{ id, place }] : [{ id, place: near.place }, { id: near.part.id, place: own.place }]
}

/** Why what is written cannot be sent yet: it is kept on this device meanwhile. */
export type Missing = 'words' | 'wordsToEvidence' | 'tooLong' | 'addressees'

export function missingIn(part: WrittenPart): Missing | null {
  const isBlank = ({ text }: WrittenSentence) => text.trim() === ''
  if (part.sentences.every((sentence) => isBlank(sentence) && sentence.cites.length === 0)) return 'words'
  if (part.sentences.some((sentence) => isBlank(sentence) && sentence.cites.length > 0)) return 'wordsToEvidence'
  if (part.sentences.some(({ text }) => text.trim().length > longestSentence)) return 'tooLong'
  return part.kind === 'priority' && part.addressees.length === 0 ? 'addressees' : null
}

/** As it goes out: without sentences that nobody has written, and numbers whose place was deleted. */
export function sentForm(part: WrittenPart): WrittenPart {
  const settledOf = (settled: string | null) => (settled === null || settled.trim() === '' ? null : settled.trim())
  return {
    ...part,
    sentences: part.sentences.filter(({ text }) => text.trim() !== '').map((sentence) => ({ ...sentence, text: sentence.text.trim(), figures: usedFigures(sentence) })),
    against: part.against.map((one) => ({ ...one, settled: settledOf(one.settled) })),
  }
}

function usedFigures({ text, figures }: WrittenSentence): WrittenSentence['figures'] {
  const used = new Set([...text.matchAll(figureSlot)].map(([, slot]) => slot))
  return Object.fromEntries(Object.entries(figures).filter(([slot]) => used.has(slot)))
}

/** Whether two say the same, whatever the order in which their fields were written. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(sortedKeys(one)) === JSON.stringify(sortedKeys(other))
}

function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, sortedKeys(one)]))
}

/** Each entry once; the newer citation of one takes the place of the older. */
export function withCitations<One extends Citation>(cites: readonly One[], more: readonly One[]): readonly One[] {
  const fresh = new Map(more.map((one) => [one.entryId, one] as const))
  const kept = cites.map((one) => fresh.get(one.entryId) ?? one)
  return [...kept, ...more.filter(({ entryId }) => !cites.some((one) => one.entryId === entryId))]
}

export const withoutCitation = <One extends Citation>(cites: readonly One[], entryId: string): readonly One[] => cites.filter((one) => one.entryId !== entryId)

/** The same entry as it was cited anew, with what else was said of it here. */
export const renewed = (fresh: Citation) => <One extends Citation>(one: One): One => (one.entryId === fresh.entryId ? { ...one, ...fresh } : one)

/** None leaves no field behind: what was never chosen looks like what was taken out again. */
export function withPhotos<Part extends WrittenPart>(part: Part, photos: readonly CitedPhoto[]): Part {
  const { photos: _before, ...rest } = part
  return (photos.length === 0 ? rest : { ...rest, photos: [...photos] }) as Part
}

/** Begun, and nothing written or chosen in it. */
export const isBlank = (part: WrittenPart): boolean => besides(part).length === 0 && part.sentences.every(({ text, cites }) => text.trim() === '' && cites.length === 0)

import { correctedContent } from '#domain/fold-correction.ts'
import type { EntryContent, FieldName } from '#domain/entry.ts'
import type { EntryState } from '#domain/entry-state.ts'
import { foldedText, isHan } from '#domain/matching/wording.ts'

type Held = Pick<EntryState, 'content' | 'corrections'>

/** What a file cannot change, and what no row says. */
const besides: readonly string[] = ['kind', 'consentBasis', 'geoPrecisionM', 'placeHidden', 'noneListed']

/**
 * The fields that a row says otherwise than its entry does, as it came and as it was corrected at the desk: what was put right in both places is no
 * difference, nor is what only the desk put right.
 */
export function changedFields(read: EntryContent, held: Held): readonly FieldName[] {
  const [now, was, corrected]: readonly Readonly<Record<string, unknown>>[] = [{ ...read }, { ...held.content }, { ...correctedContent(held) }]
  const names = new Set([...Object.keys(now ?? {}), ...Object.keys(was ?? {})].filter((field) => !besides.includes(field)))
  const isAs = (field: string, other: Readonly<Record<string, unknown>> | undefined) => JSON.stringify(now?.[field]) === JSON.stringify(other?.[field])
  return [...names].filter((field) => !isAs(field, was) && !isAs(field, corrected)) as FieldName[]
}

/** A number that stands on other words altogether, of another day or place, is that of another row: the list counts anew, was sorted, or is not the one of before. */
export function isAnotherRow(read: EntryContent, { content }: Held): boolean {
  return likeness(read, content) < 0.35 && (dayOf(read) !== dayOf(content) || placeOf(read) !== placeOf(content))
}

/** Of one day and place, and in nearly the same words. */
export function looksLike(read: EntryContent, { content }: Held): boolean {
  return likeness(read, content) >= 0.8
}

/** Under what an entry is looked for that may be the same row with a word put right. */
export function dayAndPlace(content: EntryContent): string {
  return JSON.stringify([content.kind, dayOf(content), placeOf(content)])
}

function dayOf(content: EntryContent): string {
  return content.kind === 'action' ? content.startOn : content.observedOn
}

function placeOf({ country, adm1Name = '', placeName = '' }: EntryContent): string {
  return [country, adm1Name, placeName].map((name) => foldedText(name).trim()).join('|')
}

/** How many runs of three letters two descriptions share (Dice), of two in Chinese: a letter put right changes few. */
function likeness(one: EntryContent, other: EntryContent): number {
  const [a, b] = [runsOf(one), runsOf(other)]
  let shared = 0
  for (const run of a) if (b.has(run)) shared += 1
  return a.size + b.size === 0 ? 1 : (2 * shared) / (a.size + b.size)
}

/** Each is compared with many of its day and place. */
const known = new WeakMap<EntryContent, ReadonlySet<string>>()

function runsOf(content: EntryContent): ReadonlySet<string> {
  const { description = '' } = content
  const found = known.get(content) ?? runsIn(description)
  known.set(content, found)
  return found
}

function runsIn(description: string): ReadonlySet<string> {
  const letters = [...` ${foldedText(description).replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim()} `]
  const length = isHan(description) ? 2 : 3
  return new Set(letters.slice(length - 1).map((_, at) => letters.slice(at, at + length).join('')))
}

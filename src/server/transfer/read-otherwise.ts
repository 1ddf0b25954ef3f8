import { setImmediate } from 'node:timers/promises'
import type { EntryContent, FieldName } from '#domain/entry.ts'
import type { EntryState } from '#domain/entry-state.ts'
import type { EntryId, Ref } from '#domain/ids.ts'
import type { Plan } from '#exchange/plan.ts'
import type { ServerContext } from '#server/context.ts'
import type { StoredCampaign } from '#server/store/store.ts'
import { entryIdsUnder, halfOf, originLength, originsOf } from '#server/transfer/row-names.ts'
import type { NamedRow } from '#server/transfer/row-names.ts'
import { changedFields, dayAndPlace, isAnotherRow, looksLike } from '#server/transfer/row-likeness.ts'

/** A statement for each entry costs more than the entry, and nobody else has a turn before so many are read. */
const entriesInTurn = 200

type Imported = Pick<EntryState, 'id' | 'ref' | 'content' | 'corrections'>

/** Why a row is left out: it is here, read otherwise; its number is here on other words altogether; or it only looks like one that is here. */
export type OtherwiseReason = 'here-otherwise' | 'number-of-another' | 'looks-here'

/** The entry for which a row was taken, and the fields in which they differ. */
export interface Otherwise {
  readonly reason: OtherwiseReason
  readonly entry: { readonly id: EntryId; readonly ref: Ref | null }
  readonly fields: FieldName[]
}

/** `same`: what was put right in the row stands in its entry by now. */
export interface RowsOtherwise {
  readonly otherwise: ReadonlyMap<number, Otherwise>
  readonly same: ReadonlySet<number>
}

/**
 * The rows of a table that would be new entries and are here all the same, because somebody else filled in another language or severity for
 * them, or gave a word another code. The names of entries are hashes of their rows: that an entry was made of these cells is tried with what it
 * says, and proven. Where it came in under other cells (another column, another file of the same), it is taken for the row when nothing that one
 * reads without a code tells them apart; not so a row that has an id or a ref where it comes from, of which two may say the same. By such an id it is known
 * whatever it says since: somebody put it right there. An entry stands for one row. A number in a list of somebody's own proves less: on other words altogether it is
 * told as that of another row, and a list that was numbered anew is known by its words. What a person mapped and is known by none of this is
 * told where an entry that no row of the file is says nearly the same of its day and place.
 */
export async function rowsReadOtherwise({ store }: Pick<ServerContext, 'store'>, campaign: StoredCampaign, { rows, how }: { readonly rows: readonly NamedRow[]; readonly how?: string | Plan | undefined }): Promise<RowsOtherwise> {
  const held = await store.entries.ids(campaign.id, {})
  const here = new Set<EntryId>(held)
  const fresh = rows.filter(({ entryId }) => !here.has(entryId))
  if (fresh.length === 0) return { otherwise: new Map(), same: new Set() }
  const [wanted, byName] = [new Set(fresh.map(({ content }) => wordsOf(content))), new Set(rows.map(({ entryId }) => entryId))]
  const [candidates, named, there] = [new Map<string, Imported[]>(), new Map<string, Imported[]>(), new Map<string, Imported[]>()]
  const places = new Set(typeof how === 'object' ? fresh.map(({ content }) => dayAndPlace(content)) : [])
  const origins = new Set(fresh.flatMap((row) => idsThere(campaign, row)))
  for (let at = 0; at < held.length; at += entriesInTurn) {
    for (const { id, ref, content, corrections, author } of (await store.near.states(campaign.id, held.slice(at, at + entriesInTurn))).values()) {
      if (author !== campaign.serverMemberId || byName.has(id)) continue
      const [words, origin, place, one] = [wordsOf(content), originKey(id.slice(0, originLength), content), dayAndPlace(content), { id, ref, content, corrections }]
      if (wanted.has(words)) listUnder(candidates, words, one)
      if (origins.has(origin)) listUnder(named, origin, one)
      if (places.has(place)) listUnder(there, place, one)
    }
    await setImmediate()
  }
  return matched(campaign, fresh, { candidates, named, there, plan: typeof how === 'object' ? how : null })
}

/** One row of a form may tell of a challenge and of an action. */
const originKey = (half: string, { kind }: EntryContent): string => `${half}${kind}`

/** Under what its entry may stand, where the tool of its collection called it something; its cells alone prove nothing here. */
function idsThere({ id }: StoredCampaign, row: NamedRow): readonly string[] {
  return row.foreignId === undefined ? [] : originsOf(id, row).map((origin) => originKey(halfOf(origin), row.content))
}

function listUnder(lists: Map<string, Imported[]>, key: string, one: Imported): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [one])
  else list.push(one)
}

/** Where very many entries say the same words, so many are looked at for each row. What is taken leaves the list, and a file comes in its own order: it is among the first. */
const mostTries = 60

interface Lists {
  /** By their words, and by where their row came from. */
  readonly candidates: ReadonlyMap<string, Imported[]>
  readonly named: ReadonlyMap<string, Imported[]>
  /** By their day and place. */
  readonly there: ReadonlyMap<string, Imported[]>
  readonly plan: Plan | null
}

/** Of the first that nobody took. */
function firstOf(list: readonly Imported[], taken: ReadonlySet<EntryId>, isIt: (entry: Imported) => boolean): Imported | undefined {
  let tries = 0
  for (const entry of list) {
    if (taken.has(entry.id)) continue
    if (tries === mostTries) return undefined
    tries += 1
    if (isIt(entry)) return entry
  }
  return undefined
}

async function matched(campaign: StoredCampaign, fresh: readonly NamedRow[], { candidates, named, there, plan }: Lists): Promise<RowsOtherwise> {
  const [otherwise, same, taken] = [new Map<number, Otherwise>(), new Set<number>(), new Set<EntryId>()]
  // Of two rows under two names that say the same, one is not the other: only by its own name a row is here and needs no word.
  const tell = (row: NamedRow, entry: Imported, reason: OtherwiseReason | 'by-name'): void => {
    taken.add(entry.id)
    const fields = changedFields(row.content, entry)
    if (fields.length === 0 && row.foreignId !== undefined && reason === 'by-name') same.add(row.row)
    else otherwise.set(row.row, { reason: reason === 'by-name' ? 'here-otherwise' : reason, entry: { id: entry.id, ref: entry.ref }, fields: [...fields] })
  }
  const take = async (reason: OtherwiseReason | 'by-name', listOf: (row: NamedRow) => Imported[], isIt: (row: NamedRow, entry: Imported) => boolean): Promise<void> => {
    for (const [n, row] of fresh.entries()) {
      const list = otherwise.has(row.row) || same.has(row.row) ? [] : listOf(row)
      const one = firstOf(list, taken, (entry) => isIt(row, entry))
      if (one !== undefined) {
        list.splice(list.indexOf(one), 1)
        tell(row, one, reason)
      }
      if (n % entriesInTurn === 0) await setImmediate()
    }
  }
  const ofSameWords = (row: NamedRow) => candidates.get(wordsOf(row.content)) ?? []
  const ofSameId = (row: NamedRow) => idsThere(campaign, row).flatMap((origin) => named.get(origin) ?? [])
  const isKnownByWords = ({ foreignId, isNumbered, ref }: NamedRow) => (foreignId === undefined || isNumbered === true) && ref === undefined
  // What is proven takes its entry before what is only alike.
  await take('by-name', ofSameWords, (row, { id, content }) => entryIdsUnder(campaign.id, row, { content, plan }).includes(id))
  await take('by-name', ofSameId, (row, entry) => row.isNumbered !== true || !isAnotherRow(row.content, entry))
  await take('here-otherwise', ofSameWords, (row, { content }) => isKnownByWords(row) && !isToldApart(row.content, content))
  await take('looks-here', (row) => (isKnownByWords(row) ? (there.get(dayAndPlace(row.content)) ?? []) : []), (row, entry) => looksLike(row.content, entry))
  await take('number-of-another', ofSameId, (row) => row.isNumbered === true)
  return { otherwise, same }
}

/**
 * The rows of which an entry was erased under another reading. Of its words nothing is left to compare; its id says where its row came from. Nobody's word
 * brings these in: who presses the button for those that are here may not know what was erased. Of equal rows as many as were erased.
 */
export async function rowsErasedOtherwise({ store }: Pick<ServerContext, 'store'>, campaign: StoredCampaign, rows: readonly NamedRow[]): Promise<ReadonlySet<number>> {
  const here = new Set<EntryId>(rows.length === 0 ? [] : await store.entries.ids(campaign.id, {}))
  const left = new Map<string, number>()
  const erased = rows.length === 0 ? [] : await store.erasures.erasedOf(campaign.id, campaign.serverMemberId)
  for (const half of erased.map((id) => id.slice(0, originLength))) left.set(half, (left.get(half) ?? 0) + 1)
  const found = new Set<number>()
  for (const { row, entryId, ...about } of rows) {
    const half = originsOf(campaign.id, { row, ...about }).map(halfOf).find((one) => (left.get(one) ?? 0) > 0)
    if (half === undefined || here.has(entryId)) continue
    left.set(half, (left.get(half) ?? 0) - 1)
    found.add(row)
  }
  return found
}

function wordsOf({ description }: EntryContent): string {
  return (description ?? '').normalize('NFC').replaceAll(/\s+/g, ' ').trim()
}

/** Read as they stand, or counted: no choice of whoever maps a table makes other ones of them. */
const asTheyStand = ['observedOn', 'startOn', 'endOn', 'country', 'adm1Name', 'adm1Code', 'adm2Code', 'placeName', 'lat', 'lon', 'orgName', 'title', 'funder', 'affectedMin', 'affectedMax', 'targeted', 'reached', 'result'] as const

function isToldApart(one: EntryContent, other: EntryContent): boolean {
  const [a, b]: readonly Readonly<Record<string, unknown>>[] = [{ ...one }, { ...other }]
  return asTheyStand.some((field) => a?.[field] !== undefined && b?.[field] !== undefined && a[field] !== b[field])
}

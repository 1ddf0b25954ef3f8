import { setImmediate } from 'node:timers/promises'
import type { EntryContent } from '#domain/entry.ts'
import type { EntryState } from '#domain/entry-state.ts'
import type { EntryId } from '#domain/ids.ts'
import type { Plan } from '#exchange/plan.ts'
import type { ServerContext } from '#server/context.ts'
import type { StoredCampaign } from '#server/store/store.ts'
import { entryIdsUnder, halfOf, originLength, originsOf } from '#server/transfer/row-names.ts'
import type { NamedRow } from '#server/transfer/row-names.ts'

/** A statement for each entry costs more than the entry, and nobody else has a turn before so many are read. */
const entriesInTurn = 200

type Imported = Pick<EntryState, 'id' | 'content'>

/**
 * The rows of a table that would be new entries and are here all the same, because somebody else filled in another language or severity for
 * them, or gave a word another code. The names of entries are hashes of their rows: that an entry was made of these cells is tried with what it
 * says, and proven. Where it came in under other cells (another column, another file of the same), it is taken for the row when nothing that one
 * reads without a code tells them apart; not so a row that has an id or a ref where it comes from, of which two may say the same. By such an id it is known
 * whatever it says since: somebody put it right there. An entry stands for one row.
 */
export async function rowsReadOtherwise({ store }: Pick<ServerContext, 'store'>, campaign: StoredCampaign, { rows, how }: { readonly rows: readonly NamedRow[]; readonly how?: string | Plan | undefined }): Promise<ReadonlySet<number>> {
  const held = await store.entries.ids(campaign.id, {})
  const here = new Set<EntryId>(held)
  const fresh = rows.filter(({ entryId }) => !here.has(entryId))
  if (fresh.length === 0) return new Set()
  const [wanted, byName] = [new Set(fresh.map(({ content }) => wordsOf(content))), new Set(rows.map(({ entryId }) => entryId))]
  const [candidates, named] = [new Map<string, Imported[]>(), new Map<string, Imported[]>()]
  const origins = new Set(fresh.flatMap((row) => idsThere(campaign, row)))
  for (let at = 0; at < held.length; at += entriesInTurn) {
    for (const { id, content, author } of (await store.near.states(campaign.id, held.slice(at, at + entriesInTurn))).values()) {
      if (author !== campaign.serverMemberId || byName.has(id)) continue
      const [words, origin] = [wordsOf(content), originKey(id.slice(0, originLength), content)]
      if (wanted.has(words)) listUnder(candidates, words, { id, content })
      if (origins.has(origin)) listUnder(named, origin, { id, content })
    }
    await setImmediate()
  }
  return matched(campaign, fresh, { candidates, named, plan: typeof how === 'object' ? how : null })
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

async function matched(campaign: StoredCampaign, fresh: readonly NamedRow[], { candidates, named, plan }: Lists): Promise<ReadonlySet<number>> {
  const [found, taken] = [new Set<number>(), new Set<EntryId>()]
  const take = async (listOf: (row: NamedRow) => Imported[], isIt: (row: NamedRow, entry: Imported) => boolean): Promise<void> => {
    for (const [n, row] of fresh.entries()) {
      const list = found.has(row.row) ? [] : listOf(row)
      const one = firstOf(list, taken, (entry) => isIt(row, entry))
      if (one !== undefined) {
        list.splice(list.indexOf(one), 1)
        taken.add(one.id)
        found.add(row.row)
      }
      if (n % entriesInTurn === 0) await setImmediate()
    }
  }
  const ofSameWords = (row: NamedRow) => candidates.get(wordsOf(row.content)) ?? []
  // What is proven takes its entry before what is only alike.
  await take(ofSameWords, (row, { id, content }) => entryIdsUnder(campaign.id, row, { content, plan }).includes(id))
  await take((row) => idsThere(campaign, row).flatMap((origin) => named.get(origin) ?? []), () => true)
  await take(ofSameWords, ({ content: read, foreignId, ref }, { content }) => foreignId === undefined && ref === undefined && !isToldApart(read, content))
  return found
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

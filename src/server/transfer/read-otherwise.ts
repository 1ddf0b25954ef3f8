import { setImmediate } from 'node:timers/promises'
import type { EntryContent } from '#domain/entry.ts'
import type { EntryState } from '#domain/entry-state.ts'
import type { EntryId } from '#domain/ids.ts'
import type { Plan } from '#exchange/plan.ts'
import type { ServerContext } from '#server/context.ts'
import type { StoredCampaign } from '#server/store/store.ts'
import { entryIdsUnder, halfOf, originLength, originOf } from '#server/transfer/row-names.ts'
import type { NamedRow } from '#server/transfer/row-names.ts'

/** A statement for each entry costs more than the entry, and nobody else has a turn before so many are read. */
const entriesInTurn = 200

type Imported = Pick<EntryState, 'id' | 'content'>

/**
 * The rows of a table that would be new entries and are here all the same, because somebody else filled in another language or severity for
 * them, or gave a word another code. The names of entries are hashes of their rows: that an entry was made of these cells is tried with what it
 * says, and proven. Where it came in under other cells (another column, another file of the same), it is taken for the row when nothing that one
 * reads without a code tells them apart; not so a row that has an id or a ref where it comes from, of which two may say the same. An entry stands for one row.
 */
export async function rowsReadOtherwise({ store }: Pick<ServerContext, 'store'>, campaign: StoredCampaign, { rows, how }: { readonly rows: readonly NamedRow[]; readonly how?: string | Plan | undefined }): Promise<ReadonlySet<number>> {
  const held = await store.entries.ids(campaign.id, {})
  const here = new Set<EntryId>(held)
  const fresh = rows.filter(({ entryId }) => !here.has(entryId))
  if (fresh.length === 0) return new Set()
  const [wanted, byName] = [new Set(fresh.map(({ content }) => wordsOf(content))), new Set(rows.map(({ entryId }) => entryId))]
  const candidates = new Map<string, Imported[]>()
  for (let at = 0; at < held.length; at += entriesInTurn) {
    for (const { id, content, author } of (await store.near.states(campaign.id, held.slice(at, at + entriesInTurn))).values()) {
      const words = wordsOf(content)
      if (author !== campaign.serverMemberId || !wanted.has(words) || byName.has(id)) continue
      const sameWords = candidates.get(words)
      if (sameWords === undefined) candidates.set(words, [{ id, content }])
      else sameWords.push({ id, content })
    }
    await setImmediate()
  }
  return matched(campaign, fresh, { candidates, plan: typeof how === 'object' ? how : null })
}

/** Where very many entries say the same words, so many are looked at for each row. What is taken leaves the list, and a file comes in its own order: it is among the first. */
const mostTries = 60

async function matched(campaign: StoredCampaign, fresh: readonly NamedRow[], { candidates, plan }: { readonly candidates: ReadonlyMap<string, Imported[]>; readonly plan: Plan | null }): Promise<ReadonlySet<number>> {
  const found = new Set<number>()
  const take = async (isIt: (row: NamedRow, entry: Imported) => boolean): Promise<void> => {
    for (const [n, row] of fresh.entries()) {
      const sameWords = found.has(row.row) ? [] : (candidates.get(wordsOf(row.content)) ?? [])
      const at = sameWords.slice(0, mostTries).findIndex((one) => isIt(row, one))
      if (at >= 0) {
        sameWords.splice(at, 1)
        found.add(row.row)
      }
      if (n % entriesInTurn === 0) await setImmediate()
    }
  }
  // What is proven takes its entry before what is only alike.
  await take((row, { id, content }) => entryIdsUnder(campaign.id, row, { content, plan }).includes(id))
  await take(({ content: read, foreignId, ref }, { content }) => foreignId === undefined && ref === undefined && !isToldApart(read, content))
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
    const half = halfOf(originOf(campaign.id, { row, ...about }))
    const count = left.get(half) ?? 0
    if (count === 0 || here.has(entryId)) continue
    left.set(half, count - 1)
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

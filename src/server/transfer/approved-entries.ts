import { setImmediate } from 'node:timers/promises'
import type { DisclosedEntry } from '#domain/disclosed-entry.ts'
import { kinds } from '#domain/kinds.ts'
import type { Kind } from '#domain/entry.ts'
import type { ExportedEntry } from '#exchange/file-table.ts'
import type { ServerContext } from '#server/context.ts'
import type { StoredCampaign } from '#server/store/store.ts'

/** A statement for each entry costs more than the entry. SQLite answers at once, and nobody else has a turn before so many are written. */
const entriesInTurn = 100

export interface ApprovedEntry extends ExportedEntry {
  /** The change that made the approved revision: what a citation names. */
  readonly revision: string
}

type Ground = Pick<ServerContext, 'store'>

/**
 * The approved entries of a campaign one after the other, in the order of their references, as far as they may leave
 * (`domain/disclosed-entry.ts`). Only a page of them is ever held.
 */
export async function* approvedEntries({ store }: Ground, campaign: StoredCampaign, kind?: Kind): AsyncGenerator<ApprovedEntry> {
  const organisations = new Map((await store.members.list(campaign.id)).map(({ id, organisation }) => [id, organisation ?? null] as const))
  for (const one of kind === undefined ? kinds : [kind]) {
    for await (const { author, ...entry } of disclosedOf({ store }, campaign, one)) yield { ...entry, organisation: organisations.get(author) ?? null }
  }
}

/** While a page is written, a database in a process of its own reads the next. */
async function* disclosedOf({ store }: Ground, campaign: StoredCampaign, kind: Kind): AsyncGenerator<DisclosedEntry> {
  const pageAfter = (after: DisclosedEntry['ref'] | null) => store.entries.disclosed(campaign.id, { kind, after, limit: entriesInTurn })
  let reading = pageAfter(null)
  for (;;) {
    const page = await reading
    await setImmediate()
    const last = page.at(-1)
    if (last === undefined) return
    const isLast = page.length < entriesInTurn
    if (!isLast) reading = pageAfter(last.ref)
    // Whoever stops reading never waits for it; who goes on is told above.
    reading.catch(() => undefined)
    yield* page
    if (isLast) return
  }
}

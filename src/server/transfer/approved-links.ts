import { setImmediate } from 'node:timers/promises'
import { disclosedLinks } from '#domain/disclosed-links.ts'
import type { DisclosedLink } from '#domain/disclosed-links.ts'
import type { Kind } from '#domain/entry.ts'
import type { Ref } from '#domain/ids.ts'
import { kinds } from '#domain/kinds.ts'
import type { ServerContext } from '#server/context.ts'
import type { StoredCampaign } from '#server/store/store.ts'

/** Each is folded, and what it names is looked up. */
const entriesInTurn = 100

/** What approved entries have to do with each other, in the order of their references, as far as it may leave (`domain/disclosed-links.ts`). */
export async function* approvedLinks(context: Pick<ServerContext, 'store'>, campaign: StoredCampaign): AsyncGenerator<DisclosedLink> {
  for (const kind of kinds) yield* linksOf(context, campaign, kind)
}

async function* linksOf({ store }: Pick<ServerContext, 'store'>, { id }: StoredCampaign, kind: Kind): AsyncGenerator<DisclosedLink> {
  for (let after: Ref | null = null; ;) {
    const { page, tied } = await store.entries.linking(id, { kind, after, limit: entriesInTurn })
    // SQLite answers at once: so others have their turn.
    await setImmediate()
    const states = await store.near.states(id, tied)
    const named = new Set([...states.values()].flatMap(({ links }) => links.map(({ to }) => to)))
    const ends = await store.entries.ends(id, [...named])
    for (const [entry, from] of page) {
      const state = states.get(entry)
      if (state !== undefined) yield* disclosedLinks(state, from, ends)
      after = from.ref
    }
    if (page.size < entriesInTurn) return
  }
}

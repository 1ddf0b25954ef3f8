import { correctedContent } from '#domain/fold-correction.ts'
import type { EntryState } from '#domain/entry-state.ts'
import type { CampaignId, Ref } from '#domain/ids.ts'
import { withoutContacts } from '#domain/personal-data.ts'
import type { ImportedTable } from '#exchange/import-table.ts'
import type { ServerContext } from '#server/context.ts'

const rowsAtOnce = 100
/** After so many more that mean nothing here, a file is taken to be of another campaign, and no further name is looked up for itself. */
const mostOthers = 100

/** Rows of an export of this campaign: those whose entry is here, and those whose entry was erased here since. */
export interface RowsFromHere {
  readonly here: ReadonlySet<number>
  readonly erased: ReadonlySet<number>
}

/**
 * The rows of an export that are entries of this campaign still: by their name and by their words, as an export writes those. The name alone
 * tells nothing, since every campaign counts from one. What was edited or withdrawn since its export is here as well. Of what was erased only the
 * name is left: the row of one is taken for it unless other names of the file mean other entries, as in a file of another campaign.
 */
export async function rowsFromHere({ store }: Pick<ServerContext, 'store'>, campaign: CampaignId, accepted: ImportedTable['accepted']): Promise<RowsFromHere> {
  const named = accepted.flatMap(({ row, content, ref }) => (ref === undefined ? [] : [{ row, ref: ref as Ref, words: exportedWords(content) }]))
  const [here, erased] = [new Set<number>(), new Set<number>()]
  let others = 0
  for (let at = 0; at < named.length; at += rowsAtOnce) {
    const some = named.slice(at, at + rowsAtOnce)
    const states = await store.near.states(campaign, await store.entries.ids(campaign, { refs: some.map(({ ref }) => ref) }))
    const byRef = new Map([...states.values()].map((entry) => [entry.ref, entry] as const))
    for (const { row, ref, words } of some) {
      const entry = byRef.get(ref)
      if (entry !== undefined && wordsOf(entry).has(words)) here.add(row)
      else if (entry === undefined && others <= here.size + mostOthers && (await isErasedHere(store, campaign, ref))) erased.add(row)
      else others += 1
    }
  }
  return { here, erased: others > here.size ? new Set() : erased }
}

async function isErasedHere({ audit, erasures }: ServerContext['store'], campaign: CampaignId, ref: Ref): Promise<boolean> {
  const id = await audit.entryOf(campaign, ref)
  return id !== null && (await erasures.isErased(campaign, id))
}

/** Of what was approved and of what stands there now, each with and without its corrections. */
function wordsOf(entry: EntryState): ReadonlySet<string> {
  const revisions = [entry, ...(entry.approved === null ? [] : [entry.approved])]
  return new Set(revisions.flatMap(({ content, corrections }) => [content, correctedContent({ content, corrections })]).map(exportedWords))
}

function exportedWords({ description }: { readonly description?: string | undefined }): string {
  // Ends of lines are those of whichever program wrote the table last.
  return withoutContacts(description ?? '').replaceAll(/\r\n?/g, '\n').trim()
}

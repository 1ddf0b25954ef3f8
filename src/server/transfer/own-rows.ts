import { correctedContent } from '#domain/fold-correction.ts'
import type { EntryContent } from '#domain/entry.ts'
import type { EntryState } from '#domain/entry-state.ts'
import type { CampaignId, Ref } from '#domain/ids.ts'
import { withoutContacts } from '#domain/personal-data.ts'
import type { ImportedTable } from '#exchange/import-table.ts'
import type { ServerContext } from '#server/context.ts'

const rowsAtOnce = 100
/** After so many more that mean nothing here, a file is taken to be of another campaign, and no further name is looked up for itself. */
const mostOthers = 100

/** Rows of an export of this campaign: those whose entry is here, those whose words somebody has changed in the file, and those whose entry was erased here since. */
export interface RowsFromHere {
  readonly here: ReadonlySet<number>
  readonly altered: ReadonlySet<number>
  readonly erased: ReadonlySet<number>
}

/**
 * The rows of an export that are entries of this campaign still: by their name and by their words, as an export writes those. The name alone
 * tells nothing, since every campaign counts from one. What was edited or withdrawn since its export is here as well. Of what was erased only the
 * name is left: the row of one is taken for it unless other names of the file mean other entries, as in a file of another campaign. So is a row that
 * says other words than its entry and the same of what, when and where: somebody took the table out, put words right and brought it back.
 */
export async function rowsFromHere({ store }: Pick<ServerContext, 'store'>, campaign: CampaignId, accepted: ImportedTable['accepted']): Promise<RowsFromHere> {
  const named = accepted.flatMap(({ row, content, ref }) => (ref === undefined ? [] : [{ row, ref: ref as Ref, content, words: exportedWords(content) }]))
  const [here, altered, erased] = [new Set<number>(), new Set<number>(), new Set<number>()]
  let others = 0
  for (let at = 0; at < named.length; at += rowsAtOnce) {
    const some = named.slice(at, at + rowsAtOnce)
    const states = await store.near.states(campaign, await store.entries.ids(campaign, { refs: some.map(({ ref }) => ref) }))
    const byRef = new Map([...states.values()].map((entry) => [entry.ref, entry] as const))
    for (const { row, ref, words, content } of some) {
      const entry = byRef.get(ref)
      if (entry !== undefined && wordsOf(entry).has(words)) here.add(row)
      else if (entry !== undefined && revisionsOf(entry).some((one) => isOfSameEvent(one, content))) altered.add(row)
      else if (entry === undefined && others <= here.size + mostOthers && (await isErasedHere(store, campaign, ref))) erased.add(row)
      else others += 1
    }
  }
  const isOfAnother = others > here.size + altered.size
  return { here, altered: isOfAnother ? new Set() : altered, erased: isOfAnother ? new Set() : erased }
}

async function isErasedHere({ audit, erasures }: ServerContext['store'], campaign: CampaignId, ref: Ref): Promise<boolean> {
  const id = await audit.entryOf(campaign, ref)
  return id !== null && (await erasures.isErased(campaign, id))
}

/** Of what was approved and of what stands there now, each with and without its corrections. */
function wordsOf(entry: EntryState): ReadonlySet<string> {
  return new Set(revisionsOf(entry).map(exportedWords))
}

function revisionsOf(entry: EntryState): readonly EntryContent[] {
  return [entry, ...(entry.approved === null ? [] : [entry.approved])].flatMap(({ content, corrections }) => [content, correctedContent({ content, corrections })])
}

/** By what an export always says of an entry whose words it gives; two campaigns in one country share some of it under a name, and not most. */
function isOfSameEvent(one: EntryContent, read: EntryContent): boolean {
  return (['kind', 'topic', 'country', 'adm1Name', 'observedOn'] as const).every((field) => one[field] === read[field])
}

function exportedWords({ description }: { readonly description?: string | undefined }): string {
  // Ends of lines are those of whichever program wrote the table last.
  return withoutContacts(description ?? '').replaceAll(/\r\n?/g, '\n').trim()
}

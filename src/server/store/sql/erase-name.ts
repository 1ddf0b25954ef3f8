import type { CampaignId, MemberId } from '#domain/ids.ts'
import type { Tx } from '#server/store/sql/db.ts'

interface Named {
  readonly member: MemberId
  readonly name: string
  /** What stands where it stood. */
  readonly nobody: string
}

/**
 * What other coordinators have called a saved list, and what they look for in it, may be the name of who is erased; so may the name that a list with
 * numbers was brought in under. A name of one word stands in a list's name for itself where that is all of it or where the list is narrowed to that
 * person: “Nord” is a region as well.
 */
export async function eraseNameBeside(tx: Tx, campaign: CampaignId, who: Named): Promise<void> {
  if (who.name === who.nobody || who.name.trim() === '') return
  const views = await tx.selectFrom('saved_views').select(['id', 'name', 'search']).where('campaign_id', '=', campaign).execute()
  for (const { id, name, search } of views) {
    const isAbout = search.includes(who.member)
    const after = { name: withoutName(name, who, isAbout), search: searchWithout(search, who, isAbout) }
    if (after.name !== name || after.search !== search) await tx.updateTable('saved_views').set(after).where('campaign_id', '=', campaign).where('id', '=', id).execute()
  }
  const brought = await tx.selectFrom('acts').select(['seq', 'number', 'detail']).where('campaign_id', '=', campaign).where('act', '=', 'file.imported').where('detail', 'like', '%"list"%').execute()
  for (const { seq, number, detail } of brought) {
    const parsed = JSON.parse(detail) as Readonly<Record<string, unknown>>
    const list = typeof parsed['list'] === 'string' ? parsed['list'] : ''
    const after = withoutName(list, who, false)
    if (after !== list) await tx.updateTable('acts').set({ detail: JSON.stringify({ ...parsed, list: after }) }).where('campaign_id', '=', campaign).where('seq', '=', seq).where('number', '=', number).execute()
  }
}

/** Typed words that hold the name are given up as a whole: what is left of them would look for something else. */
function searchWithout(search: string, who: Named, isAbout: boolean): string {
  const query = new URLSearchParams(search)
  const words = query.get('q') ?? ''
  if (withoutName(words, who, isAbout) === words) return search
  query.delete('q')
  return query.toString()
}

function withoutName(text: string, { name, nobody }: Named, isAbout: boolean): string {
  const parts = name.split(/\s+/).filter((part) => part !== '')
  const isWhole = text.trim().toLowerCase() === name.trim().toLowerCase()
  const names = [...(parts.length > 1 || isWhole || isAbout ? [parts] : []), ...(isAbout ? parts.map((part) => part.replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')).filter((part) => part.length > 2).map((part) => [part]) : [])]
  return names.reduce((left, words) => left.replaceAll(new RegExp(`(?<![\\p{L}\\p{N}])${words.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')).join('\\s+')}(?![\\p{L}\\p{N}])`, 'giu'), nobody), text)
}

import type { CampaignId, Ref } from '#domain/ids.ts'
import { isSought, soughtWords, wordsIn } from '#domain/words.ts'
import type { SoughtWord } from '#domain/words.ts'
import type { Tx } from '#server/store/sql/db.ts'
import type { ListedMember } from '#server/store/sql/entry-facets.ts'

/** What meets one term of a search. */
export interface Hits {
  readonly seqs: ReadonlySet<number>
  readonly authors: ReadonlySet<string>
}

/** The index of words of one database: entries, by the seq of their record, that have all of these. */
export type FindWords = (tx: Tx, campaign: CampaignId, sought: readonly SoughtWord[]) => Promise<readonly number[]>

const refs = /(?<![\p{L}\p{N}])([ac])-0*(\d{1,9})(?![\p{L}\p{N}])/giu
const nobody: ReadonlySet<string> = new Set()
const nothing: ReadonlySet<number> = new Set()

/**
 * A search as terms that must all be met: a ref names its entry; a word stands in the words of the entry, or in the name of its
 * author. Words that are nobody's name are looked up together, since a database joins them faster than we.
 */
export async function searchHits(tx: Tx, { campaign, q, members, find }: { readonly campaign: CampaignId; readonly q: string; readonly members: readonly ListedMember[]; readonly find: FindWords }): Promise<readonly Hits[]> {
  const terms: Hits[] = []
  for (const [, kind = '', number = ''] of q.matchAll(refs)) terms.push({ seqs: await seqsOfRef(tx, campaign, `${kind.toUpperCase()}-${number.padStart(6, '0')}`), authors: nobody })
  const sought = soughtWords(q.replaceAll(refs, ' '))
  const named = sought.map((word) => ({ word, authors: authorsNamed(members, word) }))
  const unnamed = named.filter(({ authors }) => authors.size === 0).map(({ word }) => word)
  if (unnamed.length > 0) terms.push({ seqs: new Set(await find(tx, campaign, unnamed)), authors: nobody })
  for (const { word, authors } of named.filter((one) => one.authors.size > 0)) terms.push({ seqs: new Set(await find(tx, campaign, [word])), authors })
  // Signs without a letter or digit are nowhere.
  return terms.length === 0 ? [{ seqs: nothing, authors: nobody }] : terms
}

async function seqsOfRef(tx: Tx, campaign: CampaignId, ref: string): Promise<ReadonlySet<number>> {
  const row = await tx.selectFrom('entries').select('seq').where('campaign_id', '=', campaign).where('ref', '=', ref as Ref).executeTakeFirst()
  return row === undefined ? nothing : new Set([Number(row.seq)])
}

function authorsNamed(members: readonly ListedMember[], word: SoughtWord): ReadonlySet<string> {
  return new Set(members.filter(({ name }) => wordsIn(name).some(({ text }) => isSought(text, [word]))).map(({ id }) => id))
}

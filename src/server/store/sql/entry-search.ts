import type { CampaignId, Ref } from '#domain/ids.ts'
import { isSought, soughtWords, wordsIn } from '#domain/words.ts'
import type { SoughtWord } from '#domain/words.ts'
import type { Tx } from '#server/store/sql/db.ts'
import type { ListedMember } from '#server/store/sql/entry-facets.ts'

/** What meets one term of a search. */
export interface Hits {
  /** 1 at each seq that was found: a set of ten thousands is slow to make and to ask. */
  readonly seqs: Uint8Array
  readonly authors: ReadonlySet<string>
}

/**
 * The index of words of one database: entries, by the seq of their record, that have all of these. In digits with something between them,
 * because a list of ten thousands is slow to make.
 */
export type FindWords = (tx: Tx, campaign: CampaignId, sought: readonly SoughtWord[]) => Promise<string>

export interface SearchGround {
  readonly find: FindWords
  readonly names: NameWords
}

const refs = /(?<![\p{L}\p{N}])([ac])-0*(\d{1,9})(?![\p{L}\p{N}])/giu
const nobody: ReadonlySet<string> = new Set()
const nothing = new Uint8Array(0)

/**
 * A search as terms that must all be met: a ref names its entry; a word stands in the words of the entry, or in the name of its
 * author. Words that are nobody's name are looked up together, since a database joins them faster than we.
 */
export async function searchHits(tx: Tx, { campaign, q, members, ground }: { readonly campaign: CampaignId; readonly q: string; readonly members: readonly ListedMember[]; readonly ground: SearchGround }): Promise<readonly Hits[]> {
  const { find, names } = ground
  const terms: Hits[] = []
  for (const [, kind = '', number = ''] of q.matchAll(refs)) terms.push({ seqs: await seqsOfRef(tx, campaign, `${kind.toUpperCase()}-${number.padStart(6, '0')}`), authors: nobody })
  const sought = soughtWords(q.replaceAll(refs, ' '))
  const named = sought.map((word) => ({ word, authors: authorsNamed(members, word, names) }))
  const unnamed = named.filter(({ authors }) => authors.size === 0).map(({ word }) => word)
  if (unnamed.length > 0) terms.push({ seqs: marked(await find(tx, campaign, unnamed)), authors: nobody })
  for (const { word, authors } of named.filter((one) => one.authors.size > 0)) terms.push({ seqs: marked(await find(tx, campaign, [word])), authors })
  // Signs without a letter or digit are nowhere.
  return terms.length === 0 ? [{ seqs: nothing, authors: nobody }] : terms
}

async function seqsOfRef(tx: Tx, campaign: CampaignId, ref: string): Promise<Uint8Array> {
  const row = await tx.selectFrom('entries').select('seq').where('campaign_id', '=', campaign).where('ref', '=', ref as Ref).executeTakeFirst()
  return row === undefined ? nothing : marked(String(row.seq))
}

/** 1 at each number that stands in a text, read without making any of them. */
export function marked(text: string): Uint8Array {
  let marks = new Uint8Array(text.length)
  let seq = -1
  for (let at = 0; at <= text.length; at += 1) {
    const digit = at < text.length ? text.charCodeAt(at) - 48 : -1
    if (digit >= 0 && digit <= 9) {
      seq = (seq < 0 ? 0 : seq * 10) + digit
    } else if (seq >= 0) {
      if (seq >= marks.length) marks = longer(marks, 2 * seq + 1)
      marks[seq] = 1
      seq = -1
    }
  }
  return marks
}

function longer(marks: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const more = new Uint8Array(length)
  more.set(marks)
  return more
}

function authorsNamed(members: readonly ListedMember[], word: SoughtWord, names: NameWords): ReadonlySet<string> {
  return new Set(members.filter(({ name }) => names.of(name).some((text) => isSought(text, [word]))).map(({ id }) => id))
}

const maxNames = 20_000

/** The words of names, which are the same at each search. */
export class NameWords {
  readonly #words = new Map<string, readonly string[]>()

  of(name: string): readonly string[] {
    const known = this.#words.get(name)
    if (known !== undefined) return known
    if (this.#words.size >= maxNames) this.#words.clear()
    const words = wordsIn(name).map(({ text }) => text)
    this.#words.set(name, words)
    return words
  }
}

import { inLatinDigits } from '#domain/digits.ts'
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

const refs = /(?<![\p{L}\p{N}])([ac])\p{Pd}0*(\d{1,9})(?![\p{L}\p{N}])/giu
/** A whole search that may be a ref as people write it from hearing or from paper: “c8”, “C 8”, or the number alone with its zeros. */
const looseRef = /^\s*(?:([ac])\s?0*(\d{1,9})|0+(\d{1,9}))\s*$/iu
const nobody: ReadonlySet<string> = new Set()
const nothing = new Uint8Array(0)

/**
 * A search as terms that must all be met: a ref names its entry; a word stands in the words of the entry, or in the name of its
 * author. Words that are nobody's name are looked up together, since a database joins them faster than we.
 */
export async function searchHits(tx: Tx, { campaign, q: written, members, ground }: { readonly campaign: CampaignId; readonly q: string; readonly members: readonly ListedMember[]; readonly ground: SearchGround }): Promise<readonly Hits[]> {
  const { find, names } = ground
  const terms: Hits[] = []
  const q = inLatinDigits(written)
  for (const [, kind = '', number = ''] of q.matchAll(refs)) terms.push({ seqs: await seqsOfRef(tx, campaign, `${kind.toUpperCase()}-${number.padStart(6, '0')}`), authors: nobody })
  const sought = soughtWords(q.replaceAll(refs, ' '))
  const named = sought.map((word) => ({ word, authors: authorsNamed(members, word, names) }))
  const unnamed = named.filter(({ authors }) => authors.size === 0).map(({ word }) => word)
  if (unnamed.length > 0) terms.push({ seqs: marked(await find(tx, campaign, unnamed)), authors: nobody })
  for (const { word, authors } of named.filter((one) => one.authors.size > 0)) terms.push({ seqs: marked(await find(tx, campaign, [word])), authors })
  const meant = await looselyMeant(tx, campaign, q)
  // Signs without a letter or digit are nowhere.
  return terms.length === 0 ? [{ seqs: nothing, authors: nobody }] : terms.map(({ seqs, authors }) => ({ seqs: both(seqs, meant), authors }))
}

/** What may be meant by its ref besides what has the words, which may be a road (“A4”) or an age. */
async function looselyMeant(tx: Tx, campaign: CampaignId, q: string): Promise<Uint8Array> {
  const [, kind, behindKind, alone] = looseRef.exec(q) ?? []
  const number = behindKind ?? alone
  if (number === undefined) return nothing
  let found: Uint8Array = nothing
  for (const letter of kind === undefined ? ['C', 'A'] : [kind.toUpperCase()]) found = both(found, await seqsOfRef(tx, campaign, `${letter}-${number.padStart(6, '0')}`))
  return found
}

function both(one: Uint8Array, other: Uint8Array): Uint8Array {
  if (one.length === 0 || other.length === 0) return one.length === 0 ? other : one
  const marks = new Uint8Array(Math.max(one.length, other.length))
  marks.set(one)
  other.forEach((mark, seq) => {
    if (mark === 1) marks[seq] = 1
  })
  return marks
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

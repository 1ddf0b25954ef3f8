import type { MemberId } from '#domain/ids.ts'
import { foundIn, isSought, wordsIn } from '#domain/words.ts'
import type { SoughtWord } from '#domain/words.ts'
import type { EntryRow } from '#protocol/desk.ts'
import type { FieldWords, KeptRow } from '#server/store/sql/projection.ts'
import type { EntryTableRow, MemberTableRow } from '#server/store/sql/schema.ts'

const snippetLength = 160
const snippetBefore = 40

/** The kept row with the names of its author and of who reads it as they are now, and where a search found its words when the row does not show them. */
export function entryRow(row: Pick<EntryTableRow, 'row' | 'author_id'> & Pick<MemberTableRow, 'name' | 'organisation'> & { readonly assignee_id: MemberId | null; readonly assignee_name: string | null }, sought: readonly SoughtWord[] = []): EntryRow {
  // Written by `projectedEntry` of this version or made anew by `renewProjection`: our own words.
  const { words = [], ...kept } = JSON.parse(row.row) as KeptRow
  const shown = `${kept.text}\n${kept.place ?? ''}\n${kept.adm1 ?? ''}\n${kept.adm1Name ?? ''}\n${row.name}`
  const shownWords = sought.length === 0 ? [] : wordsIn(shown)
  const unshown = sought.filter((word) => !shownWords.some(({ text }) => isSought(text, [word])))
  const found = unshown.length === 0 ? null : snippetOf(words, unshown)
  return {
    ...kept,
    author: { id: row.author_id, name: row.name, ...(row.organisation === null ? {} : { organisation: row.organisation }) },
    ...(row.assignee_id === null || row.assignee_name === null ? {} : { assignee: { id: row.assignee_id, name: row.assignee_name } }),
    ...(found === null ? {} : { found: { ...found } }),
  }
}

/** The words around the first find. */
function snippetOf(words: readonly FieldWords[], sought: readonly SoughtWord[]): FieldWords | null {
  for (const { field, text } of words) {
    const [first] = foundIn(text, sought)
    if (first === undefined) continue
    const [from, to] = [startAt(text, first.start - snippetBefore), startAt(text, first.start + snippetLength)]
    return { field, text: `${from === 0 ? '' : '…'}${text.slice(from, to)}${to < text.length ? '…' : ''}` }
  }
  return null
}

/** Never between the two halves of a letter. */
function startAt(text: string, index: number): number {
  const unit = text.charCodeAt(index)
  return Math.max(0, Math.min(text.length, unit >= 0xDC00 && unit <= 0xDFFF ? index - 1 : index))
}

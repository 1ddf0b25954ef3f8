import { disclosedContent, sensitivityOf } from '#domain/disclosure.ts'
import type { Sensitivity } from '#domain/codes/code-lists.ts'
import type { EntryState } from '#domain/entry-state.ts'
import type { Photo } from '#domain/entry.ts'
import { correctedContent } from '#domain/fold-correction.ts'

/** What somebody said, and what stands below their photos, in the form in which it may be shown. */
export interface WordsToday {
  readonly quote: string | null
  /** By the name of the photo; null: without words. */
  readonly captions: ReadonlyMap<string, string | null>
}

/** As its author and coordinators have it now, approved or not: a name that somebody has taken out of these words must stand nowhere until the next one reads them. */
export function wordsToday(entry: EntryState, campaignDefault?: Sensitivity): WordsToday {
  const shown = disclosedContent(correctedContent(entry), { sensitivity: sensitivityOf(entry, campaignDefault), purpose: 'public' })
  const [quote, photos] = [shown?.['quote'], shown?.['photos'] as readonly Photo[] | undefined]
  return { quote: typeof quote === 'string' ? quote : null, captions: new Map((photos ?? []).map(({ sha256, caption }) => [sha256, caption ?? null] as const)) }
}

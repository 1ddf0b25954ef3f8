import { useEffect } from 'react'
import type { DraftContent } from '#domain/entry.ts'
import { textOf } from '#volunteer/fields/values.ts'
import { photosOf } from '#volunteer/photos/photos-of.ts'
import type { DraftKeeper } from '#volunteer/record/draft-keeper.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'

/**
 * The language of the words is settled by the first of them: it is that of the screens at this moment, unless the author has chosen
 * another one. A new draft has none, so whoever began in the wrong language and switches before writing is not said to write in it; and
 * whoever switches afterwards has still written in the one before.
 */
export function useOwnLanguage(keeper: DraftKeeper, content: DraftContent): void {
  const { locale } = useWords()
  const lang = textOf(content.lang)
  const isWritten = hasWords(content)
  useEffect(() => {
    if (isWritten && lang === '') keeper.type('lang', locale)
    // Without words, what is no choice against the screens' language follows it; a draft of an earlier version has it from its beginning.
    if (!isWritten && lang === locale) keeper.type('lang', undefined)
  }, [keeper, isWritten, lang, locale])
}

function hasWords({ description, audio, photos }: DraftContent): boolean {
  return textOf(description).trim() !== '' || audio !== undefined || photosOf(photos).some(({ caption = '' }) => caption.trim() !== '')
}

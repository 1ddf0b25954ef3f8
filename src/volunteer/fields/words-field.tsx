import { useRef } from 'react'
import { locales, ownNames } from '#i18n/locale.ts'
import { Select } from '#ui/select/select.tsx'
import { TextArea } from '#ui/text-area/text-area.tsx'
import { wordsOf } from '#volunteer/fields/editing.ts'
import type { Editing } from '#volunteer/fields/editing.ts'
import styles from '#volunteer/fields/fields.module.css'
import { PersonalDataNote } from '#volunteer/fields/personal-data-note.tsx'
import { textOf, typedText } from '#volunteer/fields/values.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** From here on the author is told how much room is left. */
const countBelow = 200

/** The author's own words on ruled lines, with soft warnings below: nothing is ever blocked. */
export function WordsField({ max, editing }: { readonly max: number; readonly editing: Editing }) {
  const { say } = useWords()
  const control = useRef<HTMLTextAreaElement>(null)
  const text = textOf(editing.value)
  const room = max - text.length
  return (
    <div className={styles.noted}>
      <TextArea
        {...wordsOf(editing)}
        ref={control}
        isRuled
        rows={max > 1000 ? 6 : 3}
        maxLength={max}
        lang={editing.lang}
        value={text}
        onChange={(next) => editing.onType(typedText(next))}
        {...(room < countBelow ? { count: say('record.words.count', { left: room }) } : {})}
      />
      <PersonalDataNote text={text} control={control} />
    </div>
  )
}

/** The language of the text: that of the screens unless the author says otherwise. */
export function LanguageField({ editing }: { readonly editing: Editing }) {
  const { format } = useWords()
  const known: readonly string[] = locales
  const lang = textOf(editing.value)
  const offered = [...locales.map((locale) => ({ value: locale as string, label: ownNames[locale], lang: locale })), ...otherLanguages.map((tag) => ({ value: tag, label: format.language(tag) }))]
  const options = lang === '' || known.includes(lang) || otherLanguages.includes(lang) ? offered : [{ value: lang, label: format.language(lang) }, ...offered]
  return <Select {...wordsOf(editing)} value={lang === '' ? null : lang} options={options} onChange={(next) => editing.onChoose(next ?? undefined)} />
}

/** Languages that people write in although the screens do not speak them yet. */
const otherLanguages: readonly string[] = ['pt', 'ht', 'sw', 'ha', 'am', 'so', 'fa', 'ur', 'hi', 'bn', 'id', 'tr', 'uk', 'mg', 'bm', 'ln', 'rw', 'wo']

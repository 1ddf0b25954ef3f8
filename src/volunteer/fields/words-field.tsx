import { useRef } from 'react'
import { isLocale, locales, ownNames, writtenLanguages } from '#i18n/locale.ts'
import { Select } from '#ui/select/select.tsx'
import { CountedArea } from '#volunteer/fields/counted-text.tsx'
import { wordsOf } from '#volunteer/fields/editing.ts'
import { useDevice, useWatch } from '#volunteer/device-context.tsx'
import type { Editing } from '#volunteer/fields/editing.ts'
import styles from '#volunteer/fields/fields.module.css'
import { PersonalDataNote } from '#volunteer/fields/personal-data-note.tsx'
import { textOf, typedText } from '#volunteer/fields/values.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** The author's own words on ruled lines, with soft warnings below: nothing is ever blocked. */
export function WordsField({ max, editing }: { readonly max: number; readonly editing: Editing }) {
  const control = useRef<HTMLTextAreaElement>(null)
  const text = textOf(editing.value)
  return (
    <div className={styles.noted}>
      <CountedArea
        {...wordsOf(editing)}
        ref={control}
        isRuled
        rows={max > 1000 ? 6 : 3}
        max={max}
        lang={editing.lang}
        value={text}
        onChange={(next) => editing.onType(typedText(next))}
      />
      <PersonalDataNote text={text} control={control} />
    </div>
  )
}

/** The language of the text: that of the screens, in which the first words were written, unless the author says otherwise. */
export function LanguageField({ editing }: { readonly editing: Editing }) {
  const { format, locale } = useWords()
  const lang = editing.value === undefined ? locale : textOf(editing.value)
  const ofCampaign = useWatch(useDevice().membership)?.campaign.languages ?? []
  // Those of the campaign come first, and each one once.
  const offered = new Set([...(lang === '' ? [] : [...ofCampaign, ...locales, ...writtenLanguages].includes(lang) ? [] : [lang]), ...ofCampaign, ...locales, ...writtenLanguages])
  const options = [...offered].map((tag) => ({ value: tag, label: isLocale(tag) ? ownNames[tag] : format.language(tag), ...(isLocale(tag) ? { lang: tag } : {}) }))
  return <Select {...wordsOf(editing)} value={lang === '' ? null : lang} options={options} onChange={(next) => editing.onChoose(next ?? undefined)} />
}

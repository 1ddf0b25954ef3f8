import { useState } from 'react'
import { findPersonalData } from '#domain/personal-data.ts'
import type { PersonalDataFinding } from '#domain/personal-data.ts'
import { locales, ownNames } from '#i18n/locale.ts'
import { Button } from '#ui/button/button.tsx'
import { Note } from '#ui/note/note.tsx'
import { Select } from '#ui/select/select.tsx'
import { TextArea } from '#ui/text-area/text-area.tsx'
import { wordsOf } from '#volunteer/fields/editing.ts'
import type { Editing } from '#volunteer/fields/editing.ts'
import { textOf, typedText } from '#volunteer/fields/values.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** From here on the author is told how much room is left. */
const countBelow = 200

/** The author's own words on ruled lines, with soft warnings below: nothing is ever blocked. */
export function WordsField({ max, editing }: { readonly max: number; readonly editing: Editing }) {
  const { say } = useWords()
  const [left, setLeft] = useState<readonly string[]>([])
  const text = textOf(editing.value)
  const risk = findPersonalData(text).find((finding) => !left.includes(wordsAt(text, finding)))
  const room = max - text.length
  return (
    <>
      <TextArea
        {...wordsOf(editing)}
        isRuled
        rows={max > 1000 ? 6 : 3}
        maxLength={max}
        lang={editing.lang}
        value={text}
        onChange={(next) => editing.onType(typedText(next))}
        {...(room < countBelow ? { count: say('record.words.count', { left: room }) } : {})}
      />
      <div role="status">
        {risk === undefined ? null : (
          <RiskNote
            finding={risk}
            found={wordsAt(text, risk)}
            onErase={() => editing.onChoose(typedText(withoutRange(text, risk)))}
            onLeave={() => setLeft([...left, wordsAt(text, risk)])}
          />
        )}
      </div>
    </>
  )
}

interface RiskNoteProps {
  readonly finding: PersonalDataFinding
  readonly found: string
  readonly onErase: () => void
  readonly onLeave: () => void
}

function RiskNote({ finding, found, onErase, onLeave }: RiskNoteProps) {
  const { say } = useWords()
  return (
    <Note tone="ask" icon="eye-off" title={say(`risk.${finding.kind}`)} actions={<><Button onClick={onErase}>{say('risk.erase')}</Button><Button look="plain" onClick={onLeave}>{say('risk.leave')}</Button></>}>
      {say('risk.text', { found })}
    </Note>
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

function wordsAt(text: string, { start, end }: PersonalDataFinding): string {
  return text.slice(start, end)
}

function withoutRange(text: string, { start, end }: PersonalDataFinding): string {
  return `${text.slice(0, start)}${text.slice(end)}`.replaceAll(/ {2,}/g, ' ').replaceAll(/ ([.,;!?])/g, '$1')
}

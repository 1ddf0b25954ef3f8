import { useState } from 'react'
import type { RefObject } from 'react'
import { findPersonalData } from '#domain/personal-data.ts'
import type { PersonalDataFinding, PersonalDataKind } from '#domain/personal-data.ts'
import { Button } from '#ui/button/button.tsx'
import { Note } from '#ui/note/note.tsx'
import { useWords } from '#volunteer/volunteer-context.tsx'

export interface PersonalDataNoteProps {
  readonly text: string
  readonly kinds?: readonly PersonalDataKind[] | undefined
  /** The control that holds the text: what was found is marked in it, ready to be written over. */
  readonly control: RefObject<HTMLInputElement | HTMLTextAreaElement | null>
}

/** Points softly at words that may name a person. The author keeps them or changes them; nothing is ever blocked. */
export function PersonalDataNote({ text, kinds, control }: PersonalDataNoteProps) {
  const { say } = useWords()
  const [kept, setKept] = useState<readonly string[]>([])
  const risk = findPersonalData(text).find((finding) => (kinds === undefined || kinds.includes(finding.kind)) && !kept.includes(wordsAt(text, finding)))
  const found = risk === undefined ? '' : wordsAt(text, risk)
  const handleChange = (): void => {
    if (risk === undefined) return
    control.current?.focus()
    control.current?.setSelectionRange(risk.start, risk.end)
  }
  return (
    <div role="status">
      {risk === undefined ? null : (
        <Note tone="ask" icon="eye-off" title={say(`risk.${risk.kind}`)} actions={<><Button onClick={handleChange}>{say('risk.change')}</Button><Button look="plain" onClick={() => setKept([...kept, found])}>{say('risk.keep')}</Button></>}>
          {/* Isolated: a number or a foreign word must not turn around in a sentence of the other direction. */}
          {say('risk.text', { found: `\u2068${found}\u2069` })}
        </Note>
      )}
    </div>
  )
}

function wordsAt(text: string, { start, end }: PersonalDataFinding): string {
  return text.slice(start, end)
}

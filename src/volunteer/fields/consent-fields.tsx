import { consentBases } from '#domain/codes/code-lists.ts'
import { consentWordingVersion, isAgreed, isYesToPhotos } from '#domain/consent.ts'
import type { ConsentUse } from '#domain/consent.ts'
import type { DraftContent } from '#domain/entry.ts'
import { ChooseOne, ChooseSome } from '#ui/choice/choices.tsx'
import { Note } from '#ui/note/note.tsx'
import { useConsentNote } from '#volunteer/fields/consent-note.ts'
import { hasPhotos, usesAfter, usesOf } from '#volunteer/fields/consent-uses.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'

export interface ConsentFieldsProps {
  readonly content: DraftContent
  readonly onChoose: (fields: Readonly<Record<string, unknown>>) => void
  readonly error?: string | undefined
  readonly legend: 'label' | 'hidden'
}

/** Whether the people agree, and then to what, one by one. What nobody was asked stays "no". */
export function ConsentFields({ content, onChoose, error, legend }: ConsentFieldsProps) {
  const words = useWords()
  const { say } = words
  const note = useConsentNote()
  const consentWording = { version: consentWordingVersion, lang: words.locale, ...(note === null ? {} : { campaign: note.version }) }
  const uses = usesOf(content)
  const given = uses.filter((use) => content[use] === true)
  const handleBasis = (consentBasis: string): void => onChoose({ consentBasis, consentWording, ...usesAfter(content, consentBasis) })
  const handleUses = (chosen: readonly ConsentUse[]): void => {
    const answers = Object.fromEntries(uses.map((use) => [use, chosen.includes(use)]))
    // Words of someone who does not agree to be quoted are not kept.
    const quote = answers['consentQuote'] === false ? { quote: undefined, quoteRole: undefined } : {}
    onChoose({ consentWording, ...answers, ...quote })
  }
  return (
    <>
      {note === null ? null : <Note><p dir="auto">{note.text}</p></Note>}
      <ChooseOne legend={legend} label={say('consent.basis')} error={error} choices={consentBases.map((code) => ({ value: code as string, label: words.code('consentBasis', code) }))} value={typeof content.consentBasis === 'string' ? content.consentBasis : null} onChange={handleBasis} />
      {content.consentBasis === 'not_asked' ? <Note>{say('consent.notAsked')}</Note> : null}
      {isAgreed(content.consentBasis) && hasPhotos(content) && !isYesToPhotos(content) ? <Note>{say('consent.ofChildren')}</Note> : null}
      {uses.length === 0 ? null : (
        <ChooseSome label={say(isAgreed(content.consentBasis) ? 'consent.uses' : 'consent.usesOfPhoto')} hint={say('consent.usesHint')} choices={uses.map((use) => ({ value: use, label: say(`consent.${use}`), note: say(`consent.${use}.note`) }))} values={given} onChange={handleUses} />
      )}
    </>
  )
}

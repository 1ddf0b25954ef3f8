import { useState } from 'react'
import type { Draft } from '#device/device.ts'
import type { FieldName } from '#domain/entry.ts'
import { Fold } from '#ui/fold/fold.tsx'
import { FieldEditor } from '#volunteer/fields/field-editor.tsx'
import type { DraftKeeper } from '#volunteer/record/draft-keeper.ts'
import { optionalGroups } from '#volunteer/record/optional-fields.ts'
import type { OptionalGroup } from '#volunteer/record/optional-fields.ts'
import styles from '#volunteer/record/record.module.css'
import { optionalIssues } from '#volunteer/record/review/optional-issues.ts'
import { editingOf } from '#volunteer/record/step-frame.ts'
import type { StepProps } from '#volunteer/record/step-frame.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** The optional fields in small groups, each folded away. */
export function MoreFields({ draft, keeper }: { readonly draft: Draft; readonly keeper: DraftKeeper }) {
  const { say } = useWords()
  const issues = optionalIssues(draft.content)
  const errorOf = (field: FieldName): string | undefined => (issues.includes(field) ? say(field === 'affectedMax' ? 'issue.minMax' : 'issue.invalid') : undefined)
  return (
    <div className={styles.form}>
      {optionalGroups(draft.kind).map((group) => <Group key={group.id} group={group} step={{ draft, content: draft.content, keeper, errorOf }} />)}
    </div>
  )
}

function Group({ group, step }: { readonly group: OptionalGroup; readonly step: StepProps }) {
  const words = useWords()
  const { content, draft, keeper } = step
  const [isLeftOpen] = useState(() => group.fields.some(({ field }) => field === draft.focus))
  const [isOpened, setOpened] = useState(isLeftOpen)
  /** Words of someone who does not agree to be quoted are not kept. */
  const chooseQuoteConsent = (consentQuote: unknown): void => keeper.choose({ consentQuote, ...(consentQuote === true ? {} : { quote: undefined, quoteRole: undefined }) })
  const asked = isOpened ? group.fields.filter(({ isAsked }) => isAsked?.(content) ?? true) : []
  return (
    <Fold isOpen={isLeftOpen} summary={words.say(`group.${group.id}`)} onToggle={(isOpen) => setOpened(isOpened || isOpen)}>
      <div className={styles.form}>
        {asked.map(({ field }) => <FieldEditor key={field} {...editingOf(step, field, { label: words.field(field) })} {...(field === 'consentQuote' ? { onChoose: chooseQuoteConsent } : {})} />)}
      </div>
    </Fold>
  )
}

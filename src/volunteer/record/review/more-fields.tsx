import { useEffect, useState } from 'react'
import type { Draft } from '#device/device.ts'
import { consentWordingVersion } from '#domain/consent.ts'
import type { FieldName } from '#domain/entry.ts'
import { Fold } from '#ui/fold/fold.tsx'
import { FieldEditor } from '#volunteer/fields/field-editor.tsx'
import { issueWords } from '#volunteer/fields/issue-words.ts'
import type { DraftKeeper } from '#volunteer/record/draft-keeper.ts'
import { hasValue, isShown, optionalGroups } from '#volunteer/record/optional-fields.ts'
import type { OptionalGroup, OptionalGroupId } from '#volunteer/record/optional-fields.ts'
import styles from '#volunteer/record/record.module.css'
import { optionalIssues } from '#volunteer/record/review/optional-issues.ts'
import { editingOf } from '#volunteer/record/step-frame.ts'
import type { StepProps } from '#volunteer/record/step-frame.ts'
import { focusFirstInvalid } from '#volunteer/record/use-focus.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** The optional fields in small groups, one of them open at a time. What was said stays when its group is closed: it stands in the draft. */
export function MoreFields({ draft, keeper, isRefused }: { readonly draft: Draft; readonly keeper: DraftKeeper; readonly isRefused: boolean }) {
  const words = useWords()
  const issues = optionalIssues(draft.content)
  const errorOf = (field: FieldName): string | undefined => {
    const issue = issues.find((other) => other.field === field)
    return issue === undefined ? undefined : issueWords(words, issue, draft.content[field])
  }
  // Where something is wrong, else where the caret was.
  const firstGroup = (isIt: (field: FieldName) => boolean): OptionalGroupId | null => optionalGroups(draft.kind).find(({ fields }) => fields.some(({ field }) => isIt(field)))?.id ?? null
  const [open, setOpen] = useState<OptionalGroupId | null>(() => firstGroup((field) => errorOf(field) !== undefined) ?? firstGroup((field) => field === draft.focus))
  useEffect(() => {
    if (isRefused) focusFirstInvalid()
  }, [isRefused])
  return (
    <div className={styles.form}>
      {optionalGroups(draft.kind).map((group) => (
        <Group key={group.id} group={group} step={{ draft, content: draft.content, keeper, errorOf }} isOpen={open === group.id} onToggle={(isOpen) => setOpen((now) => (isOpen ? group.id : now === group.id ? null : now))} />
      ))}
    </div>
  )
}

interface GroupProps {
  readonly group: OptionalGroup
  readonly step: StepProps
  readonly isOpen: boolean
  readonly onToggle: (isOpen: boolean) => void
}

function Group({ group, step, isOpen, onToggle }: GroupProps) {
  const words = useWords()
  const { content, keeper } = step
  /** Words of someone who does not agree to be quoted are not kept. */
  const chooseQuoteConsent = (consentQuote: unknown): void => keeper.choose({ consentQuote, consentWording: { ...(typeof content.consentWording === 'object' ? content.consentWording : {}), version: consentWordingVersion, lang: words.locale }, ...(consentQuote === true ? {} : { quote: undefined, quoteRole: undefined }) })
  const asked = isOpen ? group.fields.filter((field) => isShown(field, content)) : []
  const given = group.fields.filter(({ field }) => hasValue(content[field])).length
  const summary = <>{words.say(`group.${group.id}`)}{given === 0 ? null : <span className={styles.quietLine}>{words.say('record.review.moreCount', { count: given })}</span>}</>
  return (
    <Fold summary={summary} isOpen={isOpen} onToggle={onToggle}>
      <div className={styles.form}>
        {asked.map(({ field }) => <FieldEditor key={field} {...editingOf(step, field, { label: words.field(field) })} {...(field === 'consentQuote' ? { onChoose: chooseQuoteConsent } : {})} />)}
      </div>
    </Fold>
  )
}

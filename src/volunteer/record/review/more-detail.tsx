import type { Draft } from '#device/device.ts'
import { Fold } from '#ui/fold/fold.tsx'
import { FieldEditor } from '#volunteer/fields/field-editor.tsx'
import type { DraftKeeper } from '#volunteer/record/draft-keeper.ts'
import { countOptional, optionalGroups } from '#volunteer/record/optional-fields.ts'
import styles from '#volunteer/record/record.module.css'
import { optionalIssues } from '#volunteer/record/review/optional-issues.ts'
import { editingOf } from '#volunteer/record/step-frame.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** All that may be added, folded away: it never stands between the author and the save. */
export function MoreDetail({ draft, keeper }: { readonly draft: Draft; readonly keeper: DraftKeeper }) {
  const words = useWords()
  const { content } = draft
  const issues = optionalIssues(content)
  const props = { draft, content, keeper, errorOf: (field: (typeof issues)[number]) => (issues.includes(field) ? words.say(field === 'affectedMax' ? 'issue.minMax' : 'issue.invalid') : undefined) }
  return (
    <Fold summary={<>{words.say('record.review.more')}<span className={styles.quietLine}>{words.say('record.review.moreCount', { count: countOptional(content) })}</span></>}>
      <div className={styles.form} onBlur={() => void keeper.flush()}>
        {optionalGroups(draft.kind).map((group) => (
          <Fold key={group.id} summary={words.say(`group.${group.id}`)}>
            <div className={styles.form}>
              {group.fields.filter(({ isAsked }) => isAsked?.(content) ?? true).map(({ field }) => <FieldEditor key={field} {...editingOf(props, field, { label: words.field(field) })} />)}
            </div>
          </Fold>
        ))}
      </div>
    </Fold>
  )
}

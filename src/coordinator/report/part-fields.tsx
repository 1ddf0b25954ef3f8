import { addressees, horizons, sdgs, unescoProgrammes } from '#domain/codes/code-lists.ts'
import { offeredTopics } from '#domain/themes.ts'
import type { WrittenPart, WrittenPriority } from '#domain/written-report.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { withTopic } from '#coordinator/report/parts.ts'
import styles from '#coordinator/report/editor.module.css'
import { useWriting } from '#coordinator/report/writing-context.tsx'
import { ChooseSome } from '#ui/choice/choices.tsx'
import { Fold } from '#ui/fold/fold.tsx'
import { Select } from '#ui/select/select.tsx'

interface PartFieldsProps {
  readonly part: WrittenPart
  readonly onChange: (part: WrittenPart) => void
}

const questions = ['1', '2', '3'] as const

/** Where a part stands in the report: its question and topic, and of a priority by when, for whom, and in which programme. */
export function PartFields({ part, onChange }: PartFieldsProps) {
  const { membership, words } = useDesk()
  const { say } = useWriting()
  const topics = offeredTopics(membership.campaign, part.topic).map((value) => ({ value: value as string, label: words.code('topic', value) }))
  return (
    <>
      <div className={styles.fields}>
        {part.kind === 'priority' ? null : (
          <Select
            label={say('write.field.question')} value={String(part.question) as (typeof questions)[number]} options={questions.map((value) => ({ value, label: say(`report.question.${value}`) }))}
            onChange={(question) => onChange({ ...part, question: Number(question ?? part.question) as typeof part.question })}
          />
        )}
        <Select label={say('write.field.topic')} choose={say('write.field.noTopic')} value={part.topic} options={topics} onChange={(topic) => onChange(withTopic(part, topic))} />
        {part.kind === 'priority' ? (
          <>
            <Select label={say('write.field.horizon')} value={part.horizon} options={horizons.map((value) => ({ value, label: words.label('horizon', value) }))} onChange={(horizon) => onChange({ ...part, horizon: horizon ?? part.horizon })} />
            <Select label={say('write.field.programme')} value={part.programme} options={unescoProgrammes.map((value) => ({ value, label: words.label('unescoProgramme', value) }))} onChange={(programme) => onChange({ ...part, programme: programme ?? part.programme })} />
          </>
        ) : null}
      </div>
      {part.kind === 'priority' ? <WhoAndGoals part={part} onChange={onChange} /> : null}
    </>
  )
}

function WhoAndGoals({ part, onChange }: { readonly part: WrittenPriority; readonly onChange: (part: WrittenPart) => void }) {
  const { words } = useDesk()
  const { say } = useWriting()
  const goals = sdgs.map((value) => ({ value, label: `${words.number(Number(value))} · ${words.label('sdg', value)}` }))
  return (
    <>
      <div className={styles.tiles}><ChooseSome label={say('write.field.addressees')} choices={addressees.map((value) => ({ value, label: words.label('addressee', value) }))} values={part.addressees} onChange={(chosen) => onChange({ ...part, addressees: chosen })} /></div>
      <Fold summary={words.dots([say('write.field.sdgs'), part.sdgs.length === 0 ? say('write.field.sdgsChosen', { count: 0 }) : words.list(part.sdgs.map((goal) => words.number(goal)))])}>
        <div className={styles.tiles}><ChooseSome label={say('write.field.sdgs')} legend="hidden" choices={goals} values={part.sdgs.map((goal) => String(goal) as (typeof sdgs)[number])} onChange={(chosen) => onChange({ ...part, sdgs: chosen.map(Number).toSorted((a, b) => a - b) })} /></div>
      </Fold>
    </>
  )
}

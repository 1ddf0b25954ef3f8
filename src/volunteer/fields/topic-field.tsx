import type { Topic } from '#domain/codes/code-lists.ts'
import { offeredTopics } from '#domain/themes.ts'
import { Tile } from '#ui/choice/choice.tsx'
import choiceStyles from '#ui/choice/choice.module.css'
import { classNames } from '#ui/class-names.ts'
import { FieldGroup } from '#ui/field/field.tsx'
import { topicIcon } from '#ui/icon/code-icon.ts'
import { useDevice, useWatch } from '#volunteer/device-context.tsx'
import { groupWordsOf } from '#volunteer/fields/editing.ts'
import type { Editing } from '#volunteer/fields/editing.ts'
import styles from '#volunteer/fields/fields.module.css'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** More than these are not "lately" any more, and would hide that there are others. */
const maxRecent = 6

/** The campaign's themes as tiles with signs; those the author used last stand first. */
export function TopicField({ editing, recent }: { readonly editing: Editing; readonly recent: readonly string[] }) {
  const { say } = useWords()
  const topics = offeredTopics(useWatch(useDevice().membership)?.campaign ?? {}, editing.value)
  const lately = topics.filter((topic) => recent.slice(0, maxRecent).includes(topic))
  const others = topics.filter((topic) => !lately.includes(topic))
  return (
    <FieldGroup {...groupWordsOf(editing)}>
      {lately.length === 0 ? null : <><h2 className={styles.subhead}>{say('record.topic.recent')}</h2><Tiles topics={lately} editing={editing} /></>}
      {lately.length === 0 ? null : <h2 className={styles.subhead}>{say('record.topic.others')}</h2>}
      <Tiles topics={others} editing={editing} />
    </FieldGroup>
  )
}

function Tiles({ topics: shown, editing }: { readonly topics: readonly Topic[]; readonly editing: Editing }) {
  const words = useWords()
  return (
    <div className={classNames(choiceStyles.choices, choiceStyles.gridGroup)}>
      {shown.map((topic) => (
        <Tile key={topic} type="radio" name={editing.field} value={topic} layout="grid" icon={topicIcon(topic)} label={words.code('topic', topic)} isChosen={editing.value === topic} onChange={() => editing.onChoose(topic)} />
      ))}
    </div>
  )
}

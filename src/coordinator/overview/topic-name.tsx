import { useDesk } from '#coordinator/desk-context.tsx'
import { withToggled } from '#coordinator/overview/overview-address.ts'
import { useOverview } from '#coordinator/overview/overview-context.ts'
import { topics } from '#domain/codes/code-lists.ts'
import { topicIcon } from '#ui/icon/code-icon.ts'
import { Icon } from '#ui/icon/icon.tsx'
import tables from '#coordinator/overview/tables.module.css'

/** A topic as the head of a row: its sign and its name, which narrows the other parts. */
export function TopicName({ topic }: { readonly topic: string }) {
  const { words } = useDesk()
  const { address, choose } = useOverview()
  const known = topics.find((one) => one === topic)
  return (
    <button type="button" className={tables.head} aria-pressed={address.topics.includes(topic)} onClick={() => choose(withToggled(address, 'topics', topic))}>
      {known === undefined ? null : <Icon name={topicIcon(known)} />}
      {words.code('topic', topic)}
    </button>
  )
}

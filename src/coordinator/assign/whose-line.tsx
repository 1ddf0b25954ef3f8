import { useAssigning } from '#coordinator/assign/assigning.tsx'
import styles from '#coordinator/assign/assign.module.css'
import { useAssignee } from '#coordinator/assign/use-assignee.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import type { EntryRow } from '#protocol/desk.ts'
import { Icon } from '#ui/icon/icon.tsx'
import { TextButton } from '#ui/text-button/text-button.tsx'

/** Whose an entry is to read, with the ways to change that. It changes nothing of what may be decided here. */
export function WhoseLine({ row, isOpen }: { readonly row: EntryRow; /** Whether it still waits for a verdict: of what is decided and nobody's, there is nothing to say. */ readonly isOpen: boolean }) {
  const { words, membership } = useDesk()
  const { say } = words
  const { take, give } = useAssigning()
  const assignee = useAssignee(row)
  if (assignee === null && !isOpen) return null
  const isOwn = assignee?.id === membership.member.id
  return (
    <p className={styles.whose}>
      <span><Icon name="person" size="text" /> {assignee === null ? say('assign.nobodys') : isOwn ? say('assign.yours') : say('assign.theirs', { name: assignee.name })}</span>
      <TextButton onClick={() => take([row])}>{say(isOwn ? 'assign.giveBack' : assignee === null ? 'assign.take' : 'assign.takeOver')}</TextButton>
      <TextButton onClick={() => give([row])}>{say('assign.give')}</TextButton>
    </p>
  )
}

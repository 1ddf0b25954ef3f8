import type { Assignee } from '#protocol/assignment.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { Chip } from '#ui/chip/chip.tsx'

/** Whose a row is. */
export function AssigneeChip({ assignee }: { readonly assignee: Assignee }) {
  const { words, membership } = useDesk()
  const isOwn = assignee.id === membership.member.id
  return <Chip icon="person" tone={isOwn ? 'done' : 'plain'}>{isOwn ? words.say('chip.yours') : words.say('chip.with', { name: assignee.name })}</Chip>
}

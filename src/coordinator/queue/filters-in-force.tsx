import { useDesk } from '#coordinator/desk-context.tsx'
import { facetNames } from '#protocol/desk.ts'
import { facetText } from '#coordinator/queue/facet-words.ts'
import type { CampaignNames } from '#coordinator/queue/facet-words.ts'
import { codesChosen, hasFilters, withoutFilters, withToggled } from '#coordinator/queue/queue-address.ts'
import type { QueueAddress } from '#coordinator/queue/queue-address.ts'
import styles from '#coordinator/queue/queue.module.css'
import { RemovableChip } from '#ui/chip/chip.tsx'
import { TextButton } from '#ui/text-button/text-button.tsx'

/** What the list is narrowed by, each with its own way out. */
export function FiltersInForce({ address, names, onChange }: { readonly address: QueueAddress; readonly names: CampaignNames; readonly onChange: (address: QueueAddress) => void }) {
  const { words } = useDesk()
  const { say } = words
  if (!hasFilters(address)) return null
  const chosen = facetNames.flatMap((name) => codesChosen(address, name).map((code) => ({ id: `${name} ${code}`, text: facetText(name, code, { words, names }), without: withToggled(address, name, code) })))
  const search = address.q === '' ? [] : [{ id: 'q', text: say('queue.searchFor', { text: address.q }), without: { ...address, q: '' } }]
  const week = address.week ?? null
  const weeks = week === null ? [] : [{ id: 'week', text: say('overview.weekOf', { day: words.time.day(week) }), without: { ...address, week: null } }]
  const doer = address.doer ?? null
  const doers = doer === null ? [] : [{ id: 'doer', text: doer === '' ? say('queue.doerNone') : say('queue.doer', { name: doer }), without: { ...address, doer: null } }]
  return (
    <div className={styles.inForce}>
      <ul aria-label={say('queue.active')}>
        {[...search, ...weeks, ...doers, ...chosen].map(({ id, text, without }) => (
          <li key={id}>
            <RemovableChip removeLabel={say('queue.remove', { filter: text })} onRemove={() => onChange(without)}>{text}</RemovableChip>
          </li>
        ))}
      </ul>
      <TextButton onClick={() => onChange(withoutFilters(address))}>{say('queue.clear')}</TextButton>
    </div>
  )
}

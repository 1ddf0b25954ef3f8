import { countryWithoutRegion } from '#domain/listed-regions.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { codesIn } from '#coordinator/overview/address-codes.ts'
import styles from '#coordinator/overview/overview.module.css'
import { hasChoices, withToggled } from '#coordinator/overview/overview-address.ts'
import { useOverview } from '#coordinator/overview/overview-context.ts'
import { RemovableChip } from '#ui/chip/chip.tsx'
import { TextButton } from '#ui/text-button/text-button.tsx'

/** What narrows the page, each with its own way out. */
export function Chosen() {
  const { words } = useDesk()
  const { address, choose, areaName } = useOverview()
  const { say } = words
  if (!hasChoices(address)) return null
  const chips = [
    ...address.topics.map((topic) => ({ id: `topic ${topic}`, text: words.code('topic', topic), without: withToggled(address, 'topics', topic) })),
    ...address.areas.map((area) => ({ id: `area ${area}`, text: nameOf(area), without: withToggled(address, 'areas', area) })),
    ...address.severities.map((level) => ({ id: `severity ${level}`, text: words.dots([level, words.code('severity', level)]), without: withToggled(address, 'severities', level) })),
    ...(address.week === null ? [] : [{ id: 'week', text: say('overview.weekOf', { day: words.time.day(address.week) }), without: { ...address, week: null } }]),
  ]
  return (
    <div className={styles.chosen}>
      <ul aria-label={say('queue.active')}>
        {chips.map(({ id, text, without }) => <li key={id}><RemovableChip removeLabel={say('queue.remove', { filter: text })} onRemove={() => choose(without)}>{text}</RemovableChip></li>)}
      </ul>
      <TextButton onClick={() => choose({ ...address, topics: [], areas: [], severities: [], week: null })}>{say('queue.clear')}</TextButton>
    </div>
  )

  function nameOf(area: string): string {
    const { countries: [country = ''], regions: [adm1 = ''] } = codesIn([area])
    return areaName({ country, adm1: countryWithoutRegion(adm1) === null ? adm1 : null })
  }
}

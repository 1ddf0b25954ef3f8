import { useState } from 'react'
import type { SubmitEvent } from 'react'
import type { AuditFilter } from '#device/sync/desk-api.ts'
import { campaignActWords, entryActs } from '#coordinator/audit/act-words.ts'
import styles from '#coordinator/audit/audit.module.css'
import { useDesk } from '#coordinator/desk-context.tsx'
import type { DeskKey } from '#coordinator/desk-words.ts'
import { useLoaded } from '#coordinator/use-loaded.ts'
import { Button } from '#ui/button/button.tsx'
import { DateInput } from '#ui/date-input/date-input.tsx'
import { Select } from '#ui/select/select.tsx'
import { TextInput } from '#ui/text-input/text-input.tsx'

interface AuditFiltersProps {
  readonly filter: AuditFilter
  readonly onChange: (filter: AuditFilter) => void
}

/** Which acts: a choice counts at once, the name of an entry when it is entered. */
export function AuditFilters({ filter, onChange }: AuditFiltersProps) {
  const { device, words } = useDesk()
  const { say } = words
  const asked = filter.ref ?? ''
  const [written, setWritten] = useState({ under: asked, text: asked })
  // What was typed counts until the address says something else: a filter that was cleared empties the field.
  const ref = written.under === asked ? written.text : asked
  const members = useLoaded('members', () => device.api.members())
  const people = (members.value ?? []).map(({ id, name }) => ({ value: id as string, label: name }))
  const options = (acts: Readonly<Record<string, DeskKey>>) => Object.entries(acts).map(([value, key]) => ({ value, label: say(key) }))
  const typed = ref.trim().toUpperCase()
  const isName = typed === '' || /^[CA]-\d{6,}$/.test(typed)
  const change = (name: keyof AuditFilter, value: string | null) => onChange({ ...filter, [name]: value ?? '' })
  const handleSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isName) change('ref', typed)
  }
  return (
    <form autoComplete="off" className={styles.filters} aria-label={say('audit.filters')} onSubmit={handleSubmit}>
      <Select label={say('audit.type')} choose={say('audit.anyType')} value={filter.type ?? null} groups={[{ label: say('audit.ofEntries'), options: options(entryActs) }, { label: say('audit.ofCampaign'), options: options(campaignActWords) }]} onChange={(value) => change('type', value)} />
      <Select label={say('audit.member')} choose={say('audit.anyMember')} value={filter.member ?? null} options={people} onChange={(value) => change('member', value)} />
      <DateInput label={say('audit.from')} value={filter.from ?? ''} max={filter.to} onChange={(value) => change('from', value)} />
      <DateInput label={say('audit.to')} value={filter.to ?? ''} min={filter.from} onChange={(value) => change('to', value)} />
      <TextInput label={say('audit.ref')} placeholder="C-000123" dir="ltr" autoComplete="off" value={ref} error={isName ? undefined : say('audit.refWrong')} onChange={(text) => setWritten({ under: asked, text })} />
      <div className={styles.acts}>
        <Button type="submit">{say('audit.show')}</Button>
        {Object.keys(filter).length === 0 ? null : <Button onClick={() => onChange({})}>{say('audit.clear')}</Button>}
      </div>
    </form>
  )
}

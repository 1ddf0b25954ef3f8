import { useState } from 'react'
import styles from '#coordinator/campaign/campaign.module.css'
import type { SettingsForm } from '#coordinator/campaign/use-settings.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { useLoaded } from '#coordinator/use-loaded.ts'
import { TextInput } from '#ui/text-input/text-input.tsx'

/** From so many on a share says something. */
const fewestForShare = 30

/** How much of what one person decided a second reads, and how often the two have said the same. */
export function SecondReadingSetting({ form }: { readonly form: SettingsForm }) {
  const { words, device } = useDesk()
  const { say } = words
  const percent = form.value('secondReading')
  const [typed, setTyped] = useState<string | null>(null)
  const text = typed ?? (typeof percent === 'number' ? String(percent) : '0')
  const isPercent = (value: string) => /^\d{1,3}$/.test(value) && Number(value) <= 100
  const counts = useLoaded('second', () => device.api.entries({ limit: 0, facets: ['second'] })).value?.facets['second'] ?? null
  const handleChange = (next: string): void => {
    const trimmed = next.trim()
    setTyped(trimmed)
    if (isPercent(trimmed)) form.set({ secondReading: Number(trimmed) })
  }
  return (
    <>
      <div className={styles.narrow}><TextInput label={say('campaign.second')} hint={say('campaign.secondHint')} inputMode="numeric" autoComplete="off" value={text} error={isPercent(text) ? undefined : say('campaign.secondRange')} onChange={handleChange} /></div>
      {counts === null ? null : <p className={styles.quiet}>{sayAgreement(counts, say)}</p>}
    </>
  )
}

function sayAgreement({ agreed = 0, differed = 0, wanted = 0 }: Readonly<Record<string, number>>, say: ReturnType<typeof useDesk>['words']['say']): string {
  const count = agreed + differed
  return [
    say('campaign.secondSoFar', { count, agreed }),
    ...(count < fewestForShare ? [] : [say('campaign.secondShare', { percent: Math.round((agreed * 100) / count) })]),
    say('campaign.secondWaiting', { count: wanted }),
  ].join(' ')
}

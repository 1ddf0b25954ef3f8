import styles from '#coordinator/campaign/campaign.module.css'
import { NumberSetting } from '#coordinator/campaign/number-setting.tsx'
import type { SettingsForm } from '#coordinator/campaign/use-settings.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { useLoaded } from '#coordinator/use-loaded.ts'

/** From so many on a share says something. */
const fewestForShare = 30

/** How much of what one person decided a second reads, and how often the two have said the same. */
export function SecondReadingSetting({ form }: { readonly form: SettingsForm }) {
  const { words, device } = useDesk()
  const { say } = words
  // What was saved just now has changed how many wait.
  const counts = useLoaded(`second ${form.saved.campaign.revision ?? 0}`, () => device.api.entries({ limit: 0, facets: ['second'] })).value?.facets['second'] ?? null
  return (
    <>
      <NumberSetting form={form} setting="secondReading" label={say('campaign.second')} hint={say('campaign.secondHint')} least={0} most={100} error={say('campaign.secondRange')} empty={undefined} />
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

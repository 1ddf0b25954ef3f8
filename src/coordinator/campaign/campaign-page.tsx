import { CampaignForm } from '#coordinator/campaign/campaign-form.tsx'
import styles from '#coordinator/campaign/campaign.module.css'
import { useDesk } from '#coordinator/desk-context.tsx'
import { Awaited } from '#coordinator/shell/awaited.tsx'
import { UnreadNote } from '#coordinator/shell/problem-note.tsx'
import { useLoaded } from '#coordinator/use-loaded.ts'
import layout from '#coordinator/shell/two-parts.module.css'
import { classNames } from '#ui/class-names.ts'

/** The settings of the campaign, for who may edit them. */
export function CampaignPage() {
  const { device, words } = useDesk()
  const settings = useLoaded('campaign', () => device.api.campaign())
  if (settings.value !== null) return <CampaignForm first={settings.value} />
  return (
    <main className={classNames(layout.main, styles.main)}>
      <h1>{words.say('campaign.title')}</h1>
      {settings.problem === null ? <Awaited lines={6} /> : <UnreadNote problem={settings.problem} onRetry={settings.reload} />}
    </main>
  )
}

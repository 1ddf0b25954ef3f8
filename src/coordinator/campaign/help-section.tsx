import styles from '#coordinator/campaign/campaign.module.css'
import type { SettingsForm } from '#coordinator/campaign/use-settings.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { LimitedArea } from '#coordinator/limited-text.tsx'

/** Where help is to be had in danger: the one text that every phone shows without anybody asking for it. */
export function HelpSection({ form }: { readonly form: SettingsForm }) {
  const { say } = useDesk().words
  const text = form.value('urgentHelp')
  return (
    <section className={styles.part}>
      <h2>{say('campaign.urgentHelp')}</h2>
      <LimitedArea label={say('campaign.urgentHelpText')} hint={say('campaign.urgentHelpHint')} rows={4} maxLength={2000} value={typeof text === 'string' ? text : ''} onChange={(next) => form.set({ urgentHelp: next.trim() === '' ? null : next })} />
    </section>
  )
}

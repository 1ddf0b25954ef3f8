import type { CampaignResponse } from '#protocol/campaign.ts'
import { AboutSection } from '#coordinator/campaign/about-section.tsx'
import { AreasSection } from '#coordinator/campaign/areas-section.tsx'
import styles from '#coordinator/campaign/campaign.module.css'
import { HelpSection } from '#coordinator/campaign/help-section.tsx'
import { HistoryList } from '#coordinator/campaign/history-list.tsx'
import { ProtectionSection } from '#coordinator/campaign/protection-section.tsx'
import { SaveBar } from '#coordinator/campaign/save-bar.tsx'
import { ThemesSection } from '#coordinator/campaign/themes-section.tsx'
import { useSettings } from '#coordinator/campaign/use-settings.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import layout from '#coordinator/shell/two-parts.module.css'
import { classNames } from '#ui/class-names.ts'

export function CampaignForm({ first }: { readonly first: CampaignResponse }) {
  const { say } = useDesk().words
  const form = useSettings(first)
  return (
    <div className={layout.page}>
      <main className={classNames(layout.main, styles.main)}>
        <header>
          <h1>{say('campaign.title')}</h1>
          <p className={styles.quiet}>{say('campaign.lead')}</p>
        </header>
        <AboutSection form={form} />
        <ThemesSection form={form} />
        <AreasSection form={form} />
        <ProtectionSection form={form} />
        <HelpSection form={form} />
        <SaveBar form={form} />
      </main>
      <aside className={layout.side} aria-label={say('campaign.history')}><HistoryList history={form.saved.history} /></aside>
    </div>
  )
}

import type { CampaignSetting } from '#protocol/campaign.ts'
import styles from '#coordinator/campaign/campaign.module.css'
import { savedSetting } from '#coordinator/campaign/setting-values.ts'
import { useSettingWords } from '#coordinator/campaign/setting-words.ts'
import type { SettingsForm } from '#coordinator/campaign/use-settings.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { ProblemNote } from '#coordinator/shell/problem-note.tsx'
import { Button } from '#ui/button/button.tsx'
import { Note } from '#ui/note/note.tsx'

/** Stays in sight: what is not saved, what somebody else saved meanwhile, and the one way to save all of it. */
export function SaveBar({ form }: { readonly form: SettingsForm }) {
  const { words } = useDesk()
  const { say } = words
  const speak = useSettingWords()
  const { clash, unsaved, unclear, step } = form
  const [startsOn, endsOn] = [form.value('startsOn'), form.value('endsOn')]
  const isBackwards = typeof startsOn === 'string' && typeof endsOn === 'string' && endsOn < startsOn
  return (
    <div className={styles.saveBar} data-unsaved={unsaved + unclear.length > 0}>
      {clash === null || clash.settings.length === 0 ? null : <Clash form={form} title={say('campaign.clash', { name: clash.by, settings: words.list(clash.settings.map(speak.name)) })} settings={clash.settings} />}
      {clash === null || clash.beside.length === 0 ? null : <Clash form={form} title={say('campaign.clashBeside', { name: clash.by, settings: words.list(clash.beside.map(speak.name)) })} settings={clash.beside} />}
      {form.problem === null ? null : <ProblemNote problem={form.problem} />}
      <div className={styles.acts}>
        <Button look="main" isDisabled={unsaved === 0 || unclear.length > 0 || isBackwards || step === 'saving'} onClick={form.onSave}>{say(step === 'saving' ? 'campaign.saving' : 'campaign.save')}</Button>
        {unsaved + unclear.length === 0 ? null : <Button look="plain" onClick={form.onDiscard}>{say('campaign.discard')}</Button>}
        <span role="status" className={styles.quiet}>{isBackwards ? say('campaign.endBeforeStart') : unsaved > 0 ? say('campaign.unsaved', { count: unsaved }) : step === 'saved' ? say('campaign.saved') : ''}</span>
      </div>
    </div>
  )
}

/** What somebody else has saved, as it stands now. */
function Clash({ form, title, settings }: { readonly form: SettingsForm; readonly title: string; readonly settings: readonly CampaignSetting[] }) {
  const { say } = useDesk().words
  const speak = useSettingWords()
  return (
    <Note tone="ask" live="alert" title={title}>
      {settings.map((setting) => <p key={setting} dir="auto">{say('campaign.clashTheirs', { value: speak.value(setting, savedSetting(form.saved, setting)) })}</p>)}
    </Note>
  )
}

import { sensitivities } from '#domain/codes/code-lists.ts'
import { consentWordingVersion } from '#domain/consent.ts'
import { isKeptWithoutEnd, retentionDay } from '#domain/retention.ts'
import { dayHere } from '#domain/day-here.ts'
import { maxRetentionMonths } from '#protocol/campaign.ts'
import { NumberSetting } from '#coordinator/campaign/number-setting.tsx'
import { SecondReadingSetting } from '#coordinator/campaign/second-reading-setting.tsx'
import styles from '#coordinator/campaign/campaign.module.css'
import type { SettingsForm } from '#coordinator/campaign/use-settings.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { LimitedArea } from '#coordinator/limited-text.tsx'
import { ChooseOne } from '#ui/choice/choices.tsx'
import { Note } from '#ui/note/note.tsx'
import { Select } from '#ui/select/select.tsx'

/** How carefully entries are held, what people hear before they agree, and when everything goes. */
export function ProtectionSection({ form }: { readonly form: SettingsForm }) {
  const { words } = useDesk()
  const { say } = words
  const note = form.value('consentNote')
  const kept = form.saved.campaign.consentNote ?? null
  const level = sensitivities.find((one) => one === form.value('defaultSensitivity')) ?? null
  return (
    <section className={styles.part}>
      <h2>{say('campaign.protection')}</h2>
      <Select label={say('campaign.sensitivity')} hint={say('campaign.sensitivityHint')} value={level} options={sensitivities.map((value) => ({ value, label: say(`campaign.sensitivity.${value}`) }))} onChange={(next) => (next === null ? undefined : form.set({ defaultSensitivity: next }))} />
      <SecondReadingSetting form={form} />
      <p className={styles.quiet}>{say('campaign.consentVersion', { version: consentWordingVersion })}</p>
      <LimitedArea label={say('campaign.consentNote')} hint={say('campaign.consentNoteHint')} rows={3} maxLength={600} value={typeof note === 'string' ? note : ''} onChange={(text) => form.set({ consentNote: text.trim() === '' ? null : text })} />
      {kept === null ? null : <p className={styles.quiet}>{say('campaign.consentNoteVersion', { version: kept.version })}</p>}
      <Originals form={form} />
      <Retention form={form} />
    </section>
  )
}

/** Hidden things may travel in a picture as it was sent; what is shown is a copy in any case. */
function Originals({ form }: { readonly form: SettingsForm }) {
  const { words: { say } } = useDesk()
  const isKept = form.value('keepOriginals') === true
  const isLosing = form.saved.campaign.keepOriginals === true && !isKept
  return (
    <>
      <ChooseOne label={say('campaign.originals')} hint={say('campaign.originalsHint')} choices={(['drop', 'keep'] as const).map((value) => ({ value, label: say(`campaign.originals.${value}`) }))} value={isKept ? 'keep' : 'drop'} onChange={(value) => form.set({ keepOriginals: value === 'keep' })} />
      {isLosing ? <Note tone="stop">{say('campaign.originalsLost')}</Note> : null}
    </>
  )
}

function Retention({ form }: { readonly form: SettingsForm }) {
  const { words, ground } = useDesk()
  const { say } = words
  const months = form.value('retentionMonths')
  const endsOn = form.value('endsOn')
  const day = typeof months === 'number' && typeof endsOn === 'string' ? retentionDay(endsOn, months) : null
  return (
    <>
      <NumberSetting form={form} setting="retentionMonths" label={say('campaign.retention')} hint={say('campaign.retentionHint')} least={1} most={maxRetentionMonths} error={say('campaign.wholeNumber', { max: maxRetentionMonths })} empty={null} />
      {typeof endsOn === 'string' && typeof months !== 'number' && isKeptWithoutEnd({ endsOn }, dayHere(ground.now())) ? <Note tone="ask">{say('campaign.retentionNone', { date: words.time.day(endsOn) })}</Note> : null}
      {typeof months === 'number' && day === null ? <Note tone="ask">{say('campaign.retentionNeedsEnd')}</Note> : null}
      {day === null ? null : <Note tone="stop">{say('campaign.retentionOn', { date: words.time.day(day) })}</Note>}
    </>
  )
}

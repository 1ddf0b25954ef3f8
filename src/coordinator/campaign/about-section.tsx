import { countries } from '#domain/codes/countries.ts'
import { isLocale, locales, ownNames, writtenLanguages } from '#i18n/locale.ts'
import styles from '#coordinator/campaign/campaign.module.css'
import { ChosenList } from '#coordinator/campaign/chosen-list.tsx'
import type { SettingsForm } from '#coordinator/campaign/use-settings.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { LimitedLine } from '#coordinator/limited-text.tsx'
import { DateInput } from '#ui/date-input/date-input.tsx'

export function AboutSection({ form }: { readonly form: SettingsForm }) {
  const { words } = useDesk()
  const { say } = words
  const text = (value: unknown): string => (typeof value === 'string' ? value : '')
  const dayOrNone = (day: string): string | null => (day === '' ? null : day)
  const languageName = (tag: string): string => (isLocale(tag) ? ownNames[tag] : words.language(tag))
  return (
    <section className={styles.part}>
      <h2>{say('campaign.about')}</h2>
      <LimitedLine label={say('campaign.name')} value={text(form.value('name'))} maxLength={120} autoComplete="off" onChange={(name) => form.set({ name })} />
      <div className={styles.pair}>
        <DateInput label={say('campaign.startsOn')} value={text(form.value('startsOn'))} onChange={(day) => form.set({ startsOn: dayOrNone(day) })} />
        <DateInput label={say('campaign.endsOn')} hint={say('campaign.endsOnHint')} value={text(form.value('endsOn'))} onChange={(day) => form.set({ endsOn: dayOrNone(day) })} />
      </div>
      <ChosenList label={say('campaign.countries')} add={say('campaign.addCountry')} none={say('campaign.countriesNone')} values={textsOf(form.value('countries'))} offered={countries} nameOf={words.country} onChange={(chosen) => form.set({ countries: [...chosen] })} />
      <ChosenList label={say('campaign.languages')} add={say('campaign.addLanguage')} least={1} values={textsOf(form.value('languages'))} offered={[...locales, ...writtenLanguages]} nameOf={languageName} onChange={(chosen) => form.set({ languages: [...chosen] })} />
    </section>
  )
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

import { useState } from 'react'
import { topics } from '#domain/codes/code-lists.ts'
import type { Topic } from '#domain/codes/code-lists.ts'
import { locales, ownNames } from '#i18n/locale.ts'
import type { Locale } from '#i18n/locale.ts'
import type { CampaignSettings } from '#protocol/campaign.ts'
import styles from '#coordinator/campaign/campaign.module.css'
import type { SettingsForm } from '#coordinator/campaign/use-settings.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { topicIcon } from '#ui/icon/code-icon.ts'
import { Icon } from '#ui/icon/icon.tsx'
import { Select } from '#ui/select/select.tsx'

type Themes = NonNullable<CampaignSettings['topics']>
type Theme = Themes[number]

/** Which of the topics the campaign offers, and under which names. */
export function ThemesSection({ form }: { readonly form: SettingsForm }) {
  const { words } = useDesk()
  const { say } = words
  const [locale, setLocale] = useState<Locale>(words.locale)
  const themes = themesOf(form.value('topics'))
  const byCode = new Map(themes.map((theme) => [theme.code, theme] as const))
  // A theme that is unticked takes its names with it out of the settings, not out of the form: whoever ticks it again has meant them.
  const [unticked, setUnticked] = useState<ReadonlyMap<Topic, Theme>>(new Map())
  const namedBefore = (code: Topic): Theme => unticked.get(code) ?? themesOf(form.saved.campaign.topics).find((theme) => theme.code === code) ?? { code }
  const set = (code: Topic, theme: Theme | null): void => {
    const next = new Map<Topic, Theme>(byCode)
    const before = next.get(code)
    if (theme === null) next.delete(code)
    else next.set(code, theme)
    if (theme === null && before !== undefined) setUnticked(new Map([...unticked, [code, before]]))
    form.set({ topics: asSetting(topics.flatMap((topic) => next.get(topic) ?? [])) })
  }
  return (
    <section className={styles.part}>
      <h2>{say('campaign.topics')}</h2>
      <p className={styles.quiet}>{say('campaign.topicsHint')}</p>
      <div className={styles.narrow}><Select label={say('campaign.topicsIn')} value={locale} options={locales.map((value) => ({ value, label: ownNames[value], lang: value }))} onChange={(next) => setLocale(next ?? words.locale)} /></div>
      <ul className={styles.themes}>
        {topics.map((code) => <ThemeRow key={code} code={code} theme={byCode.get(code) ?? null} locale={locale} isLast={themes.length === 1} onTick={(isOn) => set(code, isOn ? namedBefore(code) : null)} onChange={(theme) => set(code, theme)} />)}
      </ul>
      {themes.length === 1 ? <p className={styles.quiet}>{say('campaign.topicsLast')}</p> : null}
    </section>
  )
}

interface ThemeRowProps {
  readonly code: Topic
  readonly theme: Theme | null
  readonly locale: Locale
  readonly isLast: boolean
  readonly onTick: (isOn: boolean) => void
  readonly onChange: (theme: Theme) => void
}

function ThemeRow({ code, theme, locale, isLast, onTick, onChange }: ThemeRowProps) {
  const { words } = useDesk()
  const usual = words.usualTopic(code)
  const name = theme?.names?.[locale] ?? ''
  const handleName = (text: string): void => {
    const { [locale]: _before, ...others } = theme?.names ?? {}
    const names = text === '' ? others : { ...others, [locale]: text }
    onChange({ code, ...(Object.keys(names).length === 0 ? {} : { names }) })
  }
  return (
    <li>
      <label className={styles.theme}>
        <input type="checkbox" checked={theme !== null} disabled={theme !== null && isLast} onChange={(event) => onTick(event.target.checked)} />
        <Icon name={topicIcon(code)} size="s" />
        <span>{usual}</span>
      </label>
      {theme === null ? null : <input className={styles.ownName} type="text" dir={name === '' ? undefined : 'auto'} lang={locale} maxLength={60} placeholder={usual} aria-label={words.say('campaign.topicName', { topic: usual })} value={name} onChange={(event) => handleName(event.target.value)} />}
    </li>
  )
}

/** No list means all of them, and all of them under their usual names mean no list to a reader. */
function themesOf(value: unknown): Themes {
  const listed = Array.isArray(value) ? (value as Themes) : []
  return listed.length === 0 ? topics.map((code) => ({ code })) : listed
}

/** Names that are only blanks are none. */
function asSetting(themes: Themes): Themes {
  return themes.map(({ code, names = {} }) => {
    const kept = Object.entries(names).filter(([, name]) => name.trim() !== '')
    return { code, ...(kept.length === 0 ? {} : { names: Object.fromEntries(kept) }) }
  })
}

import { useDesk } from '#coordinator/desk-context.tsx'
import { locales } from '#i18n/locale.ts'
import styles from '#coordinator/shell/shell.module.css'
import { useAwaitedLanguage } from '#ui/language/language.tsx'

/** Each language under its own name. The choice is kept on the device, for the volunteer's screens too; where that is full, the one before stays. What is awaited is said below, where there is room. */
export function LanguageSwitch() {
  const { device, words } = useDesk()
  const awaited = useAwaitedLanguage()
  return (
    <select className={styles.language} aria-label={words.say('bar.language')} value={awaited?.locale ?? words.locale} onChange={(event) => void device.setPreferences({ language: event.target.value }).catch(() => undefined)}>
      {locales.map((locale) => <option key={locale} value={locale} lang={locale}>{words.ownName(locale)}</option>)}
    </select>
  )
}

import type { CampaignChange } from '#protocol/campaign.ts'
import styles from '#coordinator/campaign/campaign.module.css'
import { useSettingWords } from '#coordinator/campaign/setting-words.ts'
import { useDesk } from '#coordinator/desk-context.tsx'

/** Who changed which setting when, and what it was before. */
export function HistoryList({ history }: { readonly history: readonly CampaignChange[] }) {
  const { words } = useDesk()
  const { say } = words
  const speak = useSettingWords()
  return (
    <section>
      <h2>{say('campaign.history')}</h2>
      {history.length === 0 ? <p className={styles.quiet}>{say('campaign.historyNone')}</p> : null}
      <ol className={styles.history}>
        {history.map(({ revision, at, by, changes }) => (
          <li key={revision}>
            <p className={styles.quiet}><bdi>{by}</bdi> · <time dateTime={at}>{words.time.instant(at)}</time></p>
            {changes.map(({ setting, before, after }) => (
              <p key={setting}><b>{speak.name(setting)}</b> <bdi>{speak.value(setting, after)}</bdi> <span className={styles.quiet}>{say('campaign.historyWas', { value: speak.value(setting, before) })}</span></p>
            ))}
          </li>
        ))}
      </ol>
    </section>
  )
}

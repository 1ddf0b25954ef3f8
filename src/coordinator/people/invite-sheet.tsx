import { useEffect, useState } from 'react'
import { directionOf } from '#i18n/direction.ts'
import { loadDesk, loadLanguage } from '#i18n/load.ts'
import type { Locale } from '#i18n/locale.ts'
import { createTranslator } from '#i18n/translate.ts'
import type { Values } from '#i18n/translate.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import type { DeskKey } from '#coordinator/desk-words.ts'
import { QrCode } from '#coordinator/people/qr-code.tsx'
import styles from '#coordinator/people/sheet.module.css'
import { createTimeWords } from '#coordinator/time-words.ts'
import { Button } from '#ui/button/button.tsx'
import { Logo } from '#ui/icon/logo.tsx'

export interface Card {
  readonly number: number
  readonly url: string
  readonly until: string
}

interface InviteSheetProps {
  readonly cards: readonly Card[]
  /** The language of the cards: that of who gets them. */
  readonly locale: Locale
  readonly onClose: () => void
}

/** Cards to print and cut out, one invite on each: the campaign, a code, three steps. Their secrets are shown only now. */
export function InviteSheet({ cards, locale, onClose }: InviteSheetProps) {
  const { ground, membership, words } = useDesk()
  const say = useCardWords(locale)
  return (
    <main className={styles.page}>
      <header className={styles.head}>
        <h1>{words.say('sheet.ready', { count: cards.length })}</h1>
        <p>{words.say('sheet.once')}</p>
        <div className={styles.acts}>
          <Button look="main" onClick={ground.print}>{words.say('sheet.print')}</Button>
          <Button onClick={onClose}>{words.say('invites.done')}</Button>
        </div>
      </header>
      {say === null ? null : (
        <ul className={styles.sheet} lang={locale} dir={directionOf(locale)}>
          {cards.map(({ number, url, until }) => (
            <li key={number} className={styles.card}>
              <div className={styles.words}>
                <p className={styles.brand}><Logo /></p>
                <h2><bdi>{membership.campaign.name}</bdi></h2>
                <ol>
                  <li>{say('sheet.step1')}</li>
                  <li>{say('sheet.step2')}</li>
                  <li>{say('sheet.step3')}</li>
                </ol>
                <p className={styles.until}>{say('sheet.until', { date: createTimeWords(locale).day(until), number })}</p>
              </div>
              <div className={styles.code}>
                <QrCode text={url} label={say('invites.qr')} />
                <p className={styles.link} dir="ltr">{url}</p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </main>
  )
}

/** The words of the cards, in their own language. */
function useCardWords(locale: Locale): ((key: DeskKey, values?: Values) => string) | null {
  const [say, setSay] = useState<{ readonly say: (key: DeskKey, values?: Values) => string } | null>(null)
  useEffect(() => {
    let isCurrent = true
    void loadLanguage(locale).then(loadDesk).then(({ messages }) => {
      if (isCurrent) setSay({ say: createTranslator(locale, messages) })
    })
    return () => {
      isCurrent = false
    }
  }, [locale])
  return say?.say ?? null
}

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
import { useComingPart } from '#ui/later-screen.tsx'

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
  const card = useCardWords(locale)
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
      {card === null ? null : (
        <ul className={styles.sheet} lang={card.locale} dir={directionOf(card.locale)}>
          {cards.map(({ number, url, until }) => (
            <li key={number} className={styles.card}>
              <div className={styles.words}>
                <p className={styles.brand}><Logo /></p>
                <h2><bdi>{membership.campaign.name}</bdi></h2>
                <ol>
                  <li>{card.say('sheet.step1')}</li>
                  <li>{card.say('sheet.step2')}</li>
                  <li>{card.say('sheet.step3')}</li>
                </ol>
                <p className={styles.until}>{card.say('sheet.until', { date: createTimeWords(card.locale).instant(until), number })}</p>
              </div>
              <div className={styles.code}>
                <QrCode text={url} label={card.say('invites.qr')} />
                <p className={styles.link} dir="ltr">{url}</p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </main>
  )
}

interface CardWords {
  readonly locale: Locale
  readonly say: (key: DeskKey, values?: Values) => string
}

/** In the language of who gets them; in that of the desk where it does not come: what the cards hold is shown only now. */
function useCardWords(locale: Locale): CardWords | null {
  const { words } = useDesk()
  const { known, missing } = useComingPart(locale, loadCardWords)
  return known?.part ?? (missing === null ? null : { locale: words.locale, say: words.say })
}

async function loadCardWords(locale: Locale): Promise<CardWords> {
  const { messages } = await loadDesk(await loadLanguage(locale))
  return { locale, say: createTranslator(locale, messages) }
}

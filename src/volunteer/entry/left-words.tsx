import { useState } from 'react'
import type { Begun } from '#device/device.ts'
import { Button } from '#ui/button/button.tsx'
import { Fact, Facts } from '#ui/facts/facts.tsx'
import { laterScreen } from '#ui/later-screen.tsx'
import { Toast } from '#ui/toast/toast.tsx'
import { Words as OwnWords } from '#ui/words/words.tsx'
import { useDevice } from '#volunteer/device-context.tsx'
import styles from '#volunteer/entry/entry.module.css'
import { sayValue } from '#volunteer/fields/field-value.tsx'
import { useVolunteering } from '#volunteer/volunteer-context.tsx'

const { Screen: DiscardDialog } = laterScreen(async () => (await import('#volunteer/record/discard-dialog.tsx')).DiscardDialog)

/** What was begun on an entry that is not here, as where the browser threw its storage away meanwhile: to be read, taken elsewhere or thrown away. Comes the entry back, it stands there again. */
export function LeftWords({ begun: { entryId, fields, comment, commentLang } }: { readonly begun: Begun }) {
  const { ground, words } = useVolunteering()
  const { say } = words
  const device = useDevice()
  const [isAsked, setAsked] = useState(false)
  const [isCopied, setCopied] = useState<boolean | null>(null)
  const lines = [
    ...Object.entries(fields).map(([field, value]) => ({ id: field, label: words.field(field), text: sayValue(words, field, value), lang: undefined })),
    { id: 'comment', label: say('talk.label'), text: comment, lang: commentLang },
  ].filter(({ text }) => text !== '')
  if (lines.length === 0) return null
  const whole = lines.map(({ label, text }) => `${label}: ${text}`).join('\n')
  const drop = (): void => void device.writeBegun(entryId, { forget: Object.keys(fields), comment: '', reasons: { withdraw: '', erase: '' } }).then(() => setAsked(false))
  return (
    <div className={styles.below}>
      <p>{say('left.text')}</p>
      <Facts>{lines.map(({ id, label, text, lang }) => <Fact key={id} name={label}><OwnWords lang={lang}>{text}</OwnWords></Fact>)}</Facts>
      <Button isWide onClick={() => void ground.copy(whole).then(setCopied)}>{say('left.copy')}</Button>
      <Button look="stop" icon="bin" isWide onClick={() => setAsked(true)}>{say('record.review.discardYes')}</Button>
      <Toast>{isCopied === null ? null : say(isCopied ? 'left.copied' : 'left.notCopied')}</Toast>
      {isAsked ? <DiscardDialog onCancel={() => setAsked(false)} onDiscard={drop} /> : null}
    </div>
  )
}

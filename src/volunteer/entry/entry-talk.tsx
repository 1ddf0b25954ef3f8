import { useEffect, useRef, useState } from 'react'
import type { FormEvent } from 'react'
import type { LocalEntry } from '#device/device.ts'
import type { ChangeId } from '#domain/ids.ts'
import { Button } from '#ui/button/button.tsx'
import { Section } from '#ui/page/page.tsx'
import { StateMark } from '#ui/state-mark/state-mark.tsx'
import { Words } from '#ui/words/words.tsx'
import { useDevice } from '#volunteer/device-context.tsx'
import styles from '#volunteer/entry/entry.module.css'
import type { BegunWork } from '#volunteer/entry/use-begun.ts'
import type { EntryActs } from '#volunteer/entry/use-entry-acts.ts'
import { CountedArea, tooLongWords } from '#volunteer/fields/counted-text.tsx'
import { useMemberName } from '#volunteer/home/use-home.ts'
import { beginAt } from '#volunteer/in-view.tsx'
import { useVolunteering } from '#volunteer/volunteer-context.tsx'

const maxLength = 2000

interface TalkProps {
  readonly begun: BegunWork
  readonly onComment: EntryActs['onComment']
}

/** Comments both ways; what is written here goes out by itself. */
export function EntryTalk({ entry, begun, onComment }: TalkProps & { readonly entry: LocalEntry }) {
  const { ground, words } = useVolunteering()
  const nameOf = useMemberName()
  const { state } = entry
  const place = useRef<HTMLUListElement>(null)
  const fresh = useShown(entry)
  useEffect(() => {
    if (location.hash === '#talk') beginAt(place.current, place.current?.closest('section'))
  }, [])
  return (
    <Section title={words.say('talk.heading')} look="words">
      {state.comments.length === 0 ? <p className={styles.quiet}>{words.say('talk.empty')}</p> : null}
      <ul ref={place} className={styles.talk}>
        {state.comments.map((comment) => (
          <li key={comment.change}>
            <p className={styles.spread}><b>{comment.memberId === state.author ? words.say('you') : nameOf(comment.memberId)}</b><span className={styles.quiet}>{comment.at === null ? null : words.format.ago(comment.at, ground.now())}</span></p>
            <Words lang={comment.lang}>{comment.text}</Words>
            {fresh.has(comment.change) ? <StateMark state="comment">{words.say('talk.new')}</StateMark> : null}
          </li>
        ))}
      </ul>
      <CommentForm begun={begun} onComment={onComment} />
    </Section>
  )
}

/** Opening the entry is reading it. What was new stays marked until the screen is left. */
function useShown({ state: { id }, unread }: LocalEntry): ReadonlySet<ChangeId> {
  const device = useDevice()
  const [fresh, setFresh] = useState<ReadonlySet<ChangeId>>(new Set(unread))
  if (unread.some((change) => !fresh.has(change))) setFresh(new Set([...fresh, ...unread]))
  useEffect(() => {
    // A page behind another window shows nobody anything.
    const show = (): void => {
      if (unread.length > 0 && document.visibilityState === 'visible') void device.markRead(id)
    }
    show()
    document.addEventListener('visibilitychange', show)
    return () => document.removeEventListener('visibilitychange', show)
  }, [device, id, unread])
  return fresh
}

function CommentForm({ begun: { keeper, kept }, onComment }: TalkProps) {
  const { words: { say, locale } } = useVolunteering()
  const text = kept.comment
  const [open, setOpen] = useState<'tapped' | 'begun' | null>(null)
  // Before, or in another window.
  if (open === null && text !== '') setOpen('begun')
  const [isTried, setTried] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  // Not a state: a second tap comes before the next drawing.
  const isSending = useRef(false)
  const isBlank = text.trim() === ''
  const wrong = isBlank ? say('talk.missing') : tooLongWords(say, maxLength, text)
  useEffect(() => {
    if (open === 'tapped') field.current?.focus()
  }, [open])
  const handleSubmit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (wrong !== undefined || isSending.current) return
    isSending.current = true
    void onComment(text.trim(), kept.commentLang ?? locale).finally(() => {
      isSending.current = false
    }).then((isKept) => {
      if (!isKept) return
      keeper.commented(text.trim())
      setTried(false)
      setOpen(keeper.get().comment === '' ? null : 'begun')
    })
  }
  const handleCancel = (): void => {
    keeper.comment('', locale)
    setOpen(null)
  }
  if (open === null) return <Button icon="comment" isWide onClick={() => setOpen('tapped')}>{say('talk.write')}</Button>
  return (
    <form autoComplete="off" className={styles.form} noValidate data-dirty={!isBlank} onSubmit={handleSubmit}>
      <CountedArea label={say('talk.label')} rows={3} max={maxLength} ref={field} name="comment" error={isTried ? wrong : undefined} value={text} lang={kept.commentLang} onChange={(next) => keeper.comment(next, locale)} />
      <Button look="main" type="submit" isWide>{say('talk.send')}</Button>
      <Button look="plain" onClick={handleCancel}>{say('cancel')}</Button>
    </form>
  )
}

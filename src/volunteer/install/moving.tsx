import { useState } from 'react'
import type { SyncState } from '#device/device.ts'
import type { MoveCode } from '#device/handing-over.ts'
import { Button } from '#ui/button/button.tsx'
import { Note } from '#ui/note/note.tsx'
import { Section } from '#ui/page/page.tsx'
import { TextArea } from '#ui/text-area/text-area.tsx'
import { filesByKind, sayCounts } from '#volunteer/counts.ts'
import { useDevice, useWatch } from '#volunteer/device-context.tsx'
import { Picture } from '#volunteer/help/picture.tsx'
import styles from '#volunteer/install/install.module.css'
import { useVolunteering } from '#volunteer/volunteer-context.tsx'

type Asking = { readonly phase: 'idle' | 'asking' | 'failed' } | { readonly phase: 'made'; readonly code: MoveCode; readonly isCopied: boolean }

/**
 * The way of the notebook into the other storage of this phone: what is saved goes by the server, what is begun by the clipboard, the
 * membership by an invite that the phone asks for itself. The key cannot move, and need not.
 */
export function Moving({ isInside }: { readonly isInside: boolean }) {
  const { words: { say } } = useVolunteering()
  const sync = useWatch(useDevice().sync)
  if (sync === undefined) return null
  const isSent = sync.pendingChanges + sync.pendingFiles === 0
  return (
    <Section title={say('moving.heading')} look="words">
      <Picture name="twoNotebooks" />
      <p>{say(isInside ? 'moving.introInside' : 'moving.intro')}</p>
      <ol className={styles.steps}>
        <li>{isSent ? <Note tone="done" icon="check">{say('moving.sent')}</Note> : <SendFirst sync={sync} />}</li>
        <li><Code /></li>
      </ol>
    </Section>
  )
}

function SendFirst({ sync: { pendingEntries: entries, pendingFiles, pendingVoices } }: { readonly sync: SyncState }) {
  const { words } = useVolunteering()
  const { say } = words
  const device = useDevice()
  return <Note tone="ask" icon="send" actions={<Button onClick={() => void device.flush({ allPhotos: true })}>{say('moving.send')}</Button>}>{say('moving.sendFirst', { what: sayCounts(words, { entries, ...filesByKind(pendingFiles, pendingVoices) }) })}</Note>
}

function Code() {
  const { ground, words } = useVolunteering()
  const { say, format } = words
  const device = useDevice()
  const [asking, setAsking] = useState<Asking>({ phase: 'idle' })

  async function ask(): Promise<void> {
    setAsking({ phase: 'asking' })
    const made = await device.askToMove()
    if (!made.ok) return setAsking({ phase: 'failed' })
    setAsking({ phase: 'made', code: made.value, isCopied: await ground.copy(made.value.text) })
  }

  if (asking.phase !== 'made') {
    return (
      <>
        <p>{say('moving.getHint')}</p>
        <Button isWide isDisabled={asking.phase === 'asking'} onClick={() => void ask()}>{say('moving.get')}</Button>
        <div role="alert">{asking.phase === 'failed' ? <Note tone="stop" icon="warning">{say('moving.failed')}</Note> : null}</div>
      </>
    )
  }
  const { code, isCopied } = asking
  const copyAgain = async (): Promise<void> => setAsking({ ...asking, isCopied: await ground.copy(code.text) })
  return (
    <>
      <Picture name="code" />
      <div role="status">{isCopied ? <Note tone="done" icon="check">{say('moving.copied')}</Note> : <Note tone="ask" icon="warning">{say('moving.notCopied')}</Note>}</div>
      <TextArea label={say('moving.code')} rows={3} readOnly autoComplete="off" dir="ltr" value={code.text} onChange={() => undefined} onFocus={(event) => event.target.select()} />
      <Button isWide onClick={() => void copyAgain()}>{say('moving.copy')}</Button>
      <p>{say('moving.carries', { drafts: code.drafts, time: format.time(code.expiresAt) })}</p>
      {code.photosLeft + code.voicesLeft === 0 ? null : <Note tone="ask" icon="camera">{say('moving.photosStay', { what: sayCounts(words, { photos: code.photosLeft, voices: code.voicesLeft }) })}</Note>}
      <Note icon="lock">{say('moving.secret')}</Note>
    </>
  )
}

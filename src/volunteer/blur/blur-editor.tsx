import { useId, useState } from 'react'
import type { EntryId, Sha256 } from '#domain/ids.ts'
import { Button } from '#ui/button/button.tsx'
import { ConfirmDialog } from '#ui/dialog/dialog.tsx'
import { useModal } from '#ui/dialog/use-modal.ts'
import { IconButton } from '#ui/icon-button/icon-button.tsx'
import { Note } from '#ui/note/note.tsx'
import styles from '#volunteer/blur/blur.module.css'
import { BlurStage } from '#volunteer/blur/blur-stage.tsx'
import { BlurTools } from '#volunteer/blur/blur-tools.tsx'
import { useBlur } from '#volunteer/blur/use-blur.ts'
import type { DraftKeeper } from '#volunteer/record/draft-keeper.ts'
import { SaveProblemNote } from '#volunteer/save-problem-note.tsx'
import { useWords } from '#volunteer/volunteer-context.tsx'

export interface BlurEditorProps {
  readonly draft: EntryId
  readonly sha256: Sha256
  /** Which photo of the entry it is, from 1. */
  readonly number: number
  readonly keeper: DraftKeeper
  readonly onClose: (hasChanged: boolean) => void
}

/** One photo over the whole screen, to draw over what nobody may recognise. Until Done nothing is changed. */
export function BlurEditor({ draft, sha256, number, keeper, onClose }: BlurEditorProps) {
  const { say } = useWords()
  const dialog = useModal()
  const [titleId, hintId] = [useId(), useId()]
  const [isAsked, setAsked] = useState(false)
  const blur = useBlur({ draft, sha256, keeper, onDone: () => onClose(true) })
  const hidden = blur.state?.marks.done.length ?? 0
  const handleClose = (): void => (hidden === 0 ? onClose(false) : setAsked(true))
  return (
    <dialog
      ref={dialog}
      className={styles.editor}
      aria-labelledby={titleId}
      data-dirty={hidden > 0}
      onCancel={(event) => {
        if (event.target !== dialog.current) return
        event.preventDefault()
        handleClose()
      }}
    >
      <header className={styles.head}>
        <IconButton icon="close" label={say('blur.close')} onClick={handleClose} />
        <h2 id={titleId}>{say('blur.heading')}</h2>
      </header>
      <p id={hintId} className={styles.hint}>{say('blur.hint')}<span className={styles.keys}> {say('blur.keys')}</span></p>
      {blur.drawing === null ? <p className={styles.stage} role="status">{blur.isGone ? say('blur.gone') : null}</p> : <BlurStage drawing={blur.drawing} canvas={blur.canvas} label={say('blur.stage', { number })} hintId={hintId} />}
      <footer className={styles.foot}>
        {blur.hasFailed ? <Note tone="stop" live="alert">{say('blur.failed')}</Note> : null}
        <SaveProblemNote problem={blur.problem} />
        <p role="status" className={styles.count}>{say('blur.count', { count: hidden })}</p>
        {blur.drawing === null || blur.state === null ? null : <BlurTools drawing={blur.drawing} state={blur.state} />}
        <Button look="main" isWide isDisabled={blur.isWorking || blur.drawing === null} onClick={() => (hidden === 0 ? onClose(false) : blur.onDone())}>{say(blur.isWorking ? 'blur.working' : 'blur.done')}</Button>
      </footer>
      {isAsked ? <ConfirmDialog title={say('blur.leaveAsk')} cancelLabel={say('blur.leaveNo')} confirmLabel={say('blur.leaveYes')} isHarmful onCancel={() => setAsked(false)} onConfirm={() => onClose(false)}>{say('blur.leaveText')}</ConfirmDialog> : null}
    </dialog>
  )
}

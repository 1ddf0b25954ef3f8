import { useId } from 'react'
import type { ReactNode } from 'react'
import { Button } from '#ui/button/button.tsx'
import { classNames } from '#ui/class-names.ts'
import styles from '#ui/dialog/dialog.module.css'
import { useModal } from '#ui/dialog/use-modal.ts'
import { IconButton } from '#ui/icon-button/icon-button.tsx'

export interface DialogProps {
  readonly title: ReactNode
  readonly closeLabel: string
  readonly onClose: () => void
  /** `sheet` rises from the bottom edge, for choices on a phone; `wide` has room for a list to read. */
  readonly look?: 'dialog' | 'sheet' | 'wide' | undefined
  readonly actions?: ReactNode
  readonly children?: ReactNode
}

/**
 * A native modal dialog: open while it is drawn, closed by no longer drawing it. Escape and the close button ask the caller
 * by `onClose`; focus starts on the close button, which harms nothing, or where the children say by `data-first-focus`, and goes back where it came from.
 */
export function Dialog({ title, closeLabel, onClose, look = 'dialog', actions, children }: DialogProps) {
  return (
    <Modal onClose={onClose} look={look} head={(titleId) => (
      <header className={styles.head}>
        <h2 id={titleId}>{title}</h2>
        <IconButton icon="close" label={closeLabel} data-first-focus onClick={onClose} />
      </header>
    )}
    >
      {children}
      {actions === undefined ? null : <div className={styles.actions}>{actions}</div>}
    </Modal>
  )
}

export interface ConfirmDialogProps {
  readonly title: ReactNode
  readonly cancelLabel: string
  readonly confirmLabel: string
  readonly onCancel: () => void
  readonly onConfirm: () => void
  /** It takes something away that cannot be brought back. */
  readonly isHarmful?: boolean | undefined
  /** Off until what it needs is given; say why in the children. */
  readonly isConfirmDisabled?: boolean | undefined
  readonly children?: ReactNode
}

/** A question before something is done. Focus starts on the way out. */
export function ConfirmDialog({ title, cancelLabel, confirmLabel, onCancel, onConfirm, isHarmful = false, isConfirmDisabled, children }: ConfirmDialogProps) {
  return (
    <Modal onClose={onCancel} look="dialog" head={(titleId) => <h2 id={titleId} className={styles.question}>{title}</h2>}>
      {typeof children === 'string' ? <p>{children}</p> : children}
      <div className={styles.actions}>
        <Button data-first-focus onClick={onCancel}>{cancelLabel}</Button>
        <Button look={isHarmful ? 'stop' : 'main'} isDisabled={isConfirmDisabled} onClick={onConfirm}>{confirmLabel}</Button>
      </div>
    </Modal>
  )
}

interface ModalProps {
  readonly look: 'dialog' | 'sheet' | 'wide'
  readonly onClose: () => void
  readonly head: (titleId: string) => ReactNode
  readonly children: ReactNode
}

function Modal({ look, onClose, head, children }: ModalProps) {
  const dialog = useModal()
  const titleId = useId()
  return (
    <dialog
      ref={dialog}
      className={classNames(styles.dialog, look === 'sheet' && styles.sheet, look === 'wide' && styles.wide)}
      aria-labelledby={titleId}
      closedby={look === 'sheet' ? 'any' : 'closerequest'}
      onCancel={(event) => {
        // The caller decides whether it closes; a file input inside also sends `cancel`, and that one is not ours.
        if (event.target !== dialog.current) return
        event.preventDefault()
        onClose()
      }}
    >
      {head(titleId)}
      {children}
    </dialog>
  )
}

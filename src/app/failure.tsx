import { Component } from 'react'
import type { ReactNode } from 'react'
import type { CommonMessages } from '#i18n/load.ts'
import { failureOf } from '#app/failure-log.ts'
import type { Failure } from '#app/failure-log.ts'
import { MissingView } from '#app/missing.tsx'
import { openAgain } from '#app/open-again.ts'
import styles from '#app/app.module.css'
import { Button } from '#ui/button/button.tsx'

interface FailureViewProps {
  readonly failure: Failure
  /** Words that are there for certain: failing to load a language is a failure, too. */
  readonly messages: CommonMessages
  /** Hands out what is unsent as a file; null when the store itself could not be opened: then nothing can be taken out of it. */
  readonly onSaveUnsent: (() => void) | null
  /** Given when the screen below still works: the way back to it. */
  readonly onDismiss?: (() => void) | undefined
}

/** What happened, what is safe, and what to do. */
export function FailureView({ failure, messages, onSaveUnsent, onDismiss }: FailureViewProps) {
  return (
    <div className={onDismiss === undefined ? styles.failurePage : styles.failureNote} role="alert">
      <h1>{messages['failure.title']}</h1>
      <p>{messages[failure.kind === 'storageClosed' ? 'failure.closed' : 'failure.safe']}</p>
      <p>{messages['failure.do']}</p>
      <div className={styles.acts}>
        <Button look="main" onClick={() => void openAgain(navigator.serviceWorker, () => location.reload())}>{messages['failure.again']}</Button>
        {onSaveUnsent === null ? null : <Button onClick={onSaveUnsent}>{messages['failure.saveFile']}</Button>}
        {onDismiss === undefined ? null : <Button look="plain" onClick={onDismiss}>{messages['update.later']}</Button>}
      </div>
      <details className={styles.details}>
        <summary>{messages['failure.details']}</summary>
        <pre dir="ltr">{failure.details}</pre>
      </details>
    </div>
  )
}

interface BoundaryProps extends Pick<FailureViewProps, 'messages' | 'onSaveUnsent'> {
  readonly version: string
  readonly children: ReactNode
}

/** React has error boundaries as classes only. A screen that could not be drawn is replaced as a whole. */
export class FailureBoundary extends Component<BoundaryProps, { readonly failure: Failure | null }> {
  override state: { readonly failure: Failure | null } = { failure: null }

  static getDerivedStateFromError(thrown: unknown): { readonly failure: Failure } {
    return { failure: failureOf(thrown, '') }
  }

  override render(): ReactNode {
    const { failure } = this.state
    const { children, version, ...view } = this.props
    if (failure === null) return children
    const versioned = { ...failure, details: failure.details.replace(/^Terrain/, `Terrain ${version}`) }
    return failure.kind === 'missing' ? <MissingView messages={view.messages} failure={versioned} /> : <FailureView {...view} failure={versioned} />
  }
}

import { useEffect, useState } from 'react'
import type { CommonMessages } from '#i18n/load.ts'
import { apiPrefix } from '#protocol/version.ts'
import type { Failure } from '#app/failure-log.ts'
import { openAgain } from '#app/open-again.ts'
import styles from '#app/app.module.css'
import { Button, ButtonLink } from '#ui/button/button.tsx'

const askEveryMs = 10_000

/** By nobody's hand. */
interface Reloading {
  /** Whether it would be with the version that runs, and for the first time here. */
  readonly isOpen: () => boolean
  readonly start: () => void
}

interface MissingViewProps {
  readonly failure: Failure
  readonly messages: CommonMessages
  /** False where nothing was answered. */
  readonly asked?: () => Promise<boolean>
  readonly reloading?: Reloading
}

/** A part of the app that only the server has, and that did not come. Where the server was away it opens by itself once that answers. */
export function MissingView({ failure, messages, asked = isServerThere, reloading = reloadingHere }: MissingViewProps) {
  const isAwaited = useAwaited(asked, reloading)
  return (
    <main className={styles.failurePage}>
      <h1>{messages['missing.title']}</h1>
      <div className={styles.missing} role="alert">
        <p>{messages['missing.text']}</p>
        {isAwaited ? <p>{messages['missing.waits']}</p> : null}
        <p>{messages['failure.safe']}</p>
      </div>
      <div className={styles.acts}>
        <Button look="main" onClick={() => void openAgain(navigator.serviceWorker, () => location.reload())}>{messages['failure.again']}</Button>
        <ButtonLink href="/">{messages['missing.home']}</ButtonLink>
      </div>
      <details className={styles.details}>
        <summary>{messages['failure.details']}</summary>
        <pre dir="ltr">{failure.details}</pre>
      </details>
    </main>
  )
}

/** Whether the server has not answered, and it opens when that does. What it does not have although it answers would be missed again and again: that waits for a tap. */
function useAwaited(asked: () => Promise<boolean>, reloading: Reloading): boolean {
  const [isAwaited, setAwaited] = useState(false)
  useEffect(() => {
    let [isOver, wasAway, isAsking] = [false, false, false]
    const ask = (): void => {
      if (isAsking) return
      isAsking = true
      void asked().then((isThere) => {
        isAsking = false
        if (isOver) return
        const opens = reloading.isOpen()
        if (isThere && wasAway && opens) reloading.start()
        wasAway ||= !isThere
        setAwaited(!isThere && opens)
      })
    }
    ask()
    const timer = setInterval(ask, askEveryMs)
    window.addEventListener('online', ask)
    return () => {
      isOver = true
      clearInterval(timer)
      window.removeEventListener('online', ask)
    }
  }, [asked, reloading])
  return isAwaited
}

/** The page of a network that asks to sign in answers, too, but not so. */
function isServerThere(): Promise<boolean> {
  return fetch(`${apiPrefix}/health`, { cache: 'no-store', credentials: 'omit', signal: AbortSignal.timeout(askEveryMs) }).then(async (answer) => answer.ok && isHealth(await answer.json()), () => false).catch(() => false)
}

function isHealth(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'status' in answer && answer.status === 'ok'
}

/** Null at a first visit: then there is no other version to get into. */
const firstWorker = typeof navigator === 'undefined' ? null : (navigator.serviceWorker?.controller ?? null)
const reloadedMark = (): string => `terrain-missing ${location.pathname}`

/** Where another window has taken a newer version, and where it was no use before, it waits for the tap. A storage that is shut could not tell the next time. */
const reloadingHere: Reloading = {
  isOpen: () => {
    try {
      return (firstWorker === null || navigator.serviceWorker.controller === firstWorker) && sessionStorage.getItem(reloadedMark()) === null
    } catch {
      return false
    }
  },
  start: () => {
    sessionStorage.setItem(reloadedMark(), '1')
    location.reload()
  },
}

import { useEffect, useState } from 'react'
import type { CommonMessages } from '#i18n/load.ts'
import { apiPrefix } from '#protocol/version.ts'
import type { Failure } from '#app/failure-log.ts'
import { openAgain } from '#app/open-again.ts'
import styles from '#app/app.module.css'
import { Button, ButtonLink } from '#ui/button/button.tsx'

const askEveryMs = 10_000

interface MissingViewProps {
  readonly failure: Failure
  readonly messages: CommonMessages
  /** False where nothing was answered. */
  readonly asked?: () => Promise<boolean>
  /** By nobody's hand: with the version that runs. */
  readonly reload?: () => void
}

/** A part of the app that only the server has, and that did not come. Where the server was away it opens by itself once that answers. */
export function MissingView({ failure, messages, asked = isServerThere, reload = reloadHere }: MissingViewProps) {
  const isAway = useAwaited(asked, reload)
  return (
    <main className={styles.failurePage}>
      <h1>{messages['missing.title']}</h1>
      <div className={styles.missing} role="alert">
        <p>{messages['missing.text']}</p>
        {isAway ? <p>{messages['missing.waits']}</p> : null}
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

/** Whether the server has not answered. What it does not have although it answers would be missed again and again: that waits for a tap. */
function useAwaited(asked: () => Promise<boolean>, reload: () => void): boolean {
  const [isAway, setIsAway] = useState(false)
  useEffect(() => {
    let [isOver, wasAway, isAsking] = [false, false, false]
    const ask = (): void => {
      if (isAsking) return
      isAsking = true
      void asked().then((isThere) => {
        isAsking = false
        if (isOver) return
        if (isThere && wasAway) reload()
        wasAway ||= !isThere
        setIsAway(!isThere)
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
  }, [asked, reload])
  return isAway
}

/** The page of a network that asks to sign in answers, too, but not so. */
function isServerThere(): Promise<boolean> {
  return fetch(`${apiPrefix}/health`, { cache: 'no-store', credentials: 'omit', signal: AbortSignal.timeout(askEveryMs) }).then(async (answer) => answer.ok && isHealth(await answer.json()), () => false).catch(() => false)
}

function isHealth(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'status' in answer && answer.status === 'ok'
}

/** Null where there was none: then the network alone gives files, and may give newer ones. */
const firstWorker = typeof navigator === 'undefined' ? null : (navigator.serviceWorker?.controller ?? null)

/** With the version that runs, and once: where another window has taken a newer one, and where it was no use before, it waits for the tap. */
function reloadHere(): void {
  if (firstWorker === null || navigator.serviceWorker.controller !== firstWorker || wasReloaded(location.pathname)) return
  location.reload()
}

/** As long as the window is open. A storage that is shut says yes: it could not tell the next time. */
function wasReloaded(path: string): boolean {
  try {
    const key = `terrain-missing ${path}`
    if (sessionStorage.getItem(key) !== null) return true
    sessionStorage.setItem(key, '1')
    return false
  } catch {
    return true
  }
}

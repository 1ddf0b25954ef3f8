import { createValue } from '#app/value.ts'
import type { Value } from '#app/value.ts'

/** Chromium's event; no standard and no TypeScript library has it. */
interface BeforeInstallPrompt extends Event {
  readonly prompt: () => Promise<unknown>
}

export interface Installing {
  readonly isPossible: Value<boolean>
  readonly ask: () => void
}

/** The event comes early and once: this listens from the first moment and keeps it until the person wants it. */
export function createInstalling(page: Pick<EventTarget, 'addEventListener'>): Installing {
  const isPossible = createValue(false)
  let kept: BeforeInstallPrompt | null = null
  const forget = () => {
    kept = null
    isPossible.set(false)
  }
  page.addEventListener('beforeinstallprompt', (event) => {
    if (!isInstallPrompt(event)) return
    event.preventDefault()
    kept = event
    isPossible.set(true)
  })
  page.addEventListener('appinstalled', forget)
  return {
    isPossible,
    ask: () => {
      // The prompt can be used once, whatever the answer.
      void kept?.prompt().catch(() => undefined)
      forget()
    },
  }
}

function isInstallPrompt(event: Event): event is BeforeInstallPrompt {
  return 'prompt' in event
}

import type { QuestionId, Sha256 } from '#domain/ids.ts'
import { createQuestionId, createUuid } from '#domain/new-ids.ts'
import type { Digest } from '#protocol/chain.ts'

/** What the desk needs of the world besides the device: passed in, so that tests decide time, chance and where a file goes. */
export interface DeskGround {
  readonly now: () => number
  readonly digest: Digest
  readonly newQuestionId: () => QuestionId
  readonly newViewId: () => string
  /** For a finding, one of its sentences, or a correction. */
  readonly newPartId: () => string
  /** Calls every so often until the returned function is called. */
  readonly every: (ms: number, call: () => void) => () => void
  /** Whether somebody can see the page. */
  readonly isVisible: () => boolean
  /** Calls when the page can be seen again, until the returned function is called. */
  readonly onVisible: (call: () => void) => () => void
  readonly saveFile: (name: string, type: string, content: string | ArrayBuffer) => void
  /** Opens the print dialog for what is shown. */
  readonly print: () => void
  readonly copyText: (text: string) => Promise<boolean>
}

export function createBrowserGround(): DeskGround {
  const clock = { now: () => Date.now() }
  const chance = { bytes: (count: number) => crypto.getRandomValues(new Uint8Array(count)) }
  return {
    now: clock.now,
    digest: digestText,
    newQuestionId: () => createQuestionId(clock, chance),
    newViewId: () => createUuid(clock, chance),
    newPartId: () => createUuid(clock, chance),
    every: (ms, call) => {
      const timer = setInterval(call, ms)
      return () => clearInterval(timer)
    },
    isVisible: () => document.visibilityState === 'visible',
    onVisible: (call) => {
      const handleChange = () => {
        if (document.visibilityState === 'visible') call()
      }
      document.addEventListener('visibilitychange', handleChange)
      return () => document.removeEventListener('visibilitychange', handleChange)
    },
    saveFile: saveFileByLink,
    print: () => window.print(),
    copyText: (text) => navigator.clipboard.writeText(text).then(() => true, () => false),
  }
}

async function digestText(text: string): Promise<Sha256> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('') as Sha256
}

function saveFileByLink(name: string, type: string, content: string | ArrayBuffer): void {
  const url = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // Safari reads the blob only after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

import { useState } from 'react'
import type { Preferences, SaveProblem, StorageHealth, SyncState } from '#device/device.ts'
import type { CarriedBundle } from '#device/handing-over.ts'
import type { Locale } from '#i18n/locale.ts'
import { useDevice, useWatch } from '#volunteer/device-context.tsx'
import { sayHeld, sayKept } from '#volunteer/home/kept-words.ts'
import { keepWish } from '#volunteer/keep-wish.ts'
import { useVolunteering } from '#volunteer/volunteer-context.tsx'

interface Settings {
  readonly sync: SyncState | undefined
  readonly health: StorageHealth | undefined
  /** The one line for the whole phone. */
  readonly kept: string
  /** What waits for another connection or another day, in words; null where nothing does. */
  readonly held: string | null
  /** Files of others that are here or were brought from here. */
  readonly carried: readonly CarriedBundle[]
  readonly preferences: Preferences | undefined
  /** What the last act came to, in words. */
  readonly said: string | null
  /** Why the last wish could not be kept, and how many times that was. */
  readonly refused: { readonly problem: SaveProblem; readonly times: number } | null
  readonly isSending: boolean
  readonly onSend: () => void
  readonly onSendAll: () => void
  readonly onAskToPersist: () => void
  readonly onLanguage: (language: Locale) => void
  readonly onTheme: (theme: Preferences['theme']) => void
  readonly onMobilePhotos: (wish: Preferences['mobilePhotos']) => void
}

export function useSettings(): Settings {
  const { words } = useVolunteering()
  const { say } = words
  const device = useDevice()
  const [said, setSaid] = useState<string | null>(null)
  const [refused, setRefused] = useState<Settings['refused']>(null)
  const [isSending, setSending] = useState(false)
  const sync = useWatch(device.sync)
  const isSafe = useWatch(device.firstLook)?.all?.isSafe === true
  const isAllSafe = useWatch(device.notice)?.kind === 'damaged' ? null : isSafe

  async function send(allPhotos: boolean): Promise<void> {
    setSaid(null)
    setSending(true)
    const after = await device.flush({ allPhotos })
    setSending(false)
    setSaid(say(saidOf(after)))
  }

  async function askToPersist(): Promise<void> {
    setSaid(null)
    await device.askToPersist()
    setSaid(say(device.health.get()?.persisted === true ? 'settings.askedYes' : 'settings.askedNo'))
  }

  async function wish(wished: Partial<Preferences>): Promise<void> {
    const problem = await keepWish(device, wished)
    setRefused((before) => (problem === null ? null : { problem, times: (before?.times ?? 0) + 1 }))
  }

  return {
    sync,
    kept: sync === undefined ? say('loading') : sayKept(words, sync, isAllSafe),
    held: sync === undefined || sync.heldFiles === 0 ? null : sayHeld(words, sync),
    carried: useWatch(device.carried) ?? [],
    health: useWatch(device.health),
    preferences: useWatch(device.preferences),
    said,
    isSending,
    onSend: () => void send(false),
    onSendAll: () => void send(true),
    onAskToPersist: () => void askToPersist(),
    refused,
    onLanguage: (language) => void wish({ language }),
    onTheme: (theme) => void wish({ theme }),
    onMobilePhotos: (mobilePhotos) => void wish({ mobilePhotos }).then(() => device.syncNow()),
  }
}

function saidOf({ pendingChanges, pendingFiles, heldFiles, problem }: SyncState): 'settings.syncDone' | 'settings.syncHeld' | 'settings.syncFailed' {
  if (problem !== null || pendingChanges > 0 || pendingFiles > heldFiles) return 'settings.syncFailed'
  return heldFiles > 0 ? 'settings.syncHeld' : 'settings.syncDone'
}

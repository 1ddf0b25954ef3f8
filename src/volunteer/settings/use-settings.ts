import { useState } from 'react'
import type { Preferences, StorageHealth, SyncState } from '#device/device.ts'
import type { Locale } from '#i18n/locale.ts'
import { useDevice, useWatch } from '#volunteer/device-context.tsx'
import { useVolunteering } from '#volunteer/volunteer-context.tsx'

interface Settings {
  readonly sync: SyncState | undefined
  readonly health: StorageHealth | undefined
  readonly preferences: Preferences | undefined
  /** What the last act came to, in words. */
  readonly said: string | null
  readonly isSending: boolean
  readonly onSend: () => void
  readonly onExport: () => void
  readonly onAskToPersist: () => void
  readonly onLanguage: (language: Locale) => void
  readonly onTheme: (theme: Preferences['theme']) => void
}

export function useSettings(): Settings {
  const { ground, words: { say } } = useVolunteering()
  const device = useDevice()
  const [said, setSaid] = useState<string | null>(null)
  const [isSending, setSending] = useState(false)

  async function send(): Promise<void> {
    setSaid(null)
    setSending(true)
    const after = await device.flush()
    setSending(false)
    setSaid(say(after.pendingChanges + after.pendingFiles === 0 && after.problem === null ? 'settings.syncDone' : 'settings.syncFailed'))
  }

  async function exportUnsent(): Promise<void> {
    const { name, json, entries, photos } = await device.exportUnsent()
    if (entries + photos === 0 && (device.sync.get()?.pendingChanges ?? 0) === 0) return setSaid(say('settings.exportNothing'))
    await ground.handOver(new File([json], name, { type: 'application/json' }))
    setSaid(say('settings.exported', { entries, photos, name }))
  }

  return {
    sync: useWatch(device.sync),
    health: useWatch(device.health),
    preferences: useWatch(device.preferences),
    said,
    isSending,
    onSend: () => void send(),
    onExport: () => void exportUnsent(),
    onAskToPersist: () => void device.askToPersist(),
    onLanguage: (language) => void device.setPreferences({ language }),
    onTheme: (theme) => void device.setPreferences({ theme }),
  }
}

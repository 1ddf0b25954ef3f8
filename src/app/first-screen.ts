import type { Device } from '#device/device.ts'
import { loadScreens } from '#i18n/load.ts'
import type { Language } from '#i18n/load.ts'
import { loadRecording } from '#volunteer/volunteer-app.tsx'
import { firstValue } from '#app/value.ts'

/** Who waits longer than that sees at least that the app is there. */
const longestWaitMs = 600

/**
 * The language with the words of all screens, once what home shows has been read as well: so it is drawn once and not four times, each
 * of which costs a cheap phone a fifth of a second. Where that takes long, the language as it is. Another screen shows none of it and waits for the words alone.
 */
export async function withFirstScreen(device: Pick<Device, 'firstLook' | 'sync'>, language: Language, screen: 'home' | 'another' = 'home', waitMs: number = longestWaitMs): Promise<Language> {
  const late = new Promise<Language>((resolve) => setTimeout(resolve, waitMs, language))
  // Words that do not come are asked for again by the screens themselves.
  return Promise.race([read(device, language, screen).catch(() => language), late])
}

async function read({ firstLook, sync }: Pick<Device, 'firstLook' | 'sync'>, language: Language, screen: 'home' | 'another'): Promise<Language> {
  const [screens] = await Promise.all([loadScreens(language), ...(screen === 'home' ? [firstValue(firstLook), firstValue(sync)] : [loadRecording().catch(() => undefined)])])
  return { ...language, screens }
}

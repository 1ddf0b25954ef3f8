import type { SyncState } from '#device/device.ts'
import { WeatherLine } from '#ui/weather-line/weather-line.tsx'
import type { Weather } from '#ui/weather-line/weather-line.tsx'
import { useDevice, useWatch } from '#volunteer/device-context.tsx'
import { filesByKind, sayCounts } from '#volunteer/counts.ts'
import { weatherOf } from '#volunteer/home/weather.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'
import type { Words } from '#volunteer/words.ts'

/** The weather line of any screen. `offlineWords` says what no connection means right there. */
export function WeatherNow({ offlineWords }: { readonly offlineWords?: string }) {
  const words = useWords()
  const sync = useWatch(useDevice().sync)
  const weather = sync === undefined ? null : weatherOf(sync)
  const said = weather === 'offline' && offlineWords !== undefined ? offlineWords : sync === undefined || weather === null ? '' : sayWeather(words, weather, sync)
  return <WeatherLine weather={weather}>{said}</WeatherLine>
}

function sayWeather(words: Words, weather: Weather, sync: SyncState): string {
  const { say, format, areWhole } = words
  // The words first: photos and voice are named when they are what is left.
  if (weather === 'sending') return say('weather.sending', { what: sayCounts(words, sync.pendingEntries > 0 ? { entries: sync.pendingEntries } : filesByKind(sync.pendingFiles, sync.pendingVoices)) })
  if (weather !== 'unreachable') return say(`weather.${weather}`)
  if (areWhole && sync.problem?.by) return say(`weather.${sync.problem.by}`)
  if (sync.pendingChanges === 0 && sync.pendingFiles === 0) return say('weather.unreachableIdle')
  return sync.nextTryAt === null ? say('weather.unreachableSoon') : say('weather.unreachable', { time: format.time(sync.nextTryAt) })
}

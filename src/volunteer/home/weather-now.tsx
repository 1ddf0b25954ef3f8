import type { SyncState } from '#device/device.ts'
import { WeatherLine } from '#ui/weather-line/weather-line.tsx'
import type { Weather } from '#ui/weather-line/weather-line.tsx'
import { useDevice, useWatch } from '#volunteer/device-context.tsx'
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

function sayWeather({ say, format }: Words, weather: Weather, sync: SyncState): string {
  if (weather === 'sending') return sync.pendingEntries > 0 ? say('weather.sending', { entries: sync.pendingEntries }) : say('weather.sendingPhotos', { photos: sync.pendingFiles })
  if (weather !== 'unreachable') return say(`weather.${weather}`)
  return sync.nextTryAt === null ? say('weather.unreachableSoon') : say('weather.unreachable', { time: format.time(sync.nextTryAt) })
}

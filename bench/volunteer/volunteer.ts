import type { Group } from '../runner/benchmark.ts'
import { phoneOnDemand } from './filled-phone.ts'
import { firstVisit } from './first-visit.ts'
import { ofAnotherVersion } from './other-version.ts'
import { precache } from './precache.ts'
import { recording } from './recording.ts'
import { reopenOffline } from './reopen-offline.ts'
import { saving } from './saving.ts'

const entries = 1000

export const volunteer: Group = {
  name: 'volunteer',
  about: 'The built app from the real server in real Chromium, on a page as slow as a cheap phone.',
  open: ({ chromium }) => {
    const { get, remove } = phoneOnDemand(chromium, entries)
    const count = entries.toLocaleString('en')
    const starts = [
      reopenOffline(get, { name: 'reopen-offline', start: 'Cold start', entries: count, rounds: 9 }),
      reopenOffline(async () => ofAnotherVersion(await get(), chromium), { name: 'reopen-updated', start: 'First start of a new version of the app', entries: count, rounds: 5 }),
    ]
    return { benchmarks: [firstVisit, precache, ...starts, recording(get, count), saving(get, count)], close: remove }
  },
}

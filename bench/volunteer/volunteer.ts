import type { Group } from '../runner/benchmark.ts'
import { phoneOnDemand } from './filled-phone.ts'
import { firstVisit } from './first-visit.ts'
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
    return { benchmarks: [firstVisit, precache, reopenOffline(get, count), recording(get, count), saving(get, count)], close: remove }
  },
}

import type { Group } from '../runner/benchmark.ts'
import { firstVisit } from './first-visit.ts'
import { precache } from './precache.ts'
import { recording } from './recording.ts'
import { reopenOffline } from './reopen-offline.ts'
import { saving } from './saving.ts'

export const volunteer: Group = {
  name: 'volunteer',
  about: 'The built app from the real server in real Chromium, on a page as slow as a cheap phone.',
  benchmarks: [firstVisit, precache, reopenOffline, recording, saving],
}

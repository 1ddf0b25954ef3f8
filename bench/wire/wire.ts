import type { Group } from '../runner/benchmark.ts'
import { bytesPerEntry } from './bytes.ts'
import { slowFlush } from './slow-flush.ts'

export const wire: Group = {
  name: 'wire',
  about: 'The phone’s own store and sync in real Chromium, with a relay between it and the real server that counts bytes; peers the same way, with the same entries.',
  needsPackages: true,
  open: () => ({ benchmarks: [bytesPerEntry, slowFlush], close: () => Promise.resolve() }),
}

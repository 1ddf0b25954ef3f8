import type { Group } from '../runner/benchmark.ts'
import type { FilledPhone } from '../volunteer/filled-phone.ts'
import { listing, newestOfMany } from './listing.ts'
import { multipliedPhone } from './multiplied-phone.ts'
import { savingMany } from './saving-many.ts'
import { sending } from './sending.ts'
import { slowdown } from './slowdown.ts'

export const client: Group = {
  name: 'client',
  about: `The phone’s store and lists in real Chromium with many entries, CPU ÷ ${slowdown} where it says so, beside PouchDB in the same browser.`,
  needsPackages: true,
  open: ({ chromium }) => {
    const phones = new Map<number, Promise<FilledPhone>>()
    const withEntries = (entries: number) => () => {
      const known = phones.get(entries) ?? multipliedPhone(chromium, entries)
      phones.set(entries, known)
      return known
    }
    return {
      benchmarks: [savingMany(withEntries(10_000), 10_000), listing(withEntries(1000), 1000), listing(withEntries(10_000), 10_000), newestOfMany(withEntries(100_000), 100_000), sending],
      close: async () => {
        for (const phone of phones.values()) await (await phone.catch(() => null))?.remove()
      },
    }
  },
}

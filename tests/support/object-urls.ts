import { vi } from 'vitest'

/** Addresses of blobs, which jsdom has not; each is another one, as in a browser. They go with `vi.unstubAllGlobals`: assigned to URL itself they would stay for whoever shares the process. */
export function stubObjectUrls(): void {
  let made = 0
  vi.stubGlobal('URL', class extends URL {
    static override createObjectURL(): string {
      made += 1
      return `blob:${made}`
    }

    static override revokeObjectURL(): void {}
  })
}

import type { KeptWriting } from '#device/kept-writing.ts'

/** Its code may not come: then it is asked for again the next time. */
export function openedOnce(open: () => Promise<KeptWriting>): () => Promise<KeptWriting> {
  let opened: Promise<KeptWriting> | null = null
  return () => (opened ??= open().catch((error: unknown) => {
    opened = null
    throw error
  }))
}

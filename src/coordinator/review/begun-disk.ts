import type { KeptWriting } from '#device/kept-writing.ts'

/** Stands for words that were sent or given up. */
export const gone = Symbol('sent or given up')

/** The way of what is begun onto the disk. */
export interface BegunDisk {
  /** What the disk does not have yet, or has still. */
  readonly waiting: ReadonlyMap<string, unknown>
  /** What the disk has, as far as this window has written or read it. */
  readonly onDisk: Map<string, unknown>
  readonly write: (on: string, value: unknown) => Promise<void>
}

/** One after the other, and of each only the newest: as fast as the disk takes them. */
export function createBegunDisk(open: () => Promise<KeptWriting>, onDone: () => void): BegunDisk {
  const [waiting, onDisk] = [new Map<string, unknown>(), new Map<string, unknown>()]
  let isWriting = false

  /** False where the disk does not take it: then it waits for the next word, and the desk is not closed without a question. */
  async function writeOne(on: string, value: unknown): Promise<boolean> {
    const was = onDisk.get(on)
    const isDone = await open().then(async (disk) => {
      if (value !== gone) return (await disk.keepBegun(on, value)).ok
      if (was !== undefined) await disk.forgetBegun(on, was)
      return true
    }).catch(() => false)
    if (!isDone) return false
    if (value === gone) onDisk.delete(on)
    else onDisk.set(on, value)
    if (waiting.get(on) === value) waiting.delete(on)
    return true
  }
  return {
    waiting,
    onDisk,
    write: async (on, value) => {
      waiting.set(on, value)
      if (isWriting) return
      isWriting = true
      let [next] = waiting
      while (next !== undefined && (await writeOne(...next))) [next] = waiting
      isWriting = false
      onDone()
    },
  }
}

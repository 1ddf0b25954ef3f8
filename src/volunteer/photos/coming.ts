import type { Device, Draft } from '#device/device.ts'
import type { EntryId } from '#domain/ids.ts'
import type { VolunteerGround } from '#volunteer/ground.ts'

/**
 * The mark in a draft that photos are on their way into it. Should this window be ended before they are there, and phones end the browser while
 * their camera is open, the mark is what is left of them.
 */
export interface Coming {
  /** The camera was opened. */
  readonly asked: () => void
  /** And closed without a picture. */
  readonly unasked: () => void
  /** While they are being added; the mark goes with the last of them, or when it is known that one does not come. */
  readonly during: <Value>(photos: number, add: () => Promise<Value>) => Promise<Value>
}

export function createComing(device: Pick<Device, 'writeDraft'>, locks: VolunteerGround['locks'], draft: EntryId): Coming {
  // A mark that could not be written is missed by nobody, unless the window ends.
  const mark = (photosComing: number): Promise<unknown> => device.writeDraft(draft, { photosComing }).catch(() => undefined)
  let onClosed = ignore

  /** Other windows can tell by it that this one is alive. */
  function holdWhile(run: Promise<unknown>): void {
    void locks?.request(nameOf(draft), { mode: 'shared' }, () => run.catch(ignore)).catch(ignore)
  }
  return {
    asked: () => {
      onClosed()
      holdWhile(new Promise<void>((resolve) => {
        onClosed = resolve
      }))
      void mark(1)
    },
    unasked: () => void mark(0).then(onClosed),
    during: async (photos, add) => {
      const marked = mark(photos)
      const run = add()
      holdWhile(run)
      onClosed()
      return run.finally(() => void marked.then(() => mark(0)))
    },
  }
}

/** Whether photos were on their way into the draft when the window that added them was ended, with the browser perhaps. */
export async function wereCutOff(locks: VolunteerGround['locks'], { id, photosComing = 0 }: Pick<Draft, 'id' | 'photosComing'>): Promise<boolean> {
  if (photosComing === 0) return false
  return locks?.request(nameOf(id), { ifAvailable: true }, (lock) => Promise.resolve(lock !== null)).catch(() => false) ?? true
}

const nameOf = (draft: EntryId): string => `photos of ${draft}`

function ignore(): void {}

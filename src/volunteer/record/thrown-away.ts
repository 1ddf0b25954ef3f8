import type { Device } from '#device/device.ts'
import { wasMemberHere } from '#device/media/was-here.ts'
import { isUntouched } from '#device/untouched.ts'
import { photosOf } from '#volunteer/photos/photos-of.ts'
import type { DraftKeeper } from '#volunteer/record/draft-keeper.ts'

/**
 * Where the browser throws its storage away while a draft is open, nobody is a member here any more, and the form makes room for the way in. What
 * stood on it is in memory alone then: it is kept in the storage as it is now, with the mark that its photos are missing. Returns the end of watching.
 */
export function keepWhatIsThrownAway(device: Pick<Device, 'membership' | 'openCampaigns' | 'keepLate'>, keeper: Pick<DraftKeeper, 'get'>): () => void {
  return whenThrownAway(device, {
    isGone: () => keeper.get().isGone,
    keep: () => {
      const { draft } = keeper.get()
      if (isUntouched(draft)) return
      const { photos, audio: _audio, ...fields } = draft.content
      void device.keepLate({ ...draft, photosComing: photosOf(photos).length }, fields)
    },
  })
}

interface Open {
  /** Whether what is open is known to be gone, for whatever reason. */
  readonly isGone: () => boolean
  readonly keep: () => void
}

/** Calls once, when the storage below what is open is thrown away. Where somebody has had all of the site cleared, the word beside the database too, they meant these words as well. */
export function whenThrownAway(device: Pick<Device, 'membership' | 'openCampaigns'>, { isGone, keep }: Open): () => void {
  let isKept = false
  const keepOnce = (): void => {
    if (isKept || !wasMemberHere()) return
    isKept = true
    keep()
  }
  const stop = device.membership.subscribe(() => {
    if (device.membership.get() === null) keepOnce()
  })
  return () => {
    stop()
    // It may be known to be gone, and the screen with it, before it is known that nobody is a member here any more.
    if (isGone()) void isNobodyHere(device).then((isSo) => (isSo ? keepOnce() : undefined), () => undefined)
  }
}

async function isNobodyHere({ openCampaigns }: Pick<Device, 'openCampaigns'>): Promise<boolean> {
  return !(await (await openCampaigns()).list()).some(({ isOpen }) => isOpen)
}

import type { Device } from '#device/device.ts'
import { wasMemberHere } from '#device/media/was-here.ts'
import { isUntouched } from '#device/untouched.ts'
import { photosOf } from '#volunteer/photos/photos-of.ts'
import type { DraftKeeper } from '#volunteer/record/draft-keeper.ts'

/**
 * Where the browser throws its storage away while a draft is open, nobody is a member here any more, and the form makes room for the way in. What
 * stood on it is in memory alone then: it is kept in the storage as it is now, with the mark that its photos are missing. Where somebody has had all
 * of the site cleared, the word beside the database too, they meant these words as well. Returns the end of watching.
 */
export function keepWhatIsThrownAway(device: Pick<Device, 'membership' | 'keepLate'>, keeper: Pick<DraftKeeper, 'get'>): () => void {
  return device.membership.subscribe(() => {
    const { draft } = keeper.get()
    if (device.membership.get() !== null || isUntouched(draft) || !wasMemberHere()) return
    const { photos, audio: _audio, ...fields } = draft.content
    void device.keepLate({ ...draft, photosComing: photosOf(photos).length }, fields)
  })
}

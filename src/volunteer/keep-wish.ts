import type { Device, Preferences, SaveProblem } from '#device/device.ts'
import { saveProblemOf } from '#device/store/storage-problem.ts'

/** What a full phone could not keep; it holds as long as this window is open. */
const unkept = new WeakMap<object, Partial<Preferences>>()

/**
 * Keeps what the person likes, or says why it could not. It never fails: on a full phone the entry that was just saved is no less saved
 * because the next one will not offer its place.
 */
export function keepWish(device: Pick<Device, 'setPreferences'>, wish: Partial<Preferences>): Promise<SaveProblem | null> {
  return device.setPreferences(wish).then(() => null, (error: unknown) => {
    unkept.set(device, { ...unkept.get(device), ...wish })
    return saveProblemOf(error)
  })
}

export function unkeptWish(device: Pick<Device, 'setPreferences'>): Partial<Preferences> {
  return unkept.get(device) ?? {}
}

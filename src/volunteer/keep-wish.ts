import type { Device, Preferences, SaveProblem } from '#device/device.ts'
import { saveProblemOf } from '#device/store/storage-problem.ts'

/**
 * Keeps what the person likes, or says why it could not. It never fails: on a full phone the entry that was just saved is no less saved
 * because the next one will not offer its place.
 */
export function keepWish(device: Pick<Device, 'setPreferences'>, wish: Partial<Preferences>): Promise<SaveProblem | null> {
  return device.setPreferences(wish).then(() => null, saveProblemOf)
}

import { createPhotoMaker } from '#device/media/photo-maker.ts'
import type { PhotoMaker } from '#device/media/photo-maker.ts'
// oxlint-disable-next-line import/default -- the build makes a script of its own of it, and exports its address
import workerUrl from '#device/media/photo-worker.ts?worker&url'
import type { VolunteerGround } from '#volunteer/ground.ts'

/** Makes photos small in a worker of ours, under the address that the content policy lets pass. */
export function makerOf({ trustWorker }: Pick<VolunteerGround, 'trustWorker'>): PhotoMaker {
  return createPhotoMaker(() => new Worker(trustWorker(workerUrl), { name: 'photo' }))
}

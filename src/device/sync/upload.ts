import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import type { ApiProblem, DeviceGround } from '#device/device.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { markSent, pendingFiles, readBytes } from '#device/store/files.ts'
import { readMeta } from '#device/store/meta.ts'
import type { InSession } from '#device/sync/session.ts'

export interface UploadGround {
  readonly db: DeviceDatabase
  readonly inSession: InSession
  readonly upload: DeviceGround['upload']
}

/**
 * Sends what is pending, thumbnails first. One file that the server refuses does not stop the others; a connection that ends
 * does. The bytes stay here: a file is sent when its last byte was answered, which the server does after hash check and fsync.
 */
export async function uploadPending({ db, inSession, upload }: UploadGround): Promise<Result<{ readonly sent: number }, ApiProblem>> {
  const [own, pull] = [await readMeta(db, 'membership'), await readMeta(db, 'pull')]
  if (own === undefined || pull === undefined) return ok({ sent: 0 })
  const { membership, identity } = own
  let sent = 0
  let refused: ApiProblem | null = null
  for (const file of await pendingFiles(db, pull.epoch)) {
    const bytes = await readBytes(db, file)
    const { sha256, type, entryId } = file
    const answer = await inSession(() => upload({ sha256, type, entryId, bytes, campaignId: membership.campaign.id, deviceId: identity.deviceId, onProgress: () => undefined }))
    if (answer.ok) {
      await markSent(db, file, pull.epoch)
      sent += 1
    } else if (answer.problem.kind === 'refused' && answer.problem.code !== 'device-revoked') refused = answer.problem
    else return fail(answer.problem)
  }
  return refused === null ? ok({ sent }) : fail(refused)
}

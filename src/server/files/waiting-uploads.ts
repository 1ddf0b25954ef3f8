import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileStore } from '@tus/file-store'
import type { Upload } from '@tus/server'
import type { CampaignId, DeviceId } from '#domain/ids.ts'
import type { ServerContext } from '#server/context.ts'
import { finishUpload, forgetUpload } from '#server/files/finish-upload.ts'
import type { OnFileStored } from '#server/files/finish-upload.ts'
import { ShelfUnavailable } from '#server/files/shelf.ts'
import type { UploadLocker } from '#server/files/upload-locker.ts'

/** A phone may come back on the same day of the week after next. */
export const unfinishedLifeMs = 14 * 24 * 3600 * 1000
/** A bundle in parts holds words of others, and nobody can see of whom: what was erased must not lie in one for longer. Its phone begins anew. */
const bundleLifeMs = 24 * 3600 * 1000
/** What was written to so lately is in somebody's hands. */
const restMs = 60_000

export interface Waiting {
  readonly context: ServerContext
  readonly datastore: FileStore
  readonly locker: UploadLocker
  readonly onFileStored: OnFileStored
}

export interface Tended {
  readonly finished: number
  readonly expired: number
}

/**
 * Looks after the uploads that nobody is writing to: complete ones are finished (the storage was away, or the process died),
 * incomplete ones are removed when they have not grown for `unfinishedLifeMs`. Any number of processes may do so at once.
 */
export async function tendUploads(waiting: Waiting): Promise<Tended> {
  const { context, locker } = waiting
  const now = context.clock.now()
  const tended = { finished: 0, expired: 0 }
  const names = await readdir(context.uploadDir)
  for (const id of new Set(names.map((name) => name.replace(/\.json$/, '')))) {
    const ageMs = now - (await lastWrite(context, id))
    try {
      if (ageMs < restMs) continue
      await locker.ifFree(id, async () => {
        const upload = await completeUpload(waiting.datastore, id)
        if (upload !== null && (await finishWaiting(waiting, upload))) tended.finished += 1
        else if (ageMs > lifeOf(id)) {
          await forgetUpload(context, id)
          tended.expired += 1
        }
      })
    } catch (error) {
      // Storage that is away for one file is away for the next: they all wait for the next round.
      if (error instanceof ShelfUnavailable) return tended
      context.log.error({ upload: id, err: error }, 'an upload could not be looked after')
    }
  }
  return tended
}

function lifeOf(id: string): number {
  return id.startsWith('bundle.') && !id.endsWith('.done') ? bundleLifeMs : unfinishedLifeMs
}

/** The upload when all of its bytes are here, null when some are missing or nothing is known of it. */
export async function completeUpload(datastore: FileStore, id: string): Promise<Upload | null> {
  const upload = await datastore.getUpload(id).catch(() => null)
  return upload !== null && upload.size === upload.offset && upload.size > 0 ? upload : null
}

/** Nobody's request stands behind it: whose it is stands in its name. False when the database does not know that device (yet again). */
async function finishWaiting({ context, onFileStored }: Waiting, upload: Upload): Promise<boolean> {
  const [campaignId = '', deviceId = ''] = upload.id.split('.')
  const [campaign, device] = [await context.store.campaigns.get(campaignId as CampaignId), await context.store.members.device(deviceId as DeviceId)]
  if (campaign === null || device === null || device.campaignId !== campaign.id) return false
  await finishUpload(context, { uploader: { campaign, memberId: device.memberId }, upload, onFileStored })
  return true
}

async function lastWrite({ uploadDir }: ServerContext, id: string): Promise<number> {
  const times = await Promise.all([id, `${id}.json`].map((name) => stat(join(uploadDir, name)).then(({ mtimeMs }) => mtimeMs, () => 0)))
  return Math.max(...times)
}

import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { Server } from '@tus/server'
import * as v from 'valibot'
import { apiPrefix } from '#protocol/version.ts'
import { sha256Schema } from '#domain/ids.ts'
import type { Sha256 } from '#domain/ids.ts'
import type { ServerContext } from '#server/context.ts'
import { UploadRefusal, finishUpload, forgetUpload, parsedMetadata } from '#server/files/finish-upload.ts'
import type { OnFileStored } from '#server/files/finish-upload.ts'
import { createUploadLocker, lockTimes } from '#server/files/upload-locker.ts'
import { forgetErased } from '#server/files/erased-files.ts'
import { dropLeaving, isOnShelf } from '#server/files/keep-file.ts'
import { renewVoices } from '#server/files/renew-voices.ts'
import { countUpload } from '#server/files/upload-quota.ts'
import { UploadFolder } from '#server/files/upload-folder.ts'
import { completeUpload, tendUploads, unfinishedLifeMs } from '#server/files/waiting-uploads.ts'
import type { Tended } from '#server/files/waiting-uploads.ts'
import type { Actor } from '#server/http/access.ts'
import { ActorChanged } from '#server/store/actor-changed.ts'
import { isUnavailable } from '#server/store/unavailable.ts'

export const maxFileBytes = 8_000_000

/** The name of an upload: one device, one file. A device that lost the answer to its POST finds its upload again by this name. */
export function uploadIdOf(actor: Pick<Actor, 'campaign' | 'device'>, sha256: string): string {
  return `${actor.campaign.id}.${actor.device.id}.${sha256}`
}

/** Whether that is the name of a file of theirs, and nothing behind it: a name is a place in the folder, and could lead out of it or to somebody else's. */
function isTheirs(actor: Actor, id: string): boolean {
  const own = uploadIdOf(actor, '')
  return id.startsWith(own) && v.is(sha256Schema, id.slice(own.length))
}

export interface Uploads {
  /** tus 1.0 for one actor: answers a web Request on the actor's behalf. */
  readonly serve: (actor: Actor, request: Request) => Promise<Response>
  readonly tend: () => Promise<Tended>
  /** Ends what phones are sending, at a byte that is kept: they go on from there, at another process or at the next one. */
  readonly letGo: () => Promise<void>
}

/**
 * tus with the traps of the library closed: own names instead of chance, a size limit, a lock that holds across processes,
 * the hash and the shelf before the last answer, and HEAD that says "complete" only of what is kept.
 */
export function createUploads(context: ServerContext, onFileStored: OnFileStored): Uploads {
  // The library makes it as well, later, and throws out of a callback what fails by then: whoever starts and ends at once would fail with it.
  mkdirSync(context.uploadDir, { recursive: true })
  const datastore = new UploadFolder({ directory: context.uploadDir, expirationPeriodInMilliseconds: unfinishedLifeMs })
  const locker = createUploadLocker({ locks: context.store.uploadLocks, clock: context.clock, name: randomUUID, wait, times: lockTimes })
  const actors = new WeakMap<object, Actor>()
  let isRenewed = false
  const actorOf = (request: object): Actor => {
    const actor = actors.get(request)
    if (actor === undefined) throw new UploadRefusal(401)
    return actor
  }
  const tus = new Server({
    path: `${apiPrefix}/files`,
    datastore,
    locker,
    relativeLocation: true,
    maxSize: maxFileBytes,
    namingFunction: (request, metadata) => uploadIdOf(actorOf(request), parsedMetadata(metadata).sha256),
    onIncomingRequest: (request, id) => {
      const actor = actorOf(request)
      if (!isTheirs(actor, id)) throw new UploadRefusal(404)
      return Promise.resolve()
    },
    onUploadCreate: async (request, upload) => {
      const actor = actorOf(request)
      if (parsedMetadata(upload.metadata).campaignId !== actor.campaign.id) throw new UploadRefusal(404)
      // A creation whose answer got lost is no second file. One that tells its length later may become as long as any.
      const isBegun = await datastore.getUpload(upload.id).then(() => true, () => false)
      if (!isBegun && (await countUpload(context, actor, upload.size ?? maxFileBytes)) !== null) throw new UploadRefusal(429)
      return {}
    },
    onResponseError: (_request, error) => {
      if (error instanceof ActorChanged) return Promise.resolve({ status_code: 503, body: '' })
      // What the library and we refuse has its status already. All else is the server's to mend, and the library tells nobody of it.
      if (!('status_code' in error)) context.log.error({ err: error }, 'an upload failed')
      return Promise.resolve(isUnavailable(error) ? { status_code: 503, body: '' } : undefined)
    },
    onUploadFinish: async (request, upload) => {
      // The library has let go of its lock by now; without it another POST could empty the file while it is hashed.
      await locker.alone(upload.id, () => finishUpload(context, { uploader: actorOf(request), upload, onFileStored }))
      return {}
    },
  })
  const tellIfKept = (actor: Actor, id: string): Promise<Response | null> => locker.alone(id, async () => {
    const upload = await completeUpload(datastore, id)
    if (upload === null) return answerIfKept(context, { actor, id, onFileStored })
    await finishUpload(context, { uploader: actor, upload, onFileStored })
    return complete(upload.size ?? 0)
  })
  return {
    serve: async (actor, request) => {
      actors.set(request, actor)
      const id = decodeURIComponent(new URL(request.url).pathname.split('/').at(-1) ?? '')
      const kept = request.method === 'HEAD' && isTheirs(actor, id) ? await tellIfKept(actor, id) : null
      return kept ?? tus.handleWeb(request as Parameters<typeof tus.handleWeb>[0])
    },
    tend: async () => {
      await forgetErased(context)
      isRenewed ||= await renewVoices(context)
      await dropLeaving(context)
      return tendUploads({ context, datastore, locker, onFileStored })
    },
    letGo: locker.letGo,
  }
}

/** A phone that lost the last answer learns that its file is kept, without sending a byte of it again. */
async function answerIfKept(context: ServerContext, { actor, id, onFileStored }: { readonly actor: Actor; readonly id: string; readonly onFileStored: OnFileStored }): Promise<Response | null> {
  const sha256 = id.slice(uploadIdOf(actor, '').length) as Sha256
  const file = await context.store.files.get(actor.campaign.id, sha256)
  if (file === null || file.uploadedBy !== actor.memberId || !(await isOnShelf(context, file))) return null
  for (const entryId of await context.store.files.namedBy(actor.campaign.id, sha256)) await onFileStored(actor, { sha256, entryId })
  // A creation that came late, behind the end, began it once more; nobody will send it.
  await forgetUpload(context, id)
  return complete(file.bytes)
}

function complete(bytes: number): Response {
  return new Response(null, { status: 200, headers: { 'tus-resumable': '1.0.0', 'cache-control': 'no-store', 'upload-offset': String(bytes), 'upload-length': String(bytes) } })
}

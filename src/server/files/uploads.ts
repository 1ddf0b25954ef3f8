import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { FileStore } from '@tus/file-store'
import { Server } from '@tus/server'
import * as v from 'valibot'
import { campaignIdSchema, entryIdSchema, sha256Schema } from '#domain/ids.ts'
import { apiPrefix } from '#protocol/version.ts'
import type { ServerContext } from '#server/context.ts'
import { sha256OfFile } from '#server/files/disk.ts'
import { enterFile } from '#server/files/keep-file.ts'
import type { Actor } from '#server/http/access.ts'

export const maxFileBytes = 8_000_000
const unfinishedLifeMs = 14 * 24 * 3600 * 1000

const metadataSchema = v.object({
  sha256: sha256Schema,
  type: v.picklist(['image/jpeg', 'image/webp', 'image/png', 'audio/webm', 'audio/mp4', 'audio/ogg']),
  entryId: entryIdSchema,
  campaignId: campaignIdSchema,
})

/** The name of an upload: one device, one file. A device that lost the answer to its POST finds its upload again by this name. */
export function uploadIdOf(actor: Pick<Actor, 'campaign' | 'device'>, sha256: string): string {
  return `${actor.campaign.id}.${actor.device.id}.${sha256}`
}

/** What an upload's end has to do besides the file: the server's receipt as a change of the entry. */
export type OnFileStored = (actor: Pick<Actor, 'campaign'>, file: { readonly sha256: v.InferOutput<typeof sha256Schema>; readonly entryId: v.InferOutput<typeof entryIdSchema> }) => Promise<void>

/**
 * tus 1.0 for one actor at a time: `serve` answers a web Request on the actor's behalf.
 * The traps of the library are closed here: own names instead of chance, a size limit, hash and fsync before the last answer.
 */
export function createUploads(context: ServerContext, onFileStored: OnFileStored): { readonly serve: (actor: Actor, request: Request) => Promise<Response>; readonly expire: () => Promise<number> } {
  const { uploadDir } = context.disk
  const datastore = new FileStore({ directory: uploadDir, expirationPeriodInMilliseconds: unfinishedLifeMs })
  const actors = new WeakMap<object, Actor>()
  const actorOf = (request: object): Actor => {
    const actor = actors.get(request)
    if (actor === undefined) throw refusal(401)
    return actor
  }
  const tus = new Server({
    path: `${apiPrefix}/files`,
    datastore,
    relativeLocation: true,
    maxSize: maxFileBytes,
    namingFunction: (request, metadata) => uploadIdOf(actorOf(request), parsedMetadata(metadata).sha256),
    onIncomingRequest: (request, id) => {
      const actor = actorOf(request)
      if (!id.startsWith(uploadIdOf(actor, ''))) throw refusal(404)
      return Promise.resolve()
    },
    onUploadCreate: (request, upload) => {
      if (parsedMetadata(upload.metadata).campaignId !== actorOf(request).campaign.id) throw refusal(404)
      return Promise.resolve({})
    },
    onUploadFinish: async (request, upload) => {
      await finishUpload(context, { actor: actorOf(request), metadata: parsedMetadata(upload.metadata), path: join(uploadDir, upload.id), onFileStored })
      await rm(join(uploadDir, `${upload.id}.json`), { force: true })
      return {}
    },
  })
  return {
    serve: (actor, request) => {
      actors.set(request, actor)
      return tus.handleWeb(request as Parameters<typeof tus.handleWeb>[0])
    },
    expire: () => datastore.deleteExpired(),
  }
}

async function finishUpload(context: ServerContext, end: { readonly actor: Actor; readonly metadata: v.InferOutput<typeof metadataSchema>; readonly path: string; readonly onFileStored: OnFileStored }): Promise<void> {
  const { actor, metadata, path } = end
  const { sha256, entryId, type } = metadata
  const campaignId = actor.campaign.id
  if ((await sha256OfFile(path)) !== sha256) {
    await Promise.all([rm(path, { force: true }), rm(`${path}.json`, { force: true })])
    throw refusal(422)
  }
  await context.disk.keepUpload(path, { campaignId, sha256 })
  await enterFile(context, { campaignId, entryId, sha256, type, uploadedBy: actor.memberId })
  await end.onFileStored(actor, { sha256, entryId })
}

function parsedMetadata(metadata: Record<string, string | null> | undefined): v.InferOutput<typeof metadataSchema> {
  const parsed = v.safeParse(metadataSchema, metadata ?? {})
  if (!parsed.success) throw refusal(400)
  return parsed.output
}

/** The library answers with `status_code`; the route turns that into problem+json. */
function refusal(status: number): { readonly status_code: number; readonly body: string } {
  return { status_code: status, body: '' }
}

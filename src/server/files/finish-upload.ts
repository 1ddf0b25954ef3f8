import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Upload } from '@tus/server'
import * as v from 'valibot'
import { campaignIdSchema, entryIdSchema, sha256Schema } from '#domain/ids.ts'
import type { MemberId } from '#domain/ids.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import type { ServerContext } from '#server/context.ts'
import { noteOnShelf } from '#server/files/erased-uploads.ts'
import { keepFile } from '#server/files/keep-file.ts'
import { ShelfUnavailable } from '#server/files/shelf.ts'
import type { StoredCampaign } from '#server/store/store.ts'

const fileTypeSchema = v.picklist(['image/jpeg', 'image/webp', 'image/png', 'audio/webm', 'audio/mp4', 'audio/ogg'])
const metadataSchema = v.object({
  sha256: sha256Schema,
  type: fileTypeSchema,
  entryId: entryIdSchema,
  campaignId: campaignIdSchema,
})
export type UploadMetadata = v.InferOutput<typeof metadataSchema>

/** What phones send as files; bytes of another kind are nobody's photo. */
export function isKnownFileType(type: string): boolean {
  return v.is(fileTypeSchema, type)
}

/** What an upload's end has to do besides the file: the server's receipt as a change of the entry. */
export type OnFileStored = (actor: Uploader, file: Pick<UploadMetadata, 'sha256' | 'entryId'>) => Promise<void>

export interface Uploader {
  readonly campaign: StoredCampaign
  readonly memberId: MemberId
}

/**
 * The end of an upload whose lock the caller holds: hash, shelf, row, receipt, in this order, and only then is the upload
 * forgotten. Stopped anywhere, it is begun again from the same bytes. What was hashed is what is kept: the bytes are read once.
 */
export async function finishUpload(context: ServerContext, end: { readonly uploader: Uploader; readonly upload: Pick<Upload, 'id' | 'size' | 'metadata'>; readonly onFileStored: OnFileStored }): Promise<void> {
  const { uploader: { campaign, memberId }, upload } = end
  const { sha256, entryId, type } = parsedMetadata(upload.metadata)
  const bytes = await readFile(join(context.uploadDir, upload.id)).catch(() => null)
  // Begun anew or finished by another request since the last byte came: the phone asks again how far it is.
  if (bytes === null || bytes.length !== upload.size) throw new UploadRefusal(409)
  if (sha256Of(bytes) !== sha256) {
    await forgetUpload(context, upload.id)
    throw new UploadRefusal(422)
  }
  // A phone that has not heard yet that the words are gone still sends their photo.
  if (await context.store.erasures.isErased(campaign.id, entryId)) {
    await noteOnShelf(context, upload.id)
    await forgetUpload(context, upload.id)
    throw new UploadRefusal(410)
  }
  try {
    await keepFile(context, campaign, { campaignId: campaign.id, entryId, sha256, type, uploadedBy: memberId }, bytes)
  } catch (error) {
    if (error instanceof ShelfUnavailable) context.log.error({ problem: error.message }, 'a file is complete and cannot be stored yet')
    throw error
  }
  await end.onFileStored({ campaign, memberId }, { sha256, entryId })
  await forgetUpload(context, upload.id)
}

export async function forgetUpload({ uploadDir }: Pick<ServerContext, 'uploadDir'>, id: string): Promise<void> {
  await rm(join(uploadDir, id), { force: true })
  await rm(join(uploadDir, `${id}.json`), { force: true })
}

export function parsedMetadata(metadata: Record<string, string | null> | undefined): UploadMetadata {
  const parsed = v.safeParse(metadataSchema, metadata ?? {})
  if (!parsed.success) throw new UploadRefusal(400)
  return parsed.output
}

/** The library answers with `status_code`; the route turns that into problem+json. */
export class UploadRefusal extends Error {
  readonly status_code: number
  readonly statusCode: number
  readonly body = ''

  constructor(status: number) {
    super(`upload refused with ${status}`)
    this.status_code = status
    this.statusCode = status
  }
}

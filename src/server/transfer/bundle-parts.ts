import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import type { BundleId } from '#protocol/bundle-file.ts'
import { importResponseSchema } from '#protocol/import.ts'
import type { ImportResponse } from '#protocol/import.ts'
import type { ServerContext } from '#server/context.ts'
import type { Actor } from '#server/http/access.ts'
import { ProblemError } from '#server/http/problem-error.ts'
import { importSealed, maxBundleBytes } from '#server/transfer/import-sealed.ts'
import type { OnFileStored } from '#server/files/finish-upload.ts'

/** A request on a bad connection has to end within its deadline: at 8 kB a second this one does. */
export const maxPartBytes = 1_000_000
/** So many unfinished ones of one phone; the oldest makes room. */
const maxUnfinished = 4

export interface Part {
  readonly at: number
  readonly bytes: Uint8Array
}

/**
 * Takes the next part of a bundle and answers how far the server has it. A part from elsewhere is not written, and the answer says
 * where to go on; so does an empty one. The file stands among the unfinished uploads, under the name of the phone that brings it,
 * and goes when nobody has written to it for as long as any of them. Two requests with one part write the same bytes twice.
 */
export async function takePart(context: ServerContext, actor: Actor, id: BundleId, { at, bytes }: Part): Promise<number> {
  const path = pathOf(context, actor, id)
  const done = await readDone(context, path)
  // All of it is here. A copy that is longer, as mail makes it that writes below what it passes on, asks to no end how to go on where nothing lacks.
  if (done !== null) return Math.max(done.size, at + bytes.length)
  const size = await sizeOf(path)
  if (size !== null && at !== size) return size
  if (at !== 0 && size === null) return 0
  if (bytes.length === 0) return at
  if (at + bytes.length > maxBundleBytes) throw new ProblemError('too-large')
  if (size === null) await makeRoom(context, actor)
  const handle = await open(path, size === null ? 'w' : 'r+')
  try {
    const { bytesWritten } = await handle.write(bytes, 0, bytes.length, at)
    // What was answered for is on the disk: a hole in the middle would read as a damaged file.
    await handle.sync()
    return at + bytesWritten
  } finally {
    await handle.close()
  }
}

/** Imports what has come in parts. The answer is kept in the place of the bytes, for a phone that did not hear it. */
export async function importParts(context: ServerContext, actor: Actor, id: BundleId, onFileStored: OnFileStored): Promise<ImportResponse> {
  const path = pathOf(context, actor, id)
  const done = await readDone(context, path)
  if (done !== null) return done.answer
  const size = await sizeOf(path)
  if (size === null) throw new ProblemError('upload-gone')
  const source = createReadStream(path)
  try {
    // Read before: a restore meanwhile makes it one that nobody believes.
    const epoch = await context.store.epoch()
    const answer = await importSealed(context, actor, source, onFileStored)
    await writeDone(path, { size, answer, epoch })
    await rm(path, { force: true })
    return answer
  } catch (error) {
    // It will not become whole here: the next try begins anew, with the copy that the phone has. What only has to wait goes on with these bytes.
    if (error instanceof ProblemError && error.problem.code !== 'too-many-requests') await rm(path, { force: true })
    throw error
  } finally {
    source.destroy()
  }
}

function pathOf({ uploadDir }: ServerContext, actor: Actor, id: BundleId): string {
  return join(uploadDir, `${prefixOf(actor)}${id}`)
}

/** No name of an upload begins like this, so no upload can write here. */
function prefixOf({ campaign, device }: Actor): string {
  return `bundle.${campaign.id}.${device.id}.`
}

async function sizeOf(path: string): Promise<number | null> {
  return (await stat(path).catch(onMissing))?.size ?? null
}

const doneSchema = v.object({ size: v.number(), answer: importResponseSchema, epoch: v.optional(v.string()) })
const keptDoneSchema = v.pipe(v.string(), v.parseJson(), doneSchema)

/**
 * The folder may outlive the database: what one that has since been restored had taken in, this one may not have. What a power cut has left of an answer is none:
 * the bundle comes once more, and adds nothing.
 */
async function readDone({ store }: ServerContext, path: string): Promise<v.InferOutput<typeof doneSchema> | null> {
  const done = v.safeParse(keptDoneSchema, await readFile(`${path}.done`, 'utf8').catch(onMissing))
  return done.success && done.output.epoch === (await store.epoch()) ? done.output : null
}

/** Whole or not at all, and on the disk before the bytes go that it stands for. */
async function writeDone(path: string, done: v.InferOutput<typeof doneSchema>): Promise<void> {
  const part = `${path}.${randomUUID()}`
  await writeFile(part, JSON.stringify(done), { flush: true })
  await rename(part, `${path}.done`)
}

async function makeRoom({ uploadDir }: ServerContext, actor: Actor): Promise<void> {
  const names = (await readdir(uploadDir)).filter((name) => name.startsWith(prefixOf(actor)) && !name.endsWith('.done'))
  const ages = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(uploadDir, name)).catch(onMissing))?.mtimeMs ?? 0 })))
  const oldest = ages.sort((a, b) => b.at - a.at).slice(maxUnfinished - 1)
  for (const { name } of oldest) await rm(join(uploadDir, name), { force: true })
}

function onMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}

import { createWriteStream } from 'node:fs'
import { realpath, rename, rm, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ownerOnly } from '#server/cli/command.ts'

/**
 * Under its name only when it is whole, and nothing beside it when it fails: half a table looks like a table. What is there already and is no file (a pipe,
 * /dev/stdout) gets the pieces as they come: a file moved into its place would take it away, for root even /dev/null.
 */
export async function writeWhole(asked: string, pieces: Iterable<unknown> | AsyncIterable<unknown>): Promise<void> {
  // What a link leads to is meant, and not the link: `/dev/stdout` is one.
  const path = await realpath(asked).catch(() => asked)
  if (await isOtherThanFile(path)) return pipeline(Readable.from(pieces), createWriteStream(path))
  const half = `${path}.part`
  try {
    // One that a killed command left may be readable by others.
    await rm(half, { force: true })
    await pipeline(Readable.from(pieces), createWriteStream(half, { mode: ownerOnly, flags: 'wx' }))
    await rename(half, path)
  } catch (error) {
    await rm(half, { force: true })
    // Nobody asked for the half one, nor could find it.
    throw error instanceof Error && 'path' in error ? Object.assign(error, { path: asked }) : error
  }
}

async function isOtherThanFile(path: string): Promise<boolean> {
  const standing = await stat(path).catch(() => null)
  return standing !== null && !standing.isFile() && !standing.isDirectory()
}

import { createWriteStream, rmSync } from 'node:fs'
import { chmod, realpath, rename, rm, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import process from 'node:process'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ownerOnly } from '#server/cli/command.ts'

interface How {
  /** Who may read it: its owner alone, where nothing else is said. */
  readonly mode?: number | undefined
  /** Tells the log that it leaves. When that fails, it does not. */
  readonly tell?: (() => Promise<unknown>) | undefined
}

/**
 * Under its name only when it is whole, and nothing beside it when it fails: half a table looks like a table. What is there already and is no file (a pipe,
 * /dev/stdout) gets the pieces as they come: a file moved into its place would take it away, for root even /dev/null.
 */
export async function writeWhole(asked: string, pieces: Iterable<unknown> | AsyncIterable<unknown>, { mode = ownerOnly, tell }: How = {}): Promise<void> {
  const path = await realPath(asked)
  if (await isOtherThanFile(path)) {
    // Its first piece has left before the last one is made.
    await tell?.()
    return pipeline(Readable.from(pieces), createWriteStream(path))
  }
  await namedWhenWhole(asked, async (half) => {
    await pipeline(Readable.from(pieces), createWriteStream(half, { mode, flags: 'wx' }))
    return true
  }, { tell })
}

/** The same of what another program writes; false, and nothing is there, when it could not. */
export async function namedWhenWhole(asked: string, write: (half: string) => Promise<boolean>, { mode, tell }: How = {}): Promise<boolean> {
  const path = await realPath(asked)
  if ((await stat(path).catch(() => null))?.isDirectory() === true) throw Object.assign(new Error('EISDIR: it is a folder'), { code: 'EISDIR', path: resolve(asked) })
  const half = `${path}.part`
  const forgetSignals = removedOnSignal(half)
  try {
    // One that was ended by force may be readable by others.
    await rm(half, { force: true })
    if (!(await write(half))) return false
    if (mode !== undefined) await chmod(half, mode)
    // What has a name stands in the log: not the other way round, and not what failed.
    await tell?.()
    await rename(half, path)
    return true
  } catch (error) {
    // Nobody asked for the half one, nor could find it.
    throw error instanceof Error && 'path' in error && error.path === half ? Object.assign(error, { path: resolve(asked) }) : error
  } finally {
    await rm(half, { force: true })
    forgetSignals()
  }
}

/** What a link leads to is meant, and not the link: `/dev/stdout` is one. */
function realPath(asked: string): Promise<string> {
  return realpath(asked).catch(() => asked)
}

/** Whoever ends the command, or whose line to the server breaks, leaves no words behind in a file that nobody knows of. */
function removedOnSignal(half: string): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  const remove = (signal: NodeJS.Signals): void => {
    forget()
    rmSync(half, { force: true })
    process.kill(process.pid, signal)
  }
  const forget = (): void => {
    for (const signal of signals) process.off(signal, remove)
  }
  for (const signal of signals) process.on(signal, remove)
  return forget
}

async function isOtherThanFile(path: string): Promise<boolean> {
  const standing = await stat(path).catch(() => null)
  return standing !== null && !standing.isFile() && !standing.isDirectory()
}

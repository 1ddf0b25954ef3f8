import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Of a run: databases, uploads and profiles of browsers, most of it gone again within seconds. */
const roomNeeded = 4 * 2 ** 30
const name = 'terrain-run-'
/** A run writes into its folder all the time; one that was killed left it. */
const leftAfterMs = 6 * 3_600_000

/**
 * Where the tests of one run write. They make and remove some hundred thousand files, and a disk that looks for a place among the removed ones takes a third
 * of two cores for it: so in memory, where there is room for it and a program may be started from there, else where everybody writes.
 * @returns {{ folder: string, remove: () => void }}
 */
export function makeScratch() {
  const folder = inMemory() ?? mkdtempSync(join(tmpdir(), name))
  // PostgreSQL does not run as root, and has to come through to its own folder.
  chmodSync(folder, 0o755)
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }) }
}

/** @returns {string | null} */
function inMemory() {
  const memory = '/dev/shm'
  let folder = null
  try {
    removeLeft(memory)
    const { bavail, bsize } = statfsSync(memory)
    if (bavail * bsize < roomNeeded) return null
    folder = mkdtempSync(join(memory, name))
    const program = join(folder, 'program')
    writeFileSync(program, '#!/bin/sh\n', { mode: 0o755 })
    execFileSync(program)
    return folder
  } catch {
    // There is no such place here, or nothing may be started from it.
    if (folder !== null) rmSync(folder, { recursive: true, force: true })
    return null
  }
}

/** Memory comes back by nothing else, before the machine starts anew. */
function removeLeft(/** @type {string} */ memory) {
  for (const left of readdirSync(memory).filter((entry) => entry.startsWith(name)).map((entry) => join(memory, entry))) {
    try {
      if (Date.now() - statSync(left).mtimeMs > leftAfterMs) rmSync(left, { recursive: true, force: true })
    } catch {
      // Another user's, or another run takes it away at this moment.
    }
  }
}

import { existsSync } from 'node:fs'
import { appendFile, mkdir, open, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import * as v from 'valibot'
import { orIfMissing, syncFolder, writeDurably } from '#server/backup/folder.ts'

/** Files of lines that hold ids and moments only. They stand outside database and backups, and outlive what both forget. */
export interface IdLog<Line> {
  readonly keyOf: (line: Line) => string
  readonly read: (path: string) => Promise<readonly Line[]>
  /** Each thing once, the first line of each. */
  readonly merged: (lists: readonly (readonly Line[])[]) => readonly Line[]
  readonly write: (path: string, lines: readonly Line[]) => Promise<void>
  /** On the disk when it resolves; `beside` too, where that folder is there: what is missing in it comes with the next backup. */
  readonly append: (path: string, beside: { readonly folder: string; readonly path: string } | null, line: Line) => Promise<void>
}

export function createIdLog<Line>(schema: v.GenericSchema<unknown, Line>, keyOf: IdLog<Line>['keyOf']): IdLog<Line> {
  const textOf = (line: Line) => `${JSON.stringify(line)}\n`
  return {
    keyOf,
    read: async (path) => {
      const text = await orIfMissing(readFile(path, 'utf8'), '')
      return text.split('\n').flatMap((line) => {
        try {
          return [v.parse(schema, JSON.parse(line))]
        } catch {
          // The last line of a process that was killed while it wrote; what it says was not acknowledged and is logged when it comes again.
          return []
        }
      })
    },
    merged: (lists) => {
      const byKey = new Map<string, Line>()
      for (const line of lists.flat()) if (!byKey.has(keyOf(line))) byKey.set(keyOf(line), line)
      return [...byKey.values()]
    },
    write: (path, lines) => writeDurably(path, lines.map(textOf).join('')),
    append: async (path, beside, line) => {
      await appendLine(path, textOf(line))
      // A disk of backups that is away holds nobody up: the next backup writes what is missing there.
      if (beside !== null && existsSync(beside.folder)) await appendLine(beside.path, textOf(line)).catch(() => undefined)
    },
  }
}

async function appendLine(path: string, line: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  // Begins a line of its own, whatever a killed process left behind.
  await appendFile(path, `\n${line}`, { mode: 0o600 })
  const handle = await open(path, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
  await syncFolder(dirname(path))
}
